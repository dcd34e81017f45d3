/** Guests whose `realloc`, post-return or memory misbehaves while values are on their way. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { thrownBy } from '../support/is-typed.ts'
import { eachBackEnd } from '../support/load-component.ts'

const views = ['exports', 'async'] as const

/** What is passed to the guest, by the name of the export; and what asks the host for it. */
const values: readonly (readonly [name: string, type: string, value: unknown, alignment: number])[] = [
  ['short', 'string', 'hello', 1],
  ['umlaut', 'string', 'größe', 1],
  ['long', 'string', 'hello'.repeat(100), 1],
  ['long-umlaut', 'string', 'größe'.repeat(100), 1],
  ['bytes', '(list u8)', new Uint8Array(100), 1],
  ['doubles', '(list f64)', new Float64Array(100), 8],
  ['strings', '(list string)', ['a', 'b'], 4],
  ['many-strings', '(list string)', Array.from({ length: 20 }, (_, i) => `item ${i}`), 4],
  ['tuples', '(list (tuple u8 u64))', [[1, 2n]], 8],
]
const spilled = Array.from({ length: 17 }, (_, i) => `(param "p${i}" u64)`).join(' ')

const exported = values
  .map(
    ([name, type]) => `
  (func (export "${name}") (param "x" ${type})
    (canon lift (core func $m "ignore2") (memory (core memory $mem "memory")) (realloc (core func $m "realloc"))))
  (import "give-${name}" (func $give-${name} (result ${type})))`,
  )
  .join('')

/** A guest with that body of \`realloc\`: parameters 0 to 3 are old pointer, old size, alignment, new size. */
const guest = (body: string): string => `
  (import "outside" (func $outside))
  (core module $Mem (memory (export "memory") 1 3))
  (core instance $mem (instantiate $Mem))
  (core func $outside (canon lower (func $outside)))
  (type $r (resource (rep i32)))
  (core func $new (canon resource.new $r))
  (core func $drop (canon resource.drop $r))
  (core module $M
    (import "mem" "memory" (memory 1 3))
    (import "host" "outside" (func $outside))
    (import "host" "new" (func $new (param i32) (result i32)))
    (import "host" "drop" (func $drop (param i32)))
    (tag $t)
    (global $next (mut i32) (i32.const 64))
    (func $bump (param i32 i32 i32 i32) (result i32)
      (global.set $next (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
      (global.get $next)
      (global.set $next (i32.add (global.get $next) (local.get 3))))
    (func $realloc (export "realloc") (param i32 i32 i32 i32) (result i32) ${body})
    (func $deep (param i32) (result i32) (i32.add (i32.const 1) (call $deep (local.get 0))))
    (func (export "ignore2") (param i32 i32))
    (func (export "ignore1") (param i32)))
  (core instance $m (instantiate $M
    (with "mem" (instance $mem))
    (with "host" (instance (export "outside" (func $outside)) (export "new" (func $new)) (export "drop" (func $drop))))))
  ${exported}
  (func (export "spilled") ${spilled}
    (canon lift (core func $m "ignore1") (memory (core memory $mem "memory")) (realloc (core func $m "realloc"))))
  ${values
    .map(
      ([name]) => `
  (core func $give-${name} (canon lower (func $give-${name})
    (memory (core memory $mem "memory")) (realloc (core func $m "realloc"))))
  (core module $Take-${name} (import "" "give" (func $give (param i32)))
    (func (export "take") (call $give (i32.const 16))))
  (core instance $take-${name} (instantiate $Take-${name} (with "" (instance (export "give" (func $give-${name}))))))
  (func (export "take-${name}") (canon lift (core func $take-${name} "take")))`,
    )
    .join('')}`

/** By value: its alignment. Undefined: it works. */
type Outcome = (alignment: number) => string | undefined

