import type { Comparison, ComparisonRow } from '../contract/workshop.ts'

type Verdict = ComparisonRow['verdict']

/** What each verdict is called where it is read. */
export const verdictText: Readonly<Record<Verdict, string>> = {
  same: 'same',
  fits: 'fits',
  differs: 'differs',
  missing: 'missing',
  unused: 'not asked for',
}

const order: readonly Verdict[] = ['missing', 'differs', 'fits', 'same']

export interface OrderedRows {
  /** What keeps the ends apart first. */
  readonly asked: readonly ComparisonRow[]
  /** Exported, and nobody asks for it. */
  readonly unused: readonly ComparisonRow[]
}

export function orderRows({ rows }: Pick<Comparison, 'rows'>): OrderedRows {
  return {
    asked: order.flatMap((verdict) => rows.filter((row) => row.verdict === verdict)),
    unused: rows.filter(({ verdict }) => verdict === 'unused'),
  }
}

/** `1 missing, 2 differ, 3 fit`. */
export function rowSummary({ rows }: Pick<Comparison, 'rows'>): string {
  const count = (...verdicts: readonly Verdict[]) =>
    rows.filter(({ verdict }) => verdicts.includes(verdict)).length
  const [missing, differ, fit] = [count('missing'), count('differs'), count('same', 'fits')]
  return [
    missing > 0 && `${missing} missing`,
    differ > 0 && `${differ} ${differ === 1 ? 'differs' : 'differ'}`,
    fit > 0 && `${fit} ${fit === 1 ? 'fits' : 'fit'}`,
  ]
    .filter((part) => part !== false)
    .join(', ')
}
