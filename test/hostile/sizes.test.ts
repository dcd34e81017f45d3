/** Small components and small memories that ask for a lot: of the host's memory, of its time, of generated code. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TenonError } from '../../src/index.ts'
import { assertTyped, thrownBy } from '../support/is-typed.ts'
import { eachBackEnd } from '../support/load-component.ts'

const MANY = 2 ** 28 - 1
const many = (count: number, part: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => part(i)).join(' ')

/** Returns a list of that length, all zeros: memory that nobody touched. */
const returning = (type: string, length: number): string => `
  (core module $M (memory (export "memory") 4097)
    (func (export "f") (result i32)
      (i32.store (i32.const 16) (i32.const 65536)) (i32.store (i32.const 20) (i32.const ${length})) (i32.const 16)))
  (core instance $m (instantiate $M))
  (func (export "f") (result ${type}) (canon lift (core func $m "f") (memory (core memory $m "memory"))))`

/** A list of 100,000 strings or lists, all of which are the same million bytes. */
const aliased = (type: string): string => `
  (core module $M (memory (export "memory") 200)
    (func (export "f") (result i32) (local $i i32) (local $p i32)
      (local.set $p (i32.const 0x400000))
      (loop $next
        (i32.store offset=4 (local.get $p) (i32.const 1000000))
        (local.set $p (i32.add (local.get $p) (i32.const 8)))
        (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 100000))))
      (i32.store (i32.const 0x200000) (i32.const 0x400000)) (i32.store (i32.const 0x200004) (i32.const 100000))
      (i32.const 0x200000)))
  (core instance $m (instantiate $M))
  (func (export "f") (result ${type}) (canon lift (core func $m "f") (memory (core memory $m "memory"))))`

/** Takes one value of a type. */
const taking = (types: string, type: string, flat = 'i32'): string => `${types}
  (core module $M (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
    (func (export "f") (param ${flat})))
  (core instance $m (instantiate $M))
  (func (export "f") (param "x" ${type})
    (canon lift (core func $m "f") (memory (core memory $m "memory")) (realloc (core func $m "realloc"))))`

const record = (name: string, count: number, type: string): string =>
  `(type $${name}' (record ${many(count, (i) => `(field "f${i}" ${type})`)})) (export $${name} "the-${name}" (type $${name}'))`

eachBackEnd('more than the host holds', (load) => {
  const lists: readonly (readonly [name: string, text: string])[] = [
    ['as many booleans as there may be', returning('(list bool)', MANY)],
    ['as many tuples as there may be', returning('(list (tuple u8))', MANY)],
    ['as many lists as there may be', returning('(list (list bool))', 2 ** 25 - 1)],
    ['the same string, again and again', aliased('(list string)')],
    ['the same bytes, again and again', aliased('(list (list u8))')],
    ['the same list, again and again', aliased('(list (list bool))')],
  ]
  for (const [name, text] of lists) {
    test(name, async () => {
      const instance = await (await load(text)).instantiate()
      const error = await thrownBy(() => instance.exports.f())
      assert.equal(error.code, 'out-of-bounds', error.message)
      assert.equal((await thrownBy(() => instance.exports.f())).code, 'cannot-enter')
    })
  }

  test('what is large and allowed', async () => {
    const bytes = (await (await load(returning('(list u8)', MANY))).instantiate()).exports.f() as Uint8Array
    assert.equal(bytes.length, MANY)
    const flags = (
      await (await load(returning('(list bool)', 100_000))).instantiate()
    ).exports.f() as boolean[]
    assert.equal(flags.length, 100_000)
  })
})

eachBackEnd('a component asks', (load, transpiled) => {
  test('for all memory, and a table of ten million', {
    skip: transpiled && 'whoever compiles core modules says what is wrong with them',
  }, async () => {
    for (const body of ['(memory 65536)', '(table 10000000 funcref)', '(table 10000001 funcref)']) {
      try {
        ;(
          await (await load(`(core module $M ${body}) (core instance (instantiate $M))`)).instantiate()
        ).dispose()
      } catch (error) {
        assertTyped(error)
      }
    }
  })

  const types: readonly (readonly [name: string, text: string, wrong: RegExp])[] = [
    ['a record of 1,000 fields', taking(record('r', 1000, 'u8'), '$r'), /argument x\.f0: expected u8/],
    [
      'a record of 100 records of 100 fields',
      taking(record('a', 100, 'u8') + record('b', 100, '$a'), '$b'),
      /argument x\.f0: expected record/,
    ],
    [
      'a variant of 10,000 cases',
      taking(
        `(type $v' (variant ${many(10_000, (i) => `(case "c${i}" u32)`)})) (export $v "the-v" (type $v'))`,
        '$v',
        'i32 i32',
      ),
      /argument x\.tag: expected variant/,
    ],
    ['a list of 2^27 bytes', taking('', '(list u8 134217728)'), /argument x: expected list<u8, 134217728>/],
  ]
  for (const [name, text, wrong] of types) {
    test(name, async () => {
      const { exports } = await (await load(text)).instantiate()
      assert.throws(() => exports.f({}), { name: 'TypeError', message: wrong })
    })
  }

  const refused: readonly (readonly [name: string, text: string])[] = [
    ['a type of a million parts', taking(record('a', 1000, 'u8') + record('b', 1000, '$a'), '$b')],
    ['lists in lists of 10^27 bytes', taking('', '(list (list (list u8 1000000000) 1000000000) 1000000000)')],
    [
      '2^30 instances',
      `(component $C0) ${many(30, (i) => `(component $C${i + 1} (alias outer 1 $C${i} (component $c)) (instance (instantiate $c)) (instance (instantiate $c)))`)}
       (instance (instantiate $C30))`,
    ],
  ]
  for (const [name, text] of refused) {
    test(`for ${name}, and is refused`, async () => {
      await assert.rejects(load(text), (error) => {
        assert.ok(error instanceof TenonError, String(error))
        assert.match(error.code, /limit|validation/)
        return true
      })
    })
  }
})
