import type { Position } from '../contract/studio.ts'
import type { PackageSummary } from '../contract/workshop.ts'

const BETWEEN_COLUMNS = 340
const BETWEEN_ROWS = 160

type Ends = Pick<PackageSummary, 'imports' | 'exports'>

/**
 * Where the blocks of components stand that were dropped together: those that export what others import stand left of them, so that wires
 * run from left to right.
 *
 * @param place the middle of the upper edge
 * @returns in the order of the packages
 */
export function droppedPlaces(packages: readonly Ends[], place: Position): readonly Position[] {
  const columns = columnsOf(packages)
  const middle = Math.max(0, ...columns) / 2
  const heights = new Map<number, number>()
  return columns.map((column) => {
    const row = heights.get(column) ?? 0
    heights.set(column, row + 1)
    return { x: place.x + BETWEEN_COLUMNS * (column - middle), y: place.y + BETWEEN_ROWS * row }
  })
}

/** One more than that of those it can be wired from. Rings end after as many rounds as there are packages. */
function columnsOf(packages: readonly Ends[]): readonly number[] {
  const exported = packages.map(({ exports }) => new Set(exports.map(({ name }) => track(name))))
  const sources = packages.map(({ imports }, index) => {
    const names = imports.map(({ name }) => track(name))
    return exported.flatMap((theirs, other) =>
      other !== index && names.some((name) => theirs.has(name)) ? [other] : [],
    )
  })
  let columns = packages.map(() => 0)
  for (let round = 1; round < packages.length; round++) {
    const next = sources.map((from) => Math.max(0, ...from.map((other) => columns[other]! + 1)))
    if (next.every((column, index) => column === columns[index])) break
    columns = next.map((column) => Math.min(column, packages.length - 1))
  }
  return columns
}

/** Which version fits is seen when they are wired. */
function track(name: string): string {
  return name.split('@')[0]!
}
