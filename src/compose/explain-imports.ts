import { interfaceTrack, lastLabel, unversioned } from '../component/interface-path.ts'
import { editDistance } from '../diagnostics/nearest.ts'
import type { Composition } from './composition.ts'
import type { OpenImport, Wanting } from './open-imports.ts'
import { printExtern } from './type-difference.ts'
import { misfitOf } from './type-fit.ts'

/** An import that a composition leaves open, and what comes nearest to it. */
export interface ExplainedImport {
  readonly name: string
  /** The type in one line of WIT, or of words where WIT has none. */
  readonly type: string
  readonly wantedBy: readonly Wanting[]
  /** At most {@link mostCandidates}, the nearest first. */
  readonly candidates: readonly Candidate[]
}

export interface Candidate {
  readonly package: string
  readonly export: string
  /** What keeps it from being taken, in words. */
  readonly why: readonly string[]
}

const mostCandidates = 3

/**
 * For each open import the exports of the packages that are most like it, and why they are not it: another name, another version,
 * another type.
 *
 * @example
 * const user = await assemble('(component (import "ad" (func)) (export "run" (func 0)))')
 * const adder = await assemble('(component (import "log" (func (param "n" u32))) (export "add" (func 0)))')
 * const [graph] = new Composition().add('a:user', user).add('a:adder', adder).instantiate('a:user')
 * explainImports(graph)[0].candidates[0].why
 * // ['it is called otherwise', 'its type differs: expected 0 parameters, found 1', '  expected func()', '  found    func(n: u32)']
 */
export function explainImports(composition: Composition): ExplainedImport[] {
  return Array.from(composition.imports.values(), (each) => ({
    name: each.name,
    type: printExtern(each.type),
    wantedBy: each.wantedBy,
    candidates: candidatesFor(each, composition),
  }))
}

interface Scored extends Candidate {
  /** 0 for what fits. */
  readonly distance: number
}

function candidatesFor(open: OpenImport, composition: Composition): Candidate[] {
  const types = new Map(Array.from(composition.imports, ([name, { type }]) => [name, type]))
  const found: Scored[] = []
  for (const [name, one] of composition.packages) {
    for (const [exported, type] of one.type.exports) {
      const names = nameDistance(exported, open.name)
      const difference = misfitOf(type, open.type, { imports: types })
      // Nothing speaks for it: neither what it is called, nor, where that is more than a coincidence, its type.
      if (names === undefined && (difference || type.kind !== 'instance' || type.exports.size === 0)) continue
      const why = [...describeName(exported, open.name)]
      if (difference) {
        const { path, reason, expected, found: actual } = difference
        why.push(`its type differs: ${path.length > 0 ? `${path.join(' › ')}: ` : ''}${reason}`)
        const inner =
          open.type.kind === 'instance' && type.kind !== 'instance' && open.type.exports.get(exported)
        if (inner && !misfitOf(type, inner, { imports: types }))
          why.push(`  it fits the \`${exported}\` in it: export it from an interface \`${open.name}\``)
        else if (expected !== undefined && actual !== undefined)
          why.push(`  expected ${expected}`, `  found    ${actual}`)
      }
      if (why.length === 0) why.push('it fits: it was not passed')
      const distance = (names ?? 100) + (difference ? 10 : 0)
      found.push({ package: name, export: exported, why, distance })
    }
  }
  found.sort((a, b) => a.distance - b.distance)
  return found.slice(0, mostCandidates).map(({ distance: _, ...candidate }) => candidate)
}

/** 0 for names that can take each other's place; undefined for those that have nothing in common. */
function nameDistance(a: string, b: string): number | undefined {
  if (interfaceTrack(a) === interfaceTrack(b)) return 0
  const [x, y] = [unversioned(a), unversioned(b)]
  if (x === y) return 1
  // Packages have many interfaces: it is the last word that says what something is.
  const [last, other] = [lastLabel(x), lastLabel(y)]
  const distance = editDistance(last, other)
  if (distance > Math.floor(Math.max(last.length, other.length) / 3)) return undefined
  return 2 + distance + Math.min(4, editDistance(x, y))
}

function describeName(exported: string, wanted: string): string[] {
  if (interfaceTrack(exported) === interfaceTrack(wanted)) return []
  return [
    unversioned(exported) === unversioned(wanted)
      ? 'its version cannot take the place of the one that is wanted'
      : 'it is called otherwise',
  ]
}
