import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assemble } from '../../../test/support/assemble.ts'
import { inspect } from '../../inspect/inspection.ts'
import { nestedComponent } from '../../inspect/testing/nested-component.ts'
import { inspectPage } from './page.ts'
import { bar, formatShare, formatSize } from './sizes.ts'
import { whyPage } from './why.ts'

const plain = (_: unknown, text: string) => text

test('sizes', () => {
  const sizes = [0, 999, 1000, 9_994, 9_996, 99_949, 99_951, 999_499, 999_500, 18_356_654].map(formatSize)
  const expected = [
    '0 B',
    '999 B',
    '1.00 kB',
    '9.99 kB',
    '10.0 kB',
    '99.9 kB',
    '100 kB',
    '999 kB',
    '1.00 MB',
    '18.4 MB',
  ]
  assert.deepEqual(sizes, expected)
  assert.deepEqual(
    [formatShare(0, 9), formatShare(1, 1000), formatShare(1, 3), formatShare(3, 3)],
    ['0 %', '<1 %', '33 %', '100 %'],
  )
  assert.deepEqual([bar(0, 8, 4), bar(1, 2, 4), bar(1, 16, 4), bar(1, 1, 4)], ['', '██', '▎', '████'])
})

test('a component as a page, and why it imports what it imports', async () => {
  const bytes = await assemble(nestedComponent)
  const inspection = inspect(bytes)
  assert.equal(
    whyPage(inspection, 'a:b/clock', plain),
    'a:b/clock@1.0.0: now from the export run:\n  high  run\n  low   fetch\n',
  )
  assert.match(
    whyPage(inspection, 'log', plain),
    /^log through a function pointer, or at the start:\n {2}low {2}hidden\n/,
  )
  assert.match(whyPage(inspection, 'a:b/unused', plain), /only types of it are used/)
  const page = inspectPage('nested.wasm', inspection.report, plain, 80)
  assert.match(page, /^ {2}log: func\(n: u32\) {2}only through function pointers$/m)
  assert.match(page, /├─ inner {2}never instantiated$/m)
})
