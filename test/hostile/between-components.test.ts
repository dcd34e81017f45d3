/** Values, `realloc` and post-return that break the rules between two components, whichever way the call goes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takenWords } from '../../src/runtime/thread.ts'
import { thrownBy } from '../support/is-typed.ts'
import { eachBackEnd } from '../support/load-component.ts'

const views = ['exports', 'async'] as const

interface Pair {
  /** Component types that the function's type names. */
  readonly parameters?: string
  readonly result?: string
  readonly encoding?: string
  /** Core parameters of the lowered function, and those of the lifted one. */
  readonly lowered?: string
  readonly lifted?: string
  readonly coreResult?: string
  /** The caller's body: what `go` does, and returns as an i32. */
  readonly call: string
  /** The callee's body. */
  readonly body?: string
  /** Data of both memories, from 64 on. */
  readonly data?: string
  readonly callerRealloc?: string
  readonly calleeRealloc?: string
  readonly postReturn?: string
}

const memoryAndRealloc = (body: string, data: string): string => `
  (core module $Memory
    (import "" "outside" (func $outside)) (tag $t)
    (memory (export "memory") 1 10) (data (i32.const 64) "${data}")
    (func $deep (param i32) (result i32) (i32.add (i32.const 1) (call $deep (local.get 0))))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) ${body}))`

/** A component whose export `go` calls what another component exports. */
function pair({
  parameters = '',
  result = '',
  encoding = 'utf8',
  lowered = '',
  lifted = lowered,
  coreResult = '',
  call,
  body = 'nop',
  data = '',
  callerRealloc = '(i32.const 4096)',
  calleeRealloc = '(i32.const 4096)',
  postReturn,
}: Pair): string {
  const options = `string-encoding=${encoding} (memory $memory "memory") (realloc (func $memory "realloc"))`
  const memory = (realloc: string): string => `
    (core func $outside (canon lower (func $outside)))
    ${memoryAndRealloc(realloc, data)}
    (core instance $memory (instantiate $Memory (with "" (instance (export "outside" (func $outside))))))`
  return `
  (import "outside" (func $outside))
  (component $Callee
    (import "outside" (func $outside))
    ${memory(calleeRealloc)}
    (core module $M (import "" "memory" (memory 1)) (import "" "outside" (func $outside)) (tag $t)
      (func $f (export "f") ${lifted} ${coreResult} ${body})
      (func (export "post") ${coreResult && '(param i32)'} ${postReturn ?? 'nop'}))
    (core instance $m (instantiate $M (with "" (instance
      (export "memory" (memory $memory "memory")) (export "outside" (func $outside))))))
    (func (export "f") ${parameters} ${result} (canon lift (core func $m "f") ${options}
      ${postReturn === undefined ? '' : '(post-return (func $m "post"))'})))
  (component $Caller
    (import "outside" (func $outside))
    (import "f" (func $f ${parameters} ${result}))
    ${memory(callerRealloc)}
    (core func $f (canon lower (func $f) ${options}))
    (core module $M (import "" "memory" (memory 1)) (import "" "f" (func $f ${lowered}))
      (func (export "go") (result i32)
        ;; It would catch whatever it can.
        (block $caught (try_table (catch_all $caught) (return ${call})))
        (i32.const 99)))
    (core instance $m (instantiate $M (with "" (instance
      (export "memory" (memory $memory "memory")) (export "f" (func $f))))))
    (func (export "go") (result u32) (canon lift (core func $m "go"))))
  (instance $callee (instantiate $Callee (with "outside" (func $outside))))
  (instance $caller (instantiate $Caller (with "outside" (func $outside)) (with "f" (func $callee "f"))))
  (func (export "go") (alias export $caller "go"))`
}

/** Passes a pointer and a length. */
const range = (type: string, pointer: number, length: number, rest: Partial<Pair> = {}): Pair => ({
  parameters: `(param "x" ${type})`,
  lowered: '(param i32 i32)',
  call: `(block (result i32) (call $f (i32.const ${pointer}) (i32.const ${length})) (i32.const 0))`,
  ...rest,
})

/** Passes one i32. */
const flat = (type: string, value: number): Pair => ({
  parameters: `(param "x" ${type})`,
  lowered: '(param i32)',
  call: `(block (result i32) (call $f (i32.const ${value})) (i32.const 0))`,
})

/** Gets a result whose place in the callee's memory is `pointer`; the caller wants it at `to`. */
const result = (type: string, pointer: number, data: string, to = 1024, rest: Partial<Pair> = {}): Pair => ({
  result: `(result ${type})`,
  lowered: '(param i32)',
  lifted: '',
  coreResult: '(result i32)',
  call: `(block (result i32) (call $f (i32.const ${to})) (i32.const 0))`,
  body: `(i32.const ${pointer})`,
  data,
  ...rest,
})

