/**
 * What generated code brings where functions pass streams: the same calls through it and through the literal interpreter, in turn in one
 * process; medians. Beside them what no code can save: the same functions without the stream, and a ReadableStream that is made by hand.
 * `node --conditions=tenon-source bench/floors/streams.ts`
 */
import { literal } from '../../src/abi/literal/literal.ts'
import { literalTaskValues } from '../../src/abi/literal/task-values.ts'
import { fused } from '../../src/compile/fuse/fused.ts'
import { Component } from '../../src/index.ts'
import type { BackEnd } from '../../src/runtime/back-end.ts'
import { parseWat } from '../../src/wat/index.ts'
import { median } from '../harness.ts'
import { guestMemory } from './guest-memory.ts'

const rounds = 60
const calls = 200

/** `in` passes a stream to a guest, which drops it; `out` has one passed to the host, by a guest that makes it and writes nothing. */
const guest = (others: string, flat: string): string => `
  (import "host" (func $host (param "s" (stream u8))${others}))
  (import "host-alone" (func $alone${others}))
  (core module $Memory ${guestMemory})
  (core instance $memory (instantiate $Memory))
  (alias core export $memory "mem" (core memory $mem))
  (alias core export $memory "realloc" (core func $realloc))
  (type $s (stream u8))
  (core func $new (canon stream.new $s))
  (core func $drop-readable (canon stream.drop-readable $s))
  (core func $drop-writable (canon stream.drop-writable $s))
  (core func $host' (canon lower (func $host) (memory $mem)))
  (core func $alone' (canon lower (func $alone) (memory $mem)))
  (core module $M
    (import "" "new" (func $new (result i64)))
    (import "" "drop-readable" (func $drop-readable (param i32)))
    (import "" "drop-writable" (func $drop-writable (param i32)))
    (import "" "host" (func $host (param i32${flat})))
    (import "" "alone" (func $alone (param${flat})))
    (func (export "in") (param i32${flat}) (call $drop-readable (local.get 0)))
    (func (export "in-alone") (param${flat}))
    (func (export "out") (param${flat}) (local $ends i64)
      (local.set $ends (call $new))
      (call $host (i32.wrap_i64 (local.get $ends))${flat.replaceAll('i32', '(i32.const 0)')})
      (call $drop-writable (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32)))))
    (func (export "out-alone") (param${flat}) (call $alone${flat.replaceAll('i32', '(i32.const 0)')})))
  (core instance $m (instantiate $M (with "" (instance
    (export "new" (func $new)) (export "drop-readable" (func $drop-readable)) (export "drop-writable" (func $drop-writable))
    (export "host" (func $host')) (export "alone" (func $alone'))))))
  ${['in', 'out']
    .map((name) => {
      const stream = name === 'in' ? ' (param "s" $s)' : ''
      const options = '(memory $mem) (realloc $realloc)'
      return `
  (func (export "${name}")${stream}${others} (canon lift (core func $m "${name}") ${options}))
  (func (export "${name}-task") async${stream}${others} (canon lift (core func $m "${name}") ${options}))
  (func (export "${name}-alone")${others} (canon lift (core func $m "${name}-alone") ${options}))`
    })
    .join('')}`

const interpreted: BackEnd = {
  ...fused,
  lift: (signature) => literal.lift(signature),
  lower: (signature) => literal.lower(signature),
  taskValues: literalTaskValues,
}

/** Who takes a stream has to read or cancel it. */
function unread(stream: ReadableStream): void {
  void stream.cancel()
}

type Exports = Record<string, (...args: unknown[]) => unknown>

async function load(text: string, backEnd: BackEnd): Promise<Exports> {
  const component = Component.fromBytes(parseWat(`(component ${text})`), { backEnd })
  const { exports } = await component.instantiate({ host: unread, hostAlone: () => {} })
  return exports as unknown as Exports
}

const nothing: Iterable<number> = []
const strings = Array.from({ length: 20 }, () => '12345678')

const beside: readonly [what: string, others: string, flat: string, args: readonly unknown[]][] = [
  ['a stream', '', '', []],
  ['a stream and a u32', ' (param "x" u32)', ' i32', [7]],
  ['a stream and 20 strings', ' (param "list" (list string))', ' i32 i32', [strings]],
]

for (const [what, others, flat, args] of beside) {
  const text = guest(others, flat)
  const [generated, slow] = [await load(text, fused), await load(text, interpreted)]
  for (const name of ['in', 'in-task', 'out', 'out-task']) {
    const all = name.startsWith('in') ? [nothing, ...args] : args
    const alone = name.replace(/-task|$/, '-alone')
    const ways = [
      () => generated[name]!(...all),
      () => slow[name]!(...all),
      () => generated[alone]!(...args),
      () => unread(new ReadableStream({ pull() {} }, { highWaterMark: 0 })),
    ]
    const samples = ways.map((): number[] => [])
    for (let round = 0; round < rounds; round++) {
      for (const [i, way] of ways.entries()) {
        const start = performance.now()
        if (name.endsWith('task')) for (let n = 0; n < calls; n++) await way()
        else for (let n = 0; n < calls; n++) way()
        samples[i]!.push(((performance.now() - start) / calls) * 1000)
        await new Promise((resolve) => setTimeout(resolve, 0))
      }
    }
    // The first rounds warm up.
    const [fast, literally, without, stream] = samples.map((one) => median(one.slice(rounds / 3)).toFixed(1))
    const ratio = (Number(fast) / Number(literally)).toFixed(2)
    console.log(
      `${what}, ${name}: ${fast} µs, literal ${literally} µs, ${ratio}×; without it ${without} µs, a ReadableStream ${stream} µs`,
    )
  }
}
process.exit()
