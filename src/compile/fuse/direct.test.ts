/** Calls between components that need no adapter: the caller imports the callee's core function as it is. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PrimitiveType, ValueType } from '../../component/value-type.ts'
import type { CoreFunction, DirectCall, LiftContext, Signature } from '../../runtime/back-end.ts'
import { ComponentInstance } from '../../runtime/component-instance.ts'
import { AsyncState } from '../../runtime/async/async-state.ts'
import { Trap } from '../../errors.ts'
import { eachBackEnd } from '../../../test/support/load-component.ts'
import { fuse, needsNoAdapter } from './fuse.ts'

const core = (): number => 7

function call(
  parameters: readonly ValueType[],
  result: ValueType | undefined,
  lift: Partial<LiftContext> = {},
  change: (caller: ComponentInstance, callee: ComponentInstance) => void = () => {},
): DirectCall {
  const root = new ComponentInstance(undefined, 'root')
  const [caller, callee] = [new ComponentInstance(root, 'caller'), new ComponentInstance(root, 'callee')]
  caller.reenterable = false
  callee.reenterable = false
  change(caller, callee)
  const signature: Signature = {
    name: 'f',
    type: {
      kind: 'function',
      async: false,
      parameters: parameters.map((type, i) => ({ name: `p${i}`, type })),
      result,
    },
    options: { stringEncoding: 'utf8', pointer: 'i32', async: false, callback: false, postReturn: false },
  }
  const context = { memory: undefined, realloc: undefined, resource: () => assert.fail('it has no handles') }
  return {
    lower: signature,
    lowerContext: { ...context, instance: caller },
    lift: signature,
    liftContext: {
      ...context,
      instance: callee,
      callee: core as CoreFunction,
      confinedCallee: true,
      postReturn: undefined,
      callback: undefined,
      caller,
      ...lift,
    },
    slow: () => () => assert.fail('it was called'),
    parameters: parameters.length,
    needsLeaveCheck: () => false,
  }
}

const type = (kind: PrimitiveType['kind']): PrimitiveType => ({ kind })
const numbers = (['s32', 'u32', 's64', 'u64', 'f32', 'f64'] as const).map(type)

describe('needs no adapter', () => {
  for (const one of numbers) {
    test(`with ${one.kind}`, () => {
      const direct = call([one, one], one)
      assert.deepEqual(fuse([direct]), [core])
    })
  }

  test('with nothing, and with sixteen parameters', () => {
    assert.equal(needsNoAdapter(call([], undefined)), true)
    assert.equal(needsNoAdapter(call(Array<ValueType>(16).fill(type('u32')), undefined)), true)
  })
})

describe('needs an adapter', () => {
  for (const kind of ['bool', 's8', 'u8', 's16', 'u16', 'char', 'string'] as const) {
    test(`with ${kind}, of which not every core value is one, or none`, () => {
      assert.equal(needsNoAdapter(call([type(kind)], undefined)), false)
      assert.equal(needsNoAdapter(call([], type(kind))), false)
    })
  }

  const others: [what: string, call: DirectCall][] = [
    ['with more parameters than are passed flat', call(Array<ValueType>(17).fill(type('u32')), undefined)],
    ['what may call anything', call([], undefined, { confinedCallee: false })],
    ['what has a post-return', call([], undefined, { postReturn: core, confinedPostReturn: true })],
    ['what is called from another tree', call([], undefined, { caller: undefined })],
    [
      'what a call may come back to',
      call([], undefined, {}, (_, callee) => {
        callee.reenterable = true
      }),
    ],
    [
      'a caller that has tasks',
      call([], undefined, {}, (caller) => {
        caller.async = new AsyncState(caller)
      }),
    ],
    ['a caller that may not always leave', { ...call([], undefined), needsLeaveCheck: () => true }],
  ]
  for (const [what, one] of others) test(what, () => assert.equal(needsNoAdapter(one), false))
})

/** The caller's `realloc` calls the other component where `leaves` says so. */
function two(leaves: boolean): string {
  const add = '(func (param "a" u32) (param "b" u32) (result u32))'
  return `
    (component $callee
      (core module $M
        (func (export "add") (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1))))
      (core instance $m (instantiate $M))
      (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $m "add"))))
    (component $caller
      (import "add" (func $add ${add.slice('(func '.length)})
      (core func $add (canon lower (func $add)))
      (core module $M
        (import "" "add" (func $add (param i32 i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32)
          ${leaves ? '(drop (call $add (i32.const 1) (i32.const 1)))' : ''} (i32.const 64))
        (func (export "take") (param i32 i32))
        (func (export "run") (param i32 i32) (result i32)
          (block $caught (try_table (catch_all $caught)
            (return (call $add (local.get 0) (local.get 1)))))
          (i32.const 99)))
      (core instance $m (instantiate $M (with "" (instance (export "add" (func $add))))))
      (func (export "take") (param "s" string)
        (canon lift (core func $m "take") (memory $m "memory") (realloc (func $m "realloc"))))
      (func (export "run") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $m "run"))))
    (instance $callee (instantiate $callee))
    (instance $caller (instantiate $caller (with "add" (func $callee "add"))))
    (export "take" (func $caller "take")) (export "run" (func $caller "run"))`
}

eachBackEnd('between two components', (load) => {
  for (const leaves of [false, true]) {
    const how = leaves ? 'with a realloc that calls out' : 'with one that does not'
    test(`numbers arrive, and traps end both: ${how}`, async () => {
      const { exports } = await (await load(two(leaves))).instantiate()
      assert.equal(exports.run(-1 >>> 0, 1), -1 >>> 0)
      assert.equal(exports.run(7, 2), 3)
      // Also where the caller would catch it.
      assert.throws(
        () => exports.run(1, 0),
        (error) => error instanceof Trap && error.code === 'divide-by-zero',
      )
      assert.throws(
        () => exports.run(7, 2),
        (error) => error instanceof Trap && error.code === 'cannot-enter',
      )
    })
  }

  test('a realloc that calls out is refused', async () => {
    const { exports } = await (await load(two(true))).instantiate()
    assert.throws(
      () => exports.take('x'),
      (error) => error instanceof Trap && error.code === 'cannot-leave',
    )
  })

  for (const leaves of [false, true]) {
    test(`functions whose types are defined in groups with others are called all the same: ${leaves}`, async () => {
      const text = two(leaves)
        .replace(
          '(func (export "add") (param i32 i32) (result i32)',
          '(rec (type $add (func (param i32 i32) (result i32))) (type (struct))) (func (export "add") (type $add)',
        )
        .replace(
          '(func (export "realloc") (param i32 i32 i32 i32) (result i32)',
          '(rec (type (struct)) (type $r (func (param i32 i32 i32 i32) (result i32)))) (func (export "realloc") (type $r)',
        )
      const { exports } = await (await load(text)).instantiate()
      assert.equal(exports.run(7, 2), 3)
      if (leaves) assert.throws(() => exports.take('x'), Trap)
      else exports.take('x')
    })
  }
})