const text = (pointer: string, length: string): string => `${pointer}${length}`
const five = '\\05\\00\\00\\00'
const u32s = '(list u32)'

/** By name: what is called, and the code of the trap; 0 where it works. */
const cases: readonly (readonly [name: string, pair: Pair, code: string | 0])[] = [
  ['a string', range('string', 64, 5, { data: 'hello' }), 0],
  ['an empty string at the end', range('string', 65536, 0), 0],
  ['an empty string beyond the end', range('string', 65537, 0), 'out-of-bounds'],
  ['a string that ends beyond', range('string', 65535, 2), 'out-of-bounds'],
  ['a string at -1', range('string', -1, 1), 'out-of-bounds'],
  ['a string that wraps round', range('string', -4, 8), 'out-of-bounds'],
  ['a string of 2³² - 1 bytes', range('string', 64, -1), 'out-of-bounds'],
  ['a string that is no UTF-8', range('string', 64, 5, { data: 'abc\\80d' }), 'invalid-utf8'],
  ['a string with a surrogate', range('string', 64, 3, { data: '\\ed\\a0\\80' }), 'invalid-utf8'],
  ['a string that is cut off', range('string', 64, 2, { data: '\\e2\\82\\ac' }), 'invalid-utf8'],
  ['a lone surrogate', range('string', 64, 1, { encoding: 'utf16', data: '\\00\\d8' }), 'invalid-string'],
  ['UTF-16 at an odd place', range('string', 65, 1, { encoding: 'utf16' }), 'unaligned'],
  ['UTF-16 of 2³¹ units', range('string', 64, 2 ** 31, { encoding: 'utf16' }), 'out-of-bounds'],
  ['tagged UTF-16', range('string', 64, 2 ** 31 + 1, { encoding: 'latin1+utf16', data: '\\ac\\20' }), 0],
  [
    'a tagged lone surrogate',
    range('string', 64, 2 ** 31 + 1, { encoding: 'latin1+utf16', data: '\\00\\dc' }),
    'invalid-string',
  ],
  ['Latin-1 at an odd place', range('string', 65, 1, { encoding: 'latin1+utf16' }), 'unaligned'],
  ['a list', range(u32s, 64, 2), 0],
  ['a list at an odd place', range(u32s, 66, 1), 'unaligned'],
  ['an empty list at an odd place', range(u32s, 66, 0), 'unaligned'],
  ['a list whose bytes wrap round', range(u32s, 64, 2 ** 30 + 1), 'out-of-bounds'],
  ['a list of 2³² - 1 elements', range('(list u64)', 64, -1), 'out-of-bounds'],
  ['a list of 2²⁸ bytes', range('(list u8)', 0, 2 ** 28), 'out-of-bounds'],
  ['a list that ends beyond', range('(list u64)', 65528, 2), 'out-of-bounds'],
  ['a list of chars', range('(list char)', 64, 1, { data: '\\ff\\ff\\10\\00' }), 0],
  ['a list with what is no char', range('(list char)', 64, 1, { data: '\\00\\00\\11\\00' }), 'invalid-char'],
  ['a list with a surrogate', range('(list char)', 64, 1, { data: '\\ff\\df\\00\\00' }), 'invalid-char'],
  ['a list of bools of any bits', range('(list bool)', 64, 2, { data: '\\02\\80' }), 0],
  ['a list of options', range('(list (option u8))', 64, 1, { data: '\\01\\00' }), 0],
  [
    'a list with a third option',
    range('(list (option u8))', 64, 1, { data: '\\02\\00' }),
    'invalid-discriminant',
  ],
  ['a string in a list', range('(list string)', 64, 1, { data: text('\\40\\00\\00\\00', five) }), 0],
  [
    'a string in a list that lies outside',
    range('(list string)', 64, 1, { data: text('\\ff\\ff\\00\\00', five) }),
    'out-of-bounds',
  ],
  ['a char', flat('char', 0x10ffff), 0],
  ['what is no char', flat('char', 0x110000), 'invalid-char'],
  ['-1 as char', flat('char', -1), 'invalid-char'],
  ['a surrogate as char', flat('char', 0xd800), 'invalid-char'],
  ['a bool of any bits', flat('bool', 0x100), 0],
  ['a result', flat('(result)', 1), 0],
  ['a third result', flat('(result)', 2), 'invalid-discriminant'],
  ['-1 as result', flat('(result)', -1), 'invalid-discriminant'],
  ['a string as result', result('string', 64, text('\\40\\00\\00\\00', five)), 0],
  ['a result at an odd place', result('string', 65, ''), 'unaligned'],
  ['a result beyond the end', result('string', 65532, ''), 'out-of-bounds'],
  ['a result at -8', result('string', -8, ''), 'out-of-bounds'],
  ['a result that nobody has room for', result('string', 64, '', 65532), 'out-of-bounds'],
  ['a result that should go to an odd place', result('string', 64, '', 1025), 'unaligned'],
  ['a string as result, outside', result('string', 64, text('\\ff\\ff\\00\\00', five)), 'out-of-bounds'],
  [
    'a string as result, no UTF-8',
    result('string', 64, text('\\48\\00\\00\\00', `${five}\\c0`)),
    'invalid-utf8',
  ],
  ['the callee traps', { ...flat('u8', 1), body: 'unreachable' }, 'unreachable'],
  [
    'the callee never returns',
    { ...flat('u8', 1), body: '(call $f (i32.const 1)) (call $f (i32.const 1))' },
    'stack-exhausted',
  ],
  ['the callee throws', { ...flat('u8', 1), body: '(throw $t)' }, 'uncaught-exception'],
]

