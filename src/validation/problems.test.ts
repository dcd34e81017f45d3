import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { decode } from '../binary/decode.ts'
import { validationProblems } from './validate.ts'

async function problemsOf(text: string): Promise<string[]> {
  const problems = validationProblems(decode(await assemble(`(component ${text})`)))
  return problems.map((problem) => problem.message.replace(/ \(at offset.*/, ''))
}

test('a valid component has none', async () => {
  assert.deepEqual(await problemsOf('(import "f" (func))'), [])
})

test('each problem is said once, its consequences are not', async () => {
  const problems = await problemsOf(`
    (type (list 9))
    (type (option 0))
    (import "BadName" (func $f))
    (export "f" (func $f))
    (component (type (tuple)) (type (enum)) (export "never" (type 0)))
    (instance (instantiate 0))
    (core func (canon context.get i32 7))
    (export "good" (type 1))`)
  assert.deepEqual(problems, [
    'unknown type 9: type index out of bounds, there are 0',
    'import name `BadName` is not a valid extern name: `BadName` is not in kebab case',
    'tuple type must have at least one type',
    'enum type must have at least one variant',
    '`context.get` immediate must be zero or one: 7',
  ])
})

test('what comes after an invalid definition keeps its index', async () => {
  assert.deepEqual(
    await problemsOf(`
      (import "A_" (type (sub resource)))
      (type u8)
      (type (own 1))`),
    [
      'import name `A_` is not a valid extern name: `A_` is not in kebab case',
      'type index 1 is not a resource type: it is the value type u8',
    ],
  )
})

test('a problem of a type that is repeated is where it stands each time', async () => {
  const type = `(instance (export "first-of-two" (func (param "a-parameter" string) (result string)))
    (export "second-of-two" (func (param "b-parameter" (list 9)))))`
  const component = decode(
    await assemble(`(component (type ${type}) (component (type ${type})) (type (list 7)))`),
  )
  const problems = validationProblems(component)
  assert.deepEqual(
    problems.map(({ problem, path }) => [problem, path[0]]),
    [
      ['unknown type 9: type index out of bounds, there is 1', 'type section'],
      ['unknown type 9: type index out of bounds, there is 1', 'component 0'],
      ['unknown type 7: type index out of bounds, there is 1', 'type section'],
    ],
  )
  const { bytes } = component
  const text = new TextDecoder('latin1').decode(bytes)
  const [first, second, third] = problems.map(({ offset }) => offset)
  // The list, with its opcode and the index.
  for (const offset of [first!, second!])
    assert.deepEqual([...bytes.subarray(offset, offset + 3)], [1, 0x70, 9])
  assert.ok(second! > text.lastIndexOf('first-of-two'))
  assert.deepEqual([...bytes.subarray(third!, third! + 2)], [0x70, 7])
})

test('an interface with a problem in it is passed over as a whole', async () => {
  assert.deepEqual(
    await problemsOf(`
      (import "i" (instance $i (export "F_" (func)) (export "g" (func))))
      (alias export $i "g" (func $g))
      (export "g" (func $g))`),
    ['export name `F_` is not a valid extern name: `F_` is not in kebab case'],
  )
})
