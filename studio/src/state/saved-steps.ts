/** Steps of undo as they are saved beside a document, so that they outlive the page: fewer than it has, and without what components are. */
import type { Layout } from '../contract/studio.ts'
import type { PackageSummary } from '../contract/workshop.ts'
import type { History } from './history.ts'
import { arrayFrom, layoutFrom, recordFrom } from './layout-data.ts'
import type { Snapshot } from './snapshot.ts'

export interface SavedStep {
  readonly text: string
  readonly layout: Layout
  readonly packages: readonly NamedPackage[]
}

type NamedPackage = Pick<PackageSummary, 'name' | 'hash' | 'size'>

export interface SavedSteps {
  /** Of the document that they belong to: another one has others. */
  readonly revision: number
  readonly past: readonly SavedStep[]
  readonly future: readonly SavedStep[]
}

/** Each is a whole state, and all of them are written at each saving. */
export const savedStepLimit = 100
/** UTF-16 code units of their texts, and as much for places, in all. */
export const savedUnitLimit = 1_000_000
/** Bytes of components that only they speak of, such as earlier builds. */
export const savedByteLimit: number = 64 * 1024 * 1024

/** A block's place, as units of text. */
const PLACE = 32

/** Those next to the present, on both sides of it, the past first; `hashes` are those of components that only they need. */
export function stepsToSave({ past, present, future }: History<Snapshot>): Omit<SavedSteps, 'revision'> & {
  readonly hashes: readonly string[]
} {
  const known = new Set(present.packages.map(({ hash }) => hash))
  const hashes: string[] = []
  let steps = 0
  let units = 0
  let bytes = 0
  const take = (states: readonly Snapshot[]): SavedStep[] => {
    const taken: SavedStep[] = []
    for (const { text, layout, packages } of states) {
      const others = packages.filter(({ hash }) => !known.has(hash))
      units += text.length + Object.keys(layout.positions).length * PLACE
      bytes += others.reduce((sum, { size }) => sum + size, 0)
      if (++steps > savedStepLimit || units > savedUnitLimit || bytes > savedByteLimit) break
      for (const { hash } of others) {
        known.add(hash)
        hashes.push(hash)
      }
      const named = packages.map(({ name, hash, size }) => ({ name, hash, size }))
      taken.push({ text, layout, packages: named })
    }
    return taken
  }
  const before = take(past.toReversed()).reverse()
  return { past: before, future: take(future), hashes }
}

/**
 * Steps that were saved, as far as all of their components are there. What those are that the present has not is known when a step is
 * gone to.
 *
 * @param packages of the present
 */
export function stepsFrom(
  saved: SavedSteps | undefined,
  packages: readonly PackageSummary[],
  hasBytes: (hash: string) => boolean,
): Pick<History<Snapshot>, 'past' | 'future'> {
  const restore = (steps: unknown): Snapshot[] => {
    const restored: Snapshot[] = []
    for (const { text, layout, packages: list } of arrayFrom(steps).map(recordFrom)) {
      const named = arrayFrom(list) as readonly NamedPackage[]
      if (typeof text !== 'string' || !named.every(({ hash }) => hasBytes(hash))) break
      restored.push({ text, layout: layoutFrom(layout), packages: withSummaries(named, packages) })
    }
    return restored
  }
  return {
    past: restore(arrayFrom(saved?.past).toReversed()).reverse(),
    future: restore(saved?.future),
  }
}

/** What is known of components by their hashes, under the names that they have in a step. */
export function withSummaries(
  named: readonly (NamedPackage | PackageSummary)[],
  known: readonly PackageSummary[],
): readonly PackageSummary[] {
  return named.map((one) => {
    const summary = known.find(({ hash }) => hash === one.hash)
    if (summary === undefined) return { imports: [], exports: [], isCommand: false, ...one }
    return summary.name === one.name ? summary : { ...summary, name: one.name }
  })
}