const bodies: readonly (readonly [name: string, body: string, outcome: Outcome])[] = [
  ['returns what lies outside', '(i32.const 0x20000)', () => 'out-of-bounds'],
  ['returns -8', '(i32.const -8)', () => 'out-of-bounds'],
  ['returns -1', '(i32.const -1)', (alignment) => (alignment > 1 ? 'unaligned' : 'out-of-bounds')],
  ['returns the end', '(i32.const 0x10000)', () => 'out-of-bounds'],
  [
    'returns the last byte',
    '(i32.const 0xffff)',
    (alignment) => (alignment > 1 ? 'unaligned' : 'out-of-bounds'),
  ],
  [
    'returns what is not aligned',
    '(i32.const 0x101)',
    (alignment) => (alignment > 1 ? 'unaligned' : undefined),
  ],
  ['returns the same block each time', '(i32.const 0x100)', () => undefined],
  ['returns 0 each time', '(i32.const 0)', () => undefined],
  [
    'grows the memory, and returns what is new',
    `(if (i32.eq (memory.size) (i32.const 1)) (then (drop (memory.grow (i32.const 1)))))
     (i32.add (i32.const 0x10000) (call $bump (local.get 0) (local.get 1) (local.get 2) (local.get 3)))`,
    () => undefined,
  ],
  [
    'grows the memory each time, and returns what is old',
    '(drop (memory.grow (i32.const 1))) (call $bump (local.get 0) (local.get 1) (local.get 2) (local.get 3))',
    () => undefined,
  ],
  ['traps', 'unreachable', () => 'unreachable'],
  ['never returns', '(call $deep (i32.const 0))', () => 'stack-exhausted'],
  ['throws', '(throw $t)', () => 'uncaught-exception'],
  ['calls an import', '(call $outside) (i32.const 0x100)', () => 'cannot-leave'],
  ['makes a handle', '(drop (call $new (i32.const 1))) (i32.const 0x100)', () => 'cannot-leave'],
  ['drops a handle', '(call $drop (i32.const 1)) (i32.const 0x100)', () => 'cannot-leave'],
  [
    'calls an import, and would catch its refusal',
    '(block $caught (try_table (catch_all $caught) (call $outside))) (i32.const 0x100)',
    () => 'cannot-leave',
  ],
]

eachBackEnd('realloc', (load) => {
  for (const [name, body, outcome] of bodies) {
    test(name, async () => {
      const component = await load(guest(body))
      const imports: Record<string, unknown> = { outside: () => assert.fail('it was called') }
      for (const [given, , value] of values) imports[`give-${given}`] = () => value
      const calls: [call: string, args: unknown[], alignment: number][] = values.flatMap(
        ([given, , value, alignment]) => [
          [given, [value], alignment],
          [`take-${given}`, [], alignment],
        ],
      )
      calls.push(['spilled', Array<bigint>(17).fill(1n), 8])
      for (const [call, args, alignment] of calls) {
        for (const view of views) {
          const instance = await component.instantiate(imports)
          const expected = outcome(alignment)
          const attempt = (): unknown => instance[view][call](...args)
          if (expected === undefined) {
            assert.equal(await attempt(), undefined, `${view}.${call}`)
            assert.equal(await attempt(), undefined, `${view}.${call}`)
          } else {
            const error = await thrownBy(attempt)
            assert.equal(error.code, expected, `${view}.${call}: ${error.message}`)
            assert.equal((await thrownBy(attempt)).code, 'cannot-enter')
          }
          instance.dispose()
        }
      }
    })
  }
})

eachBackEnd('post-return', (load) => {
  const withPostReturn = (body: string): string => `
    (import "outside" (func $outside))
    (core func $outside (canon lower (func $outside)))
    (core module $M (import "" "outside" (func $outside)) (memory (export "memory") 1) (tag $t)
      (func $deep (param i32) (result i32) (i32.add (i32.const 1) (call $deep (local.get 0))))
      (data (i32.const 100) "hello")
      (func (export "get") (result i32) (i32.store (i32.const 16) (i32.const 100)) (i32.store (i32.const 20) (i32.const 5))
        (i32.const 16))
      (func (export "post") (param i32) ${body}))
    (core instance $m (instantiate $M (with "" (instance (export "outside" (func $outside))))))
    (func (export "get") (result string) (canon lift (core func $m "get")
      (memory (core memory $m "memory")) (post-return (core func $m "post"))))`
  for (const [name, body, code] of [
    ['traps', 'unreachable', 'unreachable'],
    ['throws', '(throw $t)', 'uncaught-exception'],
    ['never returns', '(drop (call $deep (i32.const 0)))', 'stack-exhausted'],
    ['calls an import', '(call $outside)', 'cannot-leave'],
    ['overwrites what it returned', '(i64.store (i32.const 100) (i64.const -1))', undefined],
    ['grows the memory', '(drop (memory.grow (i32.const 1)))', undefined],
  ] as const) {
    test(name, async () => {
      const component = await load(withPostReturn(body))
      for (const view of views) {
        const instance = await component.instantiate({ outside: () => assert.fail('it was called') })
        if (code === undefined) assert.equal(await instance[view].get(), 'hello')
        else {
          assert.equal((await thrownBy(() => instance[view].get())).code, code)
          assert.equal((await thrownBy(() => instance[view].get())).code, 'cannot-enter')
        }
      }
    })
  }
})
