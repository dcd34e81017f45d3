/**
 * What generated code brings where functions of async type pass values: the same calls through it and through the literal interpreter,
 * in turn in one process; medians. Then copies of numbers from stream to stream. `node --conditions=tenon-source bench/floors/tasks.ts`
 */
import { fused } from '../../src/compile/fuse/fused.ts'
import { elementSize } from '../../src/abi/element-size.ts'
import { type BufferPlace, copy, GuestBuffer } from '../../src/runtime/async/buffer.ts'
import { ComponentInstance } from '../../src/runtime/component-instance.ts'
import { Component } from '../../src/index.ts'
import { JavaScriptReader } from '../../src/abi/literal/from-javascript.ts'
import type { ListValue } from '../../src/abi/literal/value.ts'
import type { ValueType } from '../../src/component/value-type.ts'
import { literalTaskValues } from '../../src/abi/literal/task-values.ts'
import { parseWat } from '../../src/wat/index.ts'
import { median } from '../harness.ts'
import { guestMemory } from './guest-memory.ts'

const rounds = 60

/** Gives back the list that it gets. */
const echo = (type: string, name: string, given: string): string => `
  (component ${name}
    ${given}
    (core module $M ${guestMemory}
      (func (export "echo") (param i32 i32) (result i32)
        (i32.store (i32.const 0) (local.get 0))
        (i32.store (i32.const 4) (local.get 1))
        (i32.const 0))
      (func (export "same") (param i32) (result i32) (local.get 0)))
    (core instance $m (instantiate $M))
    (alias core export $m "mem" (core memory $mem))
    (alias core export $m "realloc" (core func $realloc))
    ${
      type === 'u32'
        ? `(func (export "echo") async (param "x" u32) (result u32) (canon lift (core func $m "same")))`
        : `(func (export "echo") async (param "list" (list ${type})) (result (list ${type}))
      (canon lift (core func $m "echo") (memory $mem) (realloc $realloc)))`
    })`

/** Hands it on. */
const forward = (type: string, name: string): string => `
  (component ${name}
    (import "echo" (func $echo async (param "list" (list ${type})) (result (list ${type}))))
    (core module $Memory ${guestMemory})
    (core instance $memory (instantiate $Memory))
    (core func $echo' (canon lower (func $echo) (memory $memory "mem") (realloc (func $memory "realloc"))))
    (core module $M
      (import "" "echo" (func $echo (param i32 i32 i32)))
      (func (export "echo") (param i32 i32) (result i32)
        (call $echo (local.get 0) (local.get 1) (i32.const 0))
        (i32.const 0)))
    (core instance $m (instantiate $M (with "" (instance (export "echo" (func $echo'))))))
    (func (export "echo") async (param "list" (list ${type})) (result (list ${type}))
      (canon lift (core func $m "echo") (memory $memory "mem") (realloc (func $memory "realloc")))))`

const ways: Record<string, (type: string) => string> = {
  'into a guest and out': (type) =>
    `${echo(type, '$A', '')} (instance $a (instantiate $A)) (export "echo" (func $a "echo"))`,
  'on to the host': (type) => `
    (import "echo" (func $echo async (param "list" (list ${type})) (result (list ${type}))))
    ${forward(type, '$A')} (instance $a (instantiate $A (with "echo" (func $echo)))) (export "echo" (func $a "echo"))`,
  'on to another guest': (type) => `
    ${echo(type, '$B', '')} ${forward(type, '$A')}
    (instance $b (instantiate $B)) (instance $a (instantiate $A (with "echo" (func $b "echo"))))
    (export "echo" (func $a "echo"))`,
}

const values: readonly [what: string, type: string, value: unknown, times: number][] = [
  ['u32', 'u32', 7, 300],
  ['64 bytes', 'u8', new Uint8Array(64), 300],
  ['64 KiB', 'u8', new Uint8Array(65536), 100],
  ['1 string of 8 units', 'string', ['12345678'], 300],
  ['100 strings of 8 units', 'string', Array.from({ length: 100 }, () => '12345678'), 30],
  [
    '100 tuples of string, u32 and option of f64',
    '(tuple string u32 (option f64))',
    Array.from({ length: 100 }, (_, i) => ['name', i, i % 2 ? i / 3 : undefined]),
    30,
  ],
]

interface Echo {
  readonly echo: (value: unknown) => Promise<unknown>
}

async function load(text: string, literal: boolean): Promise<Echo> {
  const backEnd = literal ? { ...fused, taskValues: literalTaskValues } : fused
  const component = Component.fromBytes(parseWat(`(component ${text})`), { backEnd })
  const { exports } = await component.instantiate({ echo: (value: unknown) => value })
  return exports as unknown as Echo
}

