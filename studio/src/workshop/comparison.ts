import { type ComparedItem, compareExterns, type TypeDifference } from 'tenon/compose'
import type { PortRef } from '../contract/graph.ts'
import type { Comparison, ComparisonRow, Refusal } from '../contract/workshop.ts'
import { Fitting } from './fitting.ts'
import { cut, limits } from './limits.ts'
import { typeOfPort } from './port-types.ts'
import type { ReadText } from './read-text.ts'
import { refuse } from './refusal.ts'

/** Both ends of a wire that there is, or could be. */
export function compare(text: ReadText, a: PortRef, b: PortRef): Comparison | Refusal {
  const { parts, analysis } = text
  const [from, to] = a.side === 'export' ? [a, b] : [b, a]
  const exported = typeOfPort(from, parts, analysis.composition)
  const imported = typeOfPort(to, parts, analysis.composition)
  const importer = parts.get(to.block)?.package?.type
  if (from.side !== 'export' || exported === undefined)
    return refuse(`there is no such export: ${nameOf(from)}`)
  if (to.side !== 'import' || imported === undefined || importer === undefined)
    return refuse(`there is no such import: ${nameOf(to)}`)
  const { rows } = compareExterns(exported, imported, importer)
  // Whose resources they are is said by the whole text, and not by the two types.
  const reason = new Fitting(text).verdict(from, to)
  return {
    fits: reason === undefined,
    from: nameOf(from),
    to: nameOf(to),
    reason,
    rows: agreeing(
      rows.slice(0, limits.items).map((row) => toRow(row, to)),
      reason,
    ),
  }
}

/** Rows that say what is said of the whole. */
function agreeing(rows: readonly ComparisonRow[], reason: string | undefined): readonly ComparisonRow[] {
  if (reason === undefined)
    return rows.map((row) =>
      row.verdict === 'differs' ? { ...row, verdict: 'fits', reason: undefined } : row,
    )
  if (rows.some(({ verdict }) => verdict === 'differs' || verdict === 'missing')) return rows
  const [path] = reason.split(/ › |: /)
  const wrong = rows.find(({ name }) => name === path) ?? rows[0]
  return rows.map((row) => (row === wrong ? { ...row, verdict: 'differs', reason } : row))
}

/** `adder › docs:adder/add` */
function nameOf({ block, port }: PortRef): string {
  return port === undefined ? cut(block) : `${cut(block)} › ${cut(port)}`
}

function reasonOf({ path, reason }: TypeDifference): string {
  return cut(path.length > 0 ? `${path.join(' › ')}: ${reason}` : reason)
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
