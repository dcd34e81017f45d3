/** Errors that cross a guest which catches everything. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ComponentError, ExitError, Trap } from '../errors.ts'
import { assemble } from '../../test/support/assemble.ts'
import { eachBackEnd } from '../../test/support/load-component.ts'
import { ComponentInstance } from './component-instance.ts'
import { canSuspend } from './switch.ts'
import { crash, reveal } from './trap.ts'

/** Catches what its import throws, and goes on as if nothing had happened. */
const catchAll = `
  (import "f" (func $f (param "n" u32) (result u32)))
  (core func $f (canon lower (func $f)))
  (core module $M
    (import "" "f" (func $f (param i32) (result i32)))
    (func (export "run") (param i32) (result i32)
      (block $caught
        (try_table (result i32) (catch_all $caught) (call $f (local.get 0)))
        (return))
      (i32.const 99)))
  (core instance $m (instantiate $M (with "" (instance (export "f" (func $f))))))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run")))`

eachBackEnd('a guest that catches everything', (load) => {
  const mistake = new Error('a mistake')
  const thrown: readonly (readonly [name: string, f: () => unknown, expected: object])[] = [
    [
      'an error of the host',
      () => {
        throw mistake
      },
      {
        name: 'Trap',
        code: 'host-error',
        cause: mistake,
        message: 'f: the host function threw Error: a mistake',
      },
    ],
    [
      'an exit',
      () => {
        throw new ExitError(3)
      },
      { name: 'ExitError', exitCode: 3 },
    ],
    [
      'a trap of another instance',
      () => {
        throw new Trap('unaligned', 'unaligned pointer')
      },
      { name: 'Trap', code: 'unaligned' },
    ],
    [
      'an error case that the type does not have',
      () => {
        throw new ComponentError('no')
      },
      { name: 'Trap', code: 'host-error', message: /declares no error case/ },
    ],
    [
      'a result of the wrong type',
      () => 'x',
      { name: 'Trap', code: 'host-error', message: /^f: result: expected u32/ },
    ],
    [
      'a stack overflow of the host',
      function overflow(): unknown {
        return overflow()
      },
      { name: 'Trap' },
    ],
  ]
  for (const [name, f, expected] of thrown) {
    test(`does not catch ${name}`, async () => {
      const instance = await (await load(catchAll)).instantiate({ f })
      assert.throws(() => instance.exports.run(1), expected)
      assert.throws(() => instance.exports.run(1), { code: 'cannot-enter', message: /trapped before/ })
    })

    test(`does not catch ${name} in the promise view, at once and later`, async () => {
      const component = await load(catchAll)
      const later = async () => {
        await null
        return f()
      }
      for (const host of canSuspend ? [f, later] : [f]) {
        const instance = await component.instantiate({ f: host })
        await assert.rejects(instance.async.run(1), expected)
        await assert.rejects(instance.async.run(1), { code: 'cannot-enter' })
      }
    })
  }
})

eachBackEnd('a guest exception that nobody catches', (load) => {
  test('is a trap', async () => {
    const component = await load(`
      (core module $M (tag $t) (func (export "run") (throw $t)))
      (core instance $m (instantiate $M))
      (func (export "run") (canon lift (core func $m "run")))`)
    const instance = await component.instantiate()
    assert.throws(() => instance.exports.run(), { name: 'Trap', code: 'uncaught-exception' })
    assert.throws(() => instance.exports.run(), { code: 'cannot-enter' })
  })

  test('of a destructor is a trap of who drops', async () => {
    const component = await load(`
      (core module $D (tag $t) (func (export "dtor") (param i32) (throw $t)))
      (core instance $d (instantiate $D))
      (type $r (resource (rep i32) (dtor (core func $d "dtor"))))
      (core func $new (canon resource.new $r))
      (core func $drop (canon resource.drop $r))
      (core module $M
        (import "" "new" (func $new (param i32) (result i32)))
        (import "" "drop" (func $drop (param i32)))
        (func (export "run")
          (block $caught (try_table (catch_all $caught) (call $drop (call $new (i32.const 1)))))))
      (core instance $m (instantiate $M (with "" (instance
        (export "new" (func $new)) (export "drop" (func $drop))))))
      (func (export "run") (canon lift (core func $m "run")))`)
    const instance = await component.instantiate()
    assert.throws(() => instance.exports.run(), { name: 'Trap', code: 'uncaught-exception' })
  })
})

test("the engine's traps have the reference suite's wording, and codes", async () => {
  const traps: readonly (readonly [body: string, wording: string, code: string])[] = [
    ['unreachable', 'wasm `unreachable` instruction executed', 'unreachable'],
    ['(drop (i32.load (i32.const -1)))', 'out of bounds memory access', 'memory-out-of-bounds'],
    ['(drop (i32.div_s (i32.const 1) (i32.const 0)))', 'integer divide by zero', 'divide-by-zero'],
    ['(drop (i32.rem_u (i32.const 1) (i32.const 0)))', 'integer divide by zero', 'divide-by-zero'],
    ['(drop (i32.div_s (i32.const 0x80000000) (i32.const -1)))', 'integer overflow', 'integer-overflow'],
    ['(drop (i32.trunc_f32_s (f32.const nan)))', 'invalid conversion to integer', 'invalid-conversion'],
    ['(call_indirect (i32.const 9))', 'undefined element: out of bounds table access', 'table-out-of-bounds'],
    [
      '(call_indirect (param i32) (i32.const 1) (i32.const 0))',
      'indirect call type mismatch',
      'indirect-call-type',
    ],
    // V8 does not tell an empty element from one of another type.
    ['(call_indirect (i32.const 1))', 'indirect call type mismatch', 'indirect-call-type'],
    ['(call_ref $t (ref.null $t))', 'null reference', 'null-reference'],
    ['(drop (ref.cast (ref i31) (ref.null any)))', 'cast failure', 'cast-failure'],
    [
      '(drop (array.get $a (array.new $a (i32.const 0) (i32.const 1)) (i32.const 2)))',
      'out of bounds array access',
      'array-out-of-bounds',
    ],
    ['(call $f)', 'call stack exhausted', 'stack-exhausted'],
  ]
  for (const [body, wording, code] of traps) {
    const bytes =
      await assemble(`(module (type $t (func)) (type $a (array i32)) (memory 1) (table 2 funcref) (elem (i32.const 0) func $f)
      (func $f (export "f") ${body}))`)
    const { f } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports
    try {
      ;(f as () => void)()
      assert.fail(`${body} did not trap`)
    } catch (error) {
      const trap = reveal(error) as Trap
      assert.equal(trap.message, `wasm trap: ${wording}`)
      assert.deepEqual([trap.code, trap.cause], [code, error])
    }
  }
})

test('a crash stands for its error, and marks the instance', () => {
  const instance = new ComponentInstance(undefined, 'guest')
  const error = new ExitError(1)
  assert.throws(
    () => crash(instance, error),
    (thrown: unknown) => thrown instanceof WebAssembly.RuntimeError && reveal(thrown) === error,
  )
  assert.deepEqual([instance.poisoned, instance.failure], [true, error])
})
