import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { examine } from './examine.ts'

const twoModules = '(component (core module (func)) (core module (func (result i32))))'

const cases: readonly (readonly [text: string, kind: string, problems: readonly RegExp[]])[] = [
  ['(component)', 'component', []],
  ['(module)', 'core module', []],
  ['(module (func (result i32)))', 'core module', [/expected 1 elements on the stack/]],
  [twoModules, 'component', [/expected 1 elements on the stack/]],
  ['(component (core module $m) (core instance (instantiate $m (with "a" (instance)))))', 'component', []],
]

for (const [text, kind, problems] of cases) {
  test(`examined: ${text}`, async () => {
    const examined = examine(await assemble(text))
    assert.equal(examined.kind, kind)
    assert.equal(examined.problems.length, problems.length)
    for (const [index, pattern] of problems.entries())
      assert.match(examined.problems[index]!.problem, pattern)
  })
}

test('what starts like neither is told from what ends too early', async () => {
  const bytes = await assemble(twoModules)
  assert.equal(examine(new TextEncoder().encode('a text')).kind, undefined)
  const cutOff = examine(bytes.subarray(0, bytes.length - 1))
  assert.equal(cutOff.kind, 'component')
  assert.ok(cutOff.problems.length > 0)
})

test('it says how much of the code was checked', async () => {
  const told: number[] = []
  const bytes = await assemble(twoModules)
  examine(bytes, { progress: (checked) => told.push(checked) })
  assert.equal(told.length, 2)
  assert.ok(told[0]! > 8 && told[1]! > told[0]! && told[1]! < bytes.length, told.join())
})