/** What an allocator does, and the code of the trap where it allocates for the alignment 1 and for 4. */
const reallocs: readonly (readonly [name: string, body: string, one: string | 0, four: string | 0])[] = [
  ['returns what is new', '(drop (memory.grow (i32.const 1))) (i32.const 65536)', 0, 0],
  ['returns the end', '(i32.const 65536)', 'out-of-bounds', 'out-of-bounds'],
  ['returns -4', '(i32.const -4)', 'out-of-bounds', 'out-of-bounds'],
  ['returns an odd place', '(i32.const 4097)', 0, 'unaligned'],
  ['traps', 'unreachable', 'unreachable', 'unreachable'],
  ['throws', '(throw $t)', 'uncaught-exception', 'uncaught-exception'],
  ['never returns', '(call $deep (i32.const 0))', 'stack-exhausted', 'stack-exhausted'],
  ['calls out', '(call $outside) (i32.const 4096)', 'cannot-leave', 'cannot-leave'],
  [
    'calls out, and would catch the refusal',
    '(block $caught (try_table (catch_all $caught) (call $outside))) (i32.const 4096)',
    'cannot-leave',
    'cannot-leave',
  ],
]

eachBackEnd('between two components', (load) => {
  /** The code of a trap, after which nothing can be called any more; or 0, and it works again and again. */
  async function attempt(one: Pair, code: string | 0): Promise<void> {
    const component = await load(pair(one))
    const before = takenWords()
    for (const view of views) {
      const instance = await component.instantiate({ outside: () => assert.fail('it was called') })
      for (let turn = 0; turn < 2; turn++) {
        if (code === 0) {
          assert.equal(await instance[view].go(), 0)
          continue
        }
        const error = await thrownBy(() => instance[view].go())
        assert.equal(error.code, turn === 0 ? code : 'cannot-enter', `${view}: ${error.message}`)
      }
      instance.dispose()
    }
    // Meanwhile the collector may have found others.
    assert.ok(takenWords() <= before)
  }

  for (const [name, one, code] of cases) {
    test(name, () => attempt(one, code))
  }

  for (const [name, body, one, four] of reallocs) {
    const taken = (type: string) => result(type, 64, text('\\40\\00\\00\\00', '\\01\\00\\00\\00'))
    test(`the callee's realloc ${name}`, async () => {
      await attempt(range('string', 64, 5, { data: 'hello', calleeRealloc: body }), one)
      await attempt(range(u32s, 64, 5, { calleeRealloc: body }), four)
      await attempt(
        range('string', 64, 5, { encoding: 'utf16', data: 'h', calleeRealloc: body }),
        name.includes('odd') ? 'unaligned' : one,
      )
    })
    test(`the caller's realloc ${name}`, async () => {
      await attempt({ ...taken('string'), callerRealloc: body }, one)
      await attempt({ ...taken(u32s), callerRealloc: body }, four)
    })
  }

  for (const [name, postReturn, code] of [
    ['returns', 'nop', 0],
    ['traps', 'unreachable', 'unreachable'],
    ['throws', '(throw $t)', 'uncaught-exception'],
    ['calls out', '(call $outside)', 'cannot-leave'],
    ['overwrites the result', '(i64.store (i32.const 64) (i64.const -1))', 'second'],
  ] as const) {
    test(`post-return ${name}`, async () => {
      const one = result('string', 64, text('\\40\\00\\00\\00', five), 1024, { postReturn })
      if (code !== 'second') await attempt(one, code)
      else {
        const { exports } = await (await load(pair(one))).instantiate({ outside() {} })
        assert.equal(exports.go(), 0)
        assert.equal((await thrownBy(() => exports.go())).code, 'out-of-bounds')
      }
    })
  }
})
