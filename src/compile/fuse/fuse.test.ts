/** Adapters as a component sees them; random types are in `test/properties/fused.test.ts`. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { suite, test } from 'node:test'
import fc from '../../../test/support/fast-check.ts'
import { loadComponent } from '../../../test/support/load-component.ts'
import { forwardThroughTwo } from '../../../test/support/forwarded-call.ts'
import type { PointerType } from '../../abi/pointer.ts'
import type { StringEncoding } from '../../component/component.ts'
import type { FunctionType } from '../../component/extern-type.ts'
import { limits } from '../../component/limits.ts'
import type { ValueType } from '../../component/value-type.ts'
import type { CanonicalContext, DirectCall, Signature } from '../../runtime/back-end.ts'
import { ComponentInstance } from '../../runtime/component-instance.ts'
import { fused } from './fused.ts'

const encodings: readonly StringEncoding[] = ['utf8', 'utf16', 'latin1+utf16']
const pointers: readonly PointerType[] = ['i32', 'i64']
const echo: FunctionType = {
  kind: 'function',
  async: false,
  parameters: [{ name: 's', type: { kind: 'string' } }],
  result: { kind: 'string' },
}

/** Texts around the sizes of vectors and words, with what is no ASCII, or no Latin-1, at some place. */
const texts = fc
  .record({
    length: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 30, max: 140 })),
    others: fc.array(
      fc.tuple(fc.nat(140), fc.constantFrom('é', 'ÿ', 'Ā', '€', '\u0800', '\uffff', '🙂', '\u{10ffff}')),
      {
        maxLength: 4,
      },
    ),
  })
  .map(({ length, others }) => {
    const characters = Array.from({ length }, (_, i) => String.fromCharCode(97 + (i % 26)))
    for (const [at, other] of others) if (at < length) characters[at] = other
    return characters.join('')
  })

suite('strings', () => {
  for (const from of encodings) {
    for (const to of encodings) {
      test(`from ${from} to ${to}, and back`, async () => {
        const options = fc.record({
          text: texts,
          answer: texts,
          outer: fc.constantFrom(...pointers),
          inner: fc.constantFrom(...pointers),
        })
        await fc.assert(
          fc.asyncProperty(options, async ({ text, answer, outer, inner }) => {
            const call = {
              type: echo,
              pointer: outer,
              stringEncoding: from,
              args: [text],
              respond: () => answer,
            }
            const seen = await forwardThroughTwo(
              fused,
              call,
              { pointer: inner, stringEncoding: to, reenterable: true },
              'synchronous',
            )
            assert.deepEqual(seen.inner.received, [text])
            assert.deepEqual(seen.outer.outcome, { kind: 'returned', value: answer })
            // One allocation for a string, of its final length.
            assert.equal(seen.inner.reallocs.length, 2)
          }),
          { numRuns: 100 },
        )
      })
    }
  }

  /** The caller's memory can be written to, and any range of it sent as a string. */
  const sender = (encoding: StringEncoding): string => `
    (component $Callee
      (core module $M (memory (export "memory") 1)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
        (func (export "take") (param i32 i32) (result i32) (local.get 1)))
      (core instance $m (instantiate $M))
      (func (export "take") (param "s" string) (result u32) (canon lift (core func $m "take")
        (memory $m "memory") (realloc (func $m "realloc")))))
    (component $Caller
      (import "take" (func $take (param "s" string) (result u32)))
      (core module $Memory (memory (export "memory") 1)
        (func (export "poke") (param i32 i32) (i32.store8 (local.get 0) (local.get 1))))
      (core instance $memory (instantiate $Memory))
      (core func $take (canon lower (func $take) string-encoding=${encoding} (memory $memory "memory")))
      (func (export "poke") (param "at" u32) (param "byte" u8) (canon lift (core func $memory "poke")))
      (func (export "send") (param "at" u32) (param "length" u32) (result u32) (canon lift (core func $take))))
    (instance $callee (instantiate $Callee))
    (instance $caller (instantiate $Caller (with "take" (func $callee "take"))))
    (func (export "poke") (alias export $caller "poke"))
    (func (export "send") (alias export $caller "send"))`

  const malformed: readonly (readonly number[])[] = [
    [0x80],
    [0xbf],
    [0xc0, 0x80],
    [0xc1, 0xbf],
    [0xc3],
    [0xc3, 0x28],
    [0xe0, 0x9f, 0xbf],
    [0xe2, 0x82],
    [0xe2, 0x28, 0xa1],
    [0xed, 0xa0, 0x80],
    [0xed, 0xbf, 0xbf],
    [0xf0, 0x8f, 0xbf, 0xbf],
    [0xf0, 0x9f, 0x98],
    [0xf4, 0x90, 0x80, 0x80],
    [0xf5, 0x80, 0x80, 0x80],
    [0xff],
  ]

  test('bad UTF-8 is found wherever it stands, and said of which kind', async () => {
    const component = await loadComponent(sender('utf8'), { backEnd: fused })
    for (const bytes of malformed) {
      for (const before of [0, 1, 7, 15, 16, 17, 63, 64, 70]) {
        for (const after of [0, 1, 20]) {
          const { exports, dispose } = await prepared(component, before, bytes, after)
          const length = before + bytes.length + after
          assert.throws(
            () => exports.send(64, length),
            (error: Error & { code?: string }) => {
              const offset = new RegExp(`utf-8 .*from index ${before}$`)
              return error.code === 'invalid-utf8' && offset.test(error.message)
            },
            `${bytes} after ${before} bytes, and ${after} more`,
          )
          dispose()
        }
      }
    }
  })

  test('what would go on beyond the end is cut off', async () => {
    const component = await loadComponent(sender('utf8'), { backEnd: fused })
    for (const before of [0, 15, 30]) {
      const { exports } = await prepared(component, before, [0xe2, 0x82, 0xac], 4)
      assert.equal(exports.send(64, before + 3), before + 3)
      assert.throws(() => exports.send(64, before + 2), { code: 'invalid-utf8', message: /incomplete utf-8/ })
    }
  })

  async function prepared(
    component: Awaited<ReturnType<typeof loadComponent>>,
    before: number,
    bytes: readonly number[],
    after: number,
  ) {
    const instance = await component.instantiate()
    const { exports } = instance
    const all = [...Array<number>(before).fill(97), ...bytes, ...Array<number>(after).fill(98)]
    all.forEach((byte, i) => {
      exports.poke(64 + i, byte)
    })
    return { exports, dispose: () => instance.dispose() }
  }
})

