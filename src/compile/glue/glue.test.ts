import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FunctionType } from '../../component/extern-type.ts'
import type { ValueType } from '../../component/value-type.ts'
import { hostFunction } from '../../runtime/host-function.ts'
import type { CoreFunction, LiftedFunction } from '../../runtime/back-end.ts'
import { ComponentInstance } from '../../runtime/component-instance.ts'
import { canSuspend } from '../../runtime/switch.ts'
import { assemble } from '../../../test/support/assemble.ts'
import * as t from '../../../test/support/type-builders.ts'
import { glue } from './glue.ts'
import { quote, quoteKey } from './source.ts'

const options = {
  stringEncoding: 'utf8',
  pointer: 'i32',
  async: false,
  postReturn: false,
  callback: false,
} as const

async function instantiate(
  text: string,
  imports: WebAssembly.ModuleImports = {},
): Promise<WebAssembly.Exports> {
  const module = new WebAssembly.Module(new Uint8Array(await assemble(text)))
  return new WebAssembly.Instance(module, { '': imports }).exports
}

function lift(exports: WebAssembly.Exports, type: FunctionType, callee: string): LiftedFunction {
  return glue.lift({ name: callee, type, options })({
    instance: new ComponentInstance(undefined, 'guest'),
    memory: exports.memory as WebAssembly.Memory,
    realloc: exports.realloc as CoreFunction,
    callee: exports[callee] as CoreFunction,
    postReturn: undefined,
    callback: undefined,
    caller: undefined,
    resource: () => assert.fail('no resources here'),
  })
}

/** Calls with arguments that the test knows to be right. */
function call(lifted: LiftedFunction, ...args: unknown[]): unknown {
  return lifted(...(args as never[]))
}

/** A tuple of two of the same, so many times over. */
function doubled(times: number): ValueType {
  let type: ValueType = t.u8
  for (let i = 0; i < times; i++) type = t.tuple(type, type)
  return type
}

function doubledValue(times: number): unknown {
  return times === 0 ? 7 : [doubledValue(times - 1), doubledValue(times - 1)]
}

const echoAtArgument = `(module
  (memory (export "memory") 1)
  (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 16))
  (func (export "echo") (param i32) (result i32) (local.get 0)))`

test('a type that names its parts again and again is not written out', async () => {
  const exports = await instantiate(echoAtArgument)
  const large = doubled(13)
  const echo = lift(exports, t.func([large], large), 'echo')
  assert.deepEqual(call(echo, doubledValue(13)), doubledValue(13))
  const huge = doubled(30)
  assert.equal(typeof lift(exports, t.func([huge], huge), 'echo'), 'function')
  const lowered = glue.lower({ name: 'f', type: t.func([huge], huge), options })({
    instance: new ComponentInstance(undefined, 'guest'),
    memory: exports.memory as WebAssembly.Memory,
    realloc: undefined,
    resource: () => assert.fail('no resources here'),
    callee: () => undefined,
    target: undefined,
  })
  assert.throws(() => (lowered.plain as (p: number, r: number) => void)(0, 0), WebAssembly.RuntimeError)
})

/** What a template literal would run. */
const placeholder = ['$', '{globalThis.evil = 1}'].join('')

test('names of components are text and nothing else', async () => {
  for (const name of ['"', '\\', placeholder, "'", '\n', '\u2028', '\ud800', '`', '</script>', '*/']) {
    assert.equal(new Function(`return ${quote(name)}`)(), name)
    assert.deepEqual(new Function(`return { ${quoteKey(name)}: 1 }`)(), { [name]: 1 })
  }
  const proto = new Function(`return { ${quoteKey('__proto__')}: 1 }`)()
  assert.deepEqual([Object.keys(proto), Object.getPrototypeOf(proto)], [['__proto__'], Object.prototype])
})

test('a hostile name runs no code', async () => {
  const exports = await instantiate(echoAtArgument)
  const evil = `"]; globalThis.evil = 1; //${placeholder}`
  const type = t.tuple(
    t.record({ [evil]: t.u8, constructor: t.u8 }),
    t.variant({ [evil]: t.u8, b: undefined }),
  )
  const echo = glue.lift({ name: evil, type: { ...t.func([type], type) }, options })({
    instance: new ComponentInstance(undefined, evil),
    memory: exports.memory as WebAssembly.Memory,
    realloc: exports.realloc as CoreFunction,
    callee: exports.echo as CoreFunction,
    postReturn: undefined,
    callback: undefined,
    caller: undefined,
    resource: () => assert.fail('no resources here'),
  })
  assert.throws(() => call(echo, []), TypeError)
  assert.equal('evil' in globalThis, false)
})

test("a borrowed view is of the guest, a copy is the caller's own", async () => {
  const exports = await instantiate(
    '(module (memory (export "memory") 1) (data (i32.const 8) "\\01\\02\\03"))',
  )
  const memory = exports.memory as WebAssembly.Memory
  const seen: Uint8Array[] = []
  for (const borrowsBytes of [false, true]) {
    const { plain } = glue.lower({ name: 'f', type: t.func([t.list(t.u8)]), options })({
      instance: new ComponentInstance(undefined, 'guest'),
      memory,
      realloc: undefined,
      resource: () => assert.fail('no resources here'),
      callee: hostFunction({ borrowsBytes }, (bytes: Uint8Array) => {
        seen.push(bytes)
      }),
      target: undefined,
    })
    ;(plain as (pointer: number, length: number) => void)(8, 3)
  }
  const [copy, view] = seen
  assert.deepEqual(
    [[...copy!], [...view!]],
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
  )
  assert.deepEqual([copy!.buffer === memory.buffer, view!.buffer === memory.buffer], [false, true])
})

test('the plain import is the synchronous one, the other may wait', () => {
  const callee = hostFunction({ sync: () => 1 }, async () => 2)
  const lower = (fn: () => unknown) =>
    glue.lower({ name: 'f', type: t.func([], t.u32), options })({
      instance: new ComponentInstance(undefined, 'guest'),
      memory: undefined,
      realloc: undefined,
      resource: () => assert.fail('no resources here'),
      callee: fn,
      target: undefined,
    })
  const lowered = lower(callee)
  assert.equal((lowered.plain as () => unknown)(), 1)
  assert.equal(lowered.suspending !== undefined, canSuspend)
  assert.equal(lower(hostFunction({ blocks: false }, () => 3)).suspending, undefined)
})

test('functions have the names of the component in stack traces', async () => {
  const exports = await instantiate('(module (func (export "ns:pkg/iface#fn") unreachable))')
  const fn = lift(exports, t.func([]), 'ns:pkg/iface#fn')
  assert.equal(fn.name, 'ns:pkg/iface#fn')
})
