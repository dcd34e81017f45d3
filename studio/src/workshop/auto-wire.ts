import { nameOnTrack } from 'tenon/compose'
import type { PortRef } from '../contract/graph.ts'
import { Fitting } from './fitting.ts'
import { portsOf } from './port-types.ts'
import type { ReadText } from './read-text.ts'

/** A wire that nobody has to think about. */
export interface PlannedWire {
  readonly from: PortRef
  readonly to: PortRef
}

/**
 * Open imports that exactly one export fits: of the same name, else of one that can take its place. Type alone says too little:
 * `func()` fits everything.
 *
 * @param block whose imports alone; all where none is given
 */
export function planWires(text: ReadText, block: string | undefined): PlannedWire[] {
  const { parts, analysis } = text
  const fitting = new Fitting(text)
  const exports = new NamedExports(parts.all.flatMap((part) => portsOf(part, 'export', analysis.composition)))
  const planned: PlannedWire[] = []
  for (const part of parts.all) {
    if (block !== undefined && part.id !== block) continue
    for (const to of portsOf(part, 'import', analysis.composition)) {
      if (fitting.isWired(to)) continue
      const from = theOneFor(to, exports, fitting)
      if (from === undefined) continue
      planned.push({ from, to })
      fitting.addWire(from, to)
    }
  }
  return planned
}

function theOneFor(to: PortRef, exports: NamedExports, fitting: Fitting): PortRef | undefined {
  const fits = (from: PortRef): boolean =>
    !fitting.wouldCycle(from.block, to.block) && fitting.verdict(from, to) === undefined
  const named = exports.named(to.port!).filter(fits)
  const found = named.length > 0 ? named : exports.standingFor(to.port!).filter(fits)
  return found.length === 1 ? found[0] : undefined
}

/** The exports of all blocks, by name. */
class NamedExports {
  readonly #byName: ReadonlyMap<string, readonly PortRef[]>
  readonly #others = new Map<string, readonly PortRef[]>()

  constructor(exports: readonly PortRef[]) {
    this.#byName = Map.groupBy(exports, ({ port }) => port!)
  }

  named(name: string): readonly PortRef[] {
    return this.#byName.get(name) ?? []
  }

  /** Of versions that replace the one that is named. */
  standingFor(name: string): readonly PortRef[] {
    let found = this.#others.get(name)
    if (found === undefined) {
      const all = [...this.#byName].filter(
        ([each]) => nameOnTrack(name, new Map([[each, each]])) !== undefined,
      )
      found = all.flatMap(([, ports]) => ports)
      this.#others.set(name, found)
    }
    return found
  }
}