test('a signature that is too large goes through JavaScript', () => {
  let type: FunctionType['parameters'][number]['type'] = { kind: 'u8' }
  for (let i = 0; i < 13; i++) type = { kind: 'tuple', types: [type, type] }
  const signature = {
    name: 'f',
    type: { ...echo, parameters: [{ name: 'x', type }], result: undefined },
    options: { stringEncoding: 'utf8', pointer: 'i32', async: false, callback: false, postReturn: false },
  } as const
  const nothing = (): never => assert.fail('it was called')
  const context = { instance: {} as never, memory: undefined, realloc: undefined, resource: nothing }
  const liftContext = {
    ...context,
    instance: { other: true } as never,
    callee: nothing,
    postReturn: undefined,
    callback: undefined,
    caller: undefined,
  }
  const call = {
    lower: signature,
    lowerContext: context,
    lift: signature,
    liftContext,
    slow: nothing,
    needsLeaveCheck: () => true,
    parameters: 1,
  }
  assert.deepEqual(fused.fuse!([call]), [undefined])
})

test('what is too much for one tree goes through JavaScript', () => {
  const root = new ComponentInstance(undefined, 'root')
  const nothing = (): never => assert.fail('it was called')
  const contextOf = (name: string): CanonicalContext => ({
    instance: new ComponentInstance(root, name),
    memory: new WebAssembly.Memory({ initial: 1 }),
    realloc: nothing,
    resource: nothing,
  })
  const [lowerContext, callee] = [contextOf('caller'), contextOf('callee')]
  const large: ValueType = { kind: 'tuple', types: Array<ValueType>(3_900).fill({ kind: 'u8' }) }
  const signature: Signature = {
    name: 'f',
    type: { ...echo, parameters: [{ name: 'x', type: large }], result: undefined },
    options: { stringEncoding: 'utf8', pointer: 'i32', async: false, callback: false, postReturn: false },
  }
  const call: DirectCall = {
    lower: signature,
    lowerContext,
    lift: signature,
    liftContext: {
      ...callee,
      callee: nothing,
      postReturn: undefined,
      callback: undefined,
      caller: lowerContext.instance,
    },
    slow: nothing,
    needsLeaveCheck: () => true,
    parameters: 1,
  }
  const made = fused.fuse!(Array<DirectCall>(15).fill(call)).map((adapter) => adapter !== undefined)
  const most = Math.floor(limits.adapterTypeParts / 3_901)
  assert.deepEqual(
    made,
    made.map((_, i) => i < most),
  )
  root.dispose()
})

test('adapters need no code from strings', () => {
  const script = `
    const { Module } = WebAssembly
    let adapters = 0
    WebAssembly.Module = class extends Module {
      constructor(bytes) {
        super(bytes)
        if (Module.imports(this).some(({ name }) => name === 'fault')) adapters++
      }
    }
    const { Component } = await import('./src/index.ts')
    const component = await Component.load('bench/guests/composed/composed.wasm')
    const { exports } = await component.instantiate()
    console.log(exports.runAdd(5), exports.runString(3, 100), adapters)`
  const options = ['--disallow-code-generation-from-strings', '--conditions=tenon-source']
  const args = [...options, '--input-type=module', '-e', script]
  assert.equal(execFileSync(process.execPath, args, { encoding: 'utf8' }), '15 300 1\n')
})

test('an engine without several memories goes through JavaScript', () => {
  const script = `
    let asked = 0
    WebAssembly.validate = (bytes) => {
      asked++
      return false
    }
    const { adapterEngine } = await import('./src/compile/fuse/engine.ts')
    const { fused } = await import('./src/compile/fuse/fused.ts')
    const call = { lower: { type: { parameters: [{ type: { kind: 'string' } }] } } }
    console.log(adapterEngine(), asked, fused.fuse([call, call]))`
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  assert.equal(printed, 'undefined 3 [ undefined, undefined ]\n')
})
