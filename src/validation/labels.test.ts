import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkLabels } from './labels.ts'

const refuse = (problem: string): never => {
  throw new Error(problem)
}
const check = (labels: readonly string[]): void => checkLabels(labels, 'record field', 'field', refuse)
const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `label-${i}`)

test('labels that differ are taken, those of one hash too', () => {
  for (const labels of [[], ['a'], ['xc0', 'xan'], [...numbered(100), 'xc0', 'xan']]) {
    assert.doesNotThrow(() => check(labels))
    assert.doesNotThrow(() =>
      checkLabels(
        labels.map((name) => ({ name })),
        'record field',
        'field',
        refuse,
      ),
    )
  }
})

for (const [labels, problem] of [
  [['a', ''], 'record field name cannot be empty'],
  [['a', 'aB'], 'record field name `aB` is not in kebab case'],
  [['a', 'a', ''], 'record field name cannot be empty'],
  [['xc0', 'a', 'xan', 'A'], 'record field name `A` conflicts with previous field name `a`'],
  [['is-XML', 'IS-xml'], 'record field name `IS-xml` conflicts with previous field name `is-XML`'],
  [[...numbered(100), 'LABEL-7'], 'record field name `LABEL-7` conflicts with previous field name `label-7`'],
] as const) {
  test(`${labels.length} labels: ${problem}`, () => assert.throws(() => check(labels), { message: problem }))
}
