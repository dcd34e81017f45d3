import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ComparisonRow } from '../contract/workshop.ts'
import { orderRows, rowSummary } from './row-order.ts'

function rows(...verdicts: readonly ComparisonRow['verdict'][]): { readonly rows: readonly ComparisonRow[] } {
  return {
    rows: verdicts.map((verdict, index) => ({
      name: `${index}`,
      exported: verdict === 'missing' ? undefined : 'a',
      imported: verdict === 'unused' ? undefined : 'b',
      verdict,
      reason: undefined,
    })),
  }
}

test('what keeps the ends apart comes first, in its own order; what nobody asks for stands by itself', () => {
  const { asked, unused } = orderRows(
    rows('same', 'differs', 'unused', 'missing', 'differs', 'fits', 'unused'),
  )
  assert.deepEqual(
    asked.map(({ name }) => name),
    ['3', '1', '4', '5', '0'],
  )
  assert.deepEqual(
    unused.map(({ name }) => name),
    ['2', '6'],
  )
})

test('a summary in words', () => {
  assert.equal(
    rowSummary(rows('same', 'differs', 'unused', 'missing', 'differs', 'fits')),
    '1 missing, 2 differ, 2 fit',
  )
  assert.equal(rowSummary(rows('differs', 'same')), '1 differs, 1 fits')
  assert.equal(rowSummary(rows('unused')), '')
})
