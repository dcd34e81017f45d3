/** Small files that stand for something huge are refused, and soon. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { decode } from '../binary/decode.ts'
import { validate, validationProblems } from './validate.ts'

const times = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join(' ')

const refused: Readonly<Record<string, readonly [text: string, problem: string]>> = {
  'types that double': [
    `(type u8) ${times(60, (i) => `(type (tuple ${i} ${i}))`)}`,
    'effective type size exceeds the limit',
  ],
  'types in types in types': [
    `(type u8) ${times(5_000, (i) => `(type (list ${i}))`)}`,
    'type nesting exceeds the limit of 100',
  ],
  'instances that double': [
    `(instance) ${times(60, (i) => `(instance (export "a" (instance ${i})) (export "b" (instance ${i})))`)}`,
    'effective type size exceeds the limit',
  ],
  'components that instantiate the one before twice': [
    `(component (type $r (resource (rep i32))) (export "r" (type $r)))
     ${times(
       40,
       (i) => `(component (alias outer 1 ${i} (component $c))
         (instance $a (instantiate $c)) (instance $b (instantiate $c))
         (export "a" (instance $a)) (export "b" (instance $b)))`,
     )}`,
    'the work of checking types exceeds the limit',
  ],
  'a large interface that is imported often': [
    `(type $i (instance (type $e (enum "a")) ${times(5_000, (i) => `(export "e${i}" (type (eq $e)))`)}))
     ${times(900, (i) => `(import "i${i}" (instance (type $i)))`)}`,
    'the work of checking types exceeds the limit',
  ],
  'too many instances': [
    times(4_097, () => '(instance)'),
    'the count of instances exceeds the limit of 4096',
  ],
  'too many instances, some of which are core ones': [
    `${times(2_000, () => '(core instance)')} ${times(2_097, () => '(instance)')}`,
    'the count of instances exceeds the limit of 4096',
  ],
  'too many components, most of which are nested': [
    times(100, () => `(component ${times(9, () => '(component)')})`),
    'the count of core modules and components in one file exceeds the limit of 1000',
  ],
}

for (const [name, [text, problem]] of Object.entries(refused)) {
  test(name, async () => {
    const component = decode(await assemble(`(component $C ${text})`))
    assert.throws(() => validate(component), { code: 'limit', message: new RegExp(`^${problem}`) })
    assert.equal(validationProblems(component).length, 1, 'too much is said once')
  })
}

test('shared parts cost nothing', async () => {
  const levels = times(17, (i) => `(type (tuple ${i} ${i}))`)
  const text = `(type (list string)) ${levels}
    (component $c (type (list string)) ${levels} (import "x" (type (eq 17))))
    (instance (instantiate $c (with "x" (type 17))))`
  validate(decode(await assemble(`(component ${text})`)))
})

test('a long line of names for one type', async () => {
  const text = `(component $c (type u8) ${times(5_000, (i) => `(export "n${i}" (type ${i}))`)})
    (instance $i (instantiate $c)) (export "i" (instance $i))`
  validate(decode(await assemble(`(component ${text})`)))
})
