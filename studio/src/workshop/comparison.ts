import { type ComparedItem, compareExterns, type TypeDifference } from 'tenon/compose'
import type { PortRef } from '../contract/graph.ts'
import type { Comparison, ComparisonRow, Refusal } from '../contract/workshop.ts'
import { cut, limits } from './limits.ts'
import { typeOfPort } from './port-types.ts'
import type { ReadText } from './read-text.ts'
import { refuse } from './refusal.ts'

/** Both ends of a wire that there is, or could be. */
export function compare({ parts, analysis }: ReadText, a: PortRef, b: PortRef): Comparison | Refusal {
  const [from, to] = a.side === 'export' ? [a, b] : [b, a]
  const exported = typeOfPort(from, parts, analysis.composition)
  const imported = typeOfPort(to, parts, analysis.composition)
  const importer = parts.get(to.block)?.package?.type
  if (from.side !== 'export' || exported === undefined)
    return refuse(`there is no such export: ${nameOf(from)}`)
  if (to.side !== 'import' || imported === undefined || importer === undefined)
    return refuse(`there is no such import: ${nameOf(to)}`)
  const { fits, difference, rows } = compareExterns(exported, imported, importer)
  return {
    fits,
    from: nameOf(from),
    to: nameOf(to),
    reason: difference && reasonOf(difference),
    rows: rows.slice(0, limits.items).map((row) => toRow(row, to)),
  }
}

/** `adder › docs:adder/add` */
function nameOf({ block, port }: PortRef): string {
  return port === undefined ? cut(block) : `${cut(block)} › ${cut(port)}`
}

export function reasonOf({ path, reason }: TypeDifference): string {
  return cut([...path, reason].join(': '))
}

/** What is no instance has one row, which is called as the import is. */
function toRow({ name, exported, imported, verdict, difference }: ComparedItem, to: PortRef): ComparisonRow {
  return {
    name: cut(name === '' ? (to.port ?? '') : name),
    exported,
    imported,
    verdict,
    reason: difference && reasonOf(difference),
  }
}
