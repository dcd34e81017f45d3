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
  const exports = parts.all.flatMap((part) => portsOf(part, 'export', analysis.composition))
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

function theOneFor(to: PortRef, exports: readonly PortRef[], fitting: Fitting): PortRef | undefined {
  const fits = (from: PortRef): boolean =>
    !fitting.wouldCycle(from.block, to.block) && fitting.verdict(from, to) === undefined
  const named = exports.filter(({ port }) => port === to.port).filter(fits)
  if (named.length > 0) return named.length === 1 ? named[0] : undefined
  const others = exports.filter(({ port }) => nameOnTrack(to.port!, [port!]) !== undefined).filter(fits)
  return others.length === 1 ? others[0] : undefined
}
