/** A guest that catches whatever its imports throw: it must not get to see errors of the host, traps, or exits. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ComponentError, ExitError, hostFunction, Trap } from '../../src/index.ts'
import { assertTyped } from '../support/is-typed.ts'
import { eachBackEnd } from '../support/load-component.ts'

const views = ['exports', 'async'] as const

/** Calls the import, and returns 99 where that throws something that it can catch. */
const catcher = `
  (import "f" (func $f (result u32)))
  (core func $f (canon lower (func $f)))
  (core module $M (import "" "f" (func $f (result i32)))
    (func (export "go") (result i32)
      (block $caught (try_table (catch_all $caught) (return (call $f))))
      (i32.const 99)))
  (core instance $m (instantiate $M (with "" (instance (export "f" (func $f))))))
  (func (export "go") (result u32) (canon lift (core func $m "go")))`

const unprintable = Object.create(null) as object
const throwing: ProxyHandler<object> = {
  get() {
    throw new Error('the trap of a proxy')
  },
  getPrototypeOf() {
    throw new Error('the trap of a proxy')
  },
  has() {
    throw new Error('the trap of a proxy')
  },
}
const badMessage = Object.defineProperty(new Error('x'), 'message', {
  get() {
    throw new Error('the message')
  },
})
const badName = Object.defineProperty(new Error('x'), 'name', {
  get: () => ({ toString: () => assert.fail('a name is no string') }),
})

const thrown: readonly (readonly [name: string, value: unknown, code: string])[] = [
  ['an error', new Error('no'), 'host-error'],
  ['a TypeError', new TypeError('no'), 'host-error'],
  ['a trap', new Trap('unreachable', 'mine'), 'unreachable'],
  ['an exit', new ExitError(3), 'exit'],
  ['an error case that the type has not', new ComponentError('x'), 'host-error'],
  ['a WebAssembly.RuntimeError', new WebAssembly.RuntimeError('unreachable'), 'unreachable'],
  [
    'a WebAssembly.Exception',
    // biome-ignore format: one line
    new WebAssembly.Exception(new WebAssembly.Tag({ parameters: [] }), []),
    'uncaught-exception',
  ],
  [
    'a RangeError that looks like an overflow',
    new RangeError('Maximum call stack size exceeded'),
    'stack-exhausted',
  ],
  ['a string', 'no', 'host-error'],
  ['undefined', undefined, 'host-error'],
  ['null', null, 'host-error'],
  ['a symbol', Symbol('no'), 'host-error'],
  ['a bigint', 5n, 'host-error'],
  ['an object that cannot be printed', unprintable, 'host-error'],
  ['a proxy whose traps throw', new Proxy({}, throwing), 'host-error'],
  ['a proxy of a function', new Proxy(() => {}, throwing), 'host-error'],
  ['an error whose message throws', badMessage, 'host-error'],
  ['an error whose name is no string', badName, 'host-error'],
  ['a revoked proxy', revoked(), 'host-error'],
  ['a frozen error', Object.freeze(new Error('cold')), 'host-error'],
]

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

const returned: readonly (readonly [name: string, value: unknown])[] = [
  ['a string', 'x'],
  ['nothing', undefined],
  ['a number out of range', 2 ** 32],
  ['a bigint', 1n],
  ['an object whose `then` throws', new Proxy({}, throwing)],
  ['a proxy that is revoked', revoked()],
]

eachBackEnd('a guest with catch_all', (load) => {
  async function attack(name: string, f: (...args: never[]) => unknown, code: string): Promise<void> {
    const component = await load(catcher)
    for (const view of views) {
      const instance = await component.instantiate({ f })
      const attempt = async (): Promise<unknown> => instance[view].go()
      const error = await attempt().then((value) => assert.fail(`${name}: ${view} returned ${value}`), same)
      assertTyped(error)
      assert.equal((error as Trap).code, code, `${name}: ${view}: ${(error as Error).stack}`)
      const again = await attempt().then(() => assert.fail('it was entered again'), same)
      assert.ok(again instanceof Trap && again.code === 'cannot-enter', String(again))
    }
  }

  for (const [name, value, code] of thrown) {
    test(`${name} is thrown`, () =>
      attack(
        name,
        () => {
          throw value
        },
        code,
      ))
    test(`${name} is thrown by a function that never blocks`, () =>
      attack(
        name,
        hostFunction({ blocks: false }, () => {
          throw value
        }),
        code,
      ))
    test(`a promise is rejected with ${name}`, async () => {
      const component = await load(catcher)
      const { async } = await component.instantiate({ f: () => Promise.reject(value) })
      const error = await async.go().then(() => assert.fail('it returned'), same)
      assert.equal((error as Trap).code, code, String((error as Error).stack))
      await assert.rejects(async.go(), { code: 'cannot-enter' })
    })
  }

  for (const [name, value] of returned) {
    test(`${name} is returned`, () => attack(name, () => value, 'host-error'))
    test(`a promise of ${name}`, async () => {
      const component = await load(catcher)
      // biome-ignore lint/suspicious/noThenProperty: that is the attack.
      const f = (): unknown => ({ then: (resolve: (value: unknown) => void) => resolve(value) })
      const { async } = await component.instantiate({ f })
      const error = await async.go().then(() => assert.fail('it returned'), same)
      assert.equal((error as Trap).code, 'host-error', String((error as Error).stack))
    })
  }

  test('a promise that nobody can wait for', async () => {
    const component = await load(catcher)
    const rejecting = (): Promise<never> => Promise.reject(new Error('nobody looks at it'))
    // biome-ignore lint/suspicious/noThenProperty: that is the attack.
    for (const f of [() => Promise.resolve(1), rejecting, () => ({ then: () => {} })]) {
      const { exports } = await component.instantiate({ f })
      assert.throws(() => exports.go(), { name: 'Trap', code: 'cannot-block' })
    }
    const { exports } = await component.instantiate({
      f: () => ({
        // biome-ignore lint/suspicious/noThenProperty: that is the attack.
        then() {
          throw new Error('then')
        },
      }),
    })
    assert.throws(() => exports.go(), { name: 'Trap' })
  })

  test('an error of the host is the cause', async () => {
    const error = new Error('mine')
    const f = (): never => {
      throw error
    }
    const { exports } = await (await load(catcher)).instantiate({ f })
    assert.throws(() => exports.go(), {
      code: 'host-error',
      message: /^f: the host function threw Error: mine/,
      cause: error,
    })
  })

  test('what it catches of its own is its own', async () => {
    const { exports, async } = await (
      await load(`
      (core module $M (tag $t)
        (func (export "go") (result i32)
          (block $caught (try_table (catch_all $caught) (throw $t)))
          (i32.const 99))
        (func (export "uncaught") (throw $t)))
      (core instance $m (instantiate $M))
      (func (export "go") (result u32) (canon lift (core func $m "go")))
      (func (export "uncaught") (canon lift (core func $m "uncaught")))`)
    ).instantiate()
    assert.deepEqual([exports.go(), await async.go()], [99, 99])
    assert.throws(() => exports.uncaught(), { name: 'Trap', code: 'uncaught-exception' })
    assert.throws(() => exports.go(), { name: 'Trap', code: 'cannot-enter' })
  })
})

function same<T>(value: T): T {
  return value
}