async function time({ echo }: Echo, value: unknown, times: number): Promise<number> {
  const start = performance.now()
  for (let i = 0; i < times; i++) await echo(value)
  return ((performance.now() - start) / times) * 1000
}

for (const [what, type, value, times] of values) {
  for (const [way, text] of Object.entries(ways)) {
    if (type === 'u32' && way !== 'into a guest and out') continue
    const contestants = [await load(text(type), false), await load(text(type), true)]
    const samples: number[][] = [[], []]
    for (let round = 0; round < rounds; round++) {
      for (const [i, one] of contestants.entries()) samples[i]!.push(await time(one, value, times))
    }
    // The first rounds warm up.
    const [generated, literal] = samples.map((one) => median(one.slice(rounds / 3)))
    const ratio = (generated! / literal!).toFixed(2)
    console.log(`${what}, ${way}: ${generated!.toFixed(1)} µs, literal ${literal!.toFixed(1)} µs, ${ratio}×`)
  }
}

/** 1,000 elements from one guest to another: generated code, and the literal interpreter. */
function elements(element: ValueType): void {
  const place = (generated: boolean, memory: WebAssembly.Memory): BufferPlace => {
    const instance = new ComponentInstance(undefined, 'guest')
    const realloc = (): number => 65536
    const context = { instance, memory, realloc, resource: noHandles }
    const mover = generated ? fused.elementValues?.(element, options)?.(context) : undefined
    return { options, context, element, mover }
  }
  const memories = [1, 2].map(() => new WebAssembly.Memory({ initial: 4 }))
  const ways = [true, false].map((generated) => memories.map((memory) => place(generated, memory)))
  const reader = new JavaScriptReader(ways[0]![0]!.context, 'i32')
  const values = Array.from({ length: 1000 }, (_, i) => ['12345678', i])
  const list = reader.read(values, { kind: 'list', element }, 'values') as ListValue
  new GuestBuffer(ways[1]![0]!, 0n, 1000n).write(list, 1000)
  const samples = ways.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    ways.forEach(([from, to], i) => {
      const start = performance.now()
      for (let n = 0; n < 5; n++) copy(new GuestBuffer(from!, 0n, 1000n), new GuestBuffer(to!, 0n, 1000n))
      samples[i]!.push((performance.now() - start) * 200)
    })
  }
  const [generated, literal] = samples.map((one) => median(one.slice(rounds / 3)))
  const ratio = (generated! / literal!).toFixed(2)
  console.log(
    `1000 tuples of string and u32 from stream to stream: ${generated!.toFixed(0)} µs, literal ${literal!.toFixed(0)} µs, ${ratio}×`,
  )
}

function noHandles(): never {
  throw new Error('there are no handles')
}

/** From memory to memory, and through a typed array. */
function copies(kind: 'u8' | 'u32' | 'f64', bytes: number): void {
  const element = { kind } as const
  const count = BigInt(bytes / elementSize(element, 'i32'))
  const place = (): BufferPlace => {
    const memory = new WebAssembly.Memory({ initial: 4 })
    const instance = new ComponentInstance(undefined, 'guest')
    return { options, context: { instance, memory, realloc: undefined, resource: noHandles }, element }
  }
  const [from, to] = [place(), place()]
  const ways = [
    (a: GuestBuffer, b: GuestBuffer) => copy(a, b),
    (a: GuestBuffer, b: GuestBuffer) => b.write(a.read(Number(count)), Number(count)),
  ]
  const samples = ways.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    ways.forEach((way, i) => {
      const start = performance.now()
      for (let n = 0; n < 500; n++) way(new GuestBuffer(from, 0n, count), new GuestBuffer(to, 0n, count))
      samples[i]!.push((performance.now() - start) * 2)
    })
  }
  const [direct, throughValues] = samples.map((one) => median(one.slice(rounds / 3)))
  const ratio = (direct! / throughValues!).toFixed(2)
  console.log(
    `${bytes} bytes of ${kind} from stream to stream: ${direct!.toFixed(1)} µs, as values ${throughValues!.toFixed(1)} µs, ${ratio}×`,
  )
}

const options: BufferPlace['options'] = {
  stringEncoding: 'utf8',
  pointer: 'i32',
  async: false,
  postReturn: false,
  callback: false,
}
for (const kind of ['u8', 'u32', 'f64'] as const) for (const bytes of [64, 4096, 65536]) copies(kind, bytes)
elements({ kind: 'tuple', types: [{ kind: 'string' }, { kind: 'u32' }] })
