/**
 * What lowering costs of what the host writes to a stream: the same elements through generated code and through the literal interpreter, in
 * turn in one process; medians. Beside them what no code can save: as many elements that have no type.
 * `node --conditions=tenon-source bench/floors/host-streams.ts`
 */
import { literal } from '../../src/abi/literal/literal.ts'
import { literalTaskValues } from '../../src/abi/literal/task-values.ts'
import { fused } from '../../src/compile/fuse/fused.ts'
import { Component } from '../../src/index.ts'
import type { BackEnd } from '../../src/runtime/back-end.ts'
import { parseWat } from '../../src/wat/index.ts'
import { median } from '../harness.ts'
import { guestMemory } from './guest-memory.ts'

const rounds = 45

/** `drain` reads a stream to its end, so many elements at a time. */
const guest = (types: string, element: string): string => `
  (core module $Memory ${guestMemory})
  (core instance $memory (instantiate $Memory))
  ${types}
  (type $s (stream ${element}))
  (core func $read (canon stream.read $s (memory $memory "mem") (realloc (func $memory "realloc"))))
  (core func $drop (canon stream.drop-readable $s))
  (core module $M
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "drain") (param $in i32) (param $count i32)
      (loop $more
        (br_if $more (i32.eqz (i32.and (i32.const 0xf)
          (call $read (local.get $in) (i32.const 0) (local.get $count))))))
      (call $drop (local.get $in))))
  (core instance $m (instantiate $M (with "" (instance (export "read" (func $read)) (export "drop" (func $drop))))))
  (func (export "drain") async (param "in" $s) (param "count" u32) (canon lift (core func $m "drain")))`

const interpreted: BackEnd = {
  ...fused,
  lift: (signature) => literal.lift(signature),
  lower: (signature) => literal.lower(signature),
  taskValues: literalTaskValues,
  elementValues: undefined,
}

type Drain = (elements: Iterable<unknown>, count: number) => Promise<void>

async function load(text: string, backEnd: BackEnd): Promise<Drain> {
  const component = Component.fromBytes(parseWat(`(component ${text})`), { backEnd })
  const { exports } = await component.instantiate()
  return exports.drain as Drain
}

const record = `
  (type $r' (record (field "id" u32) (field "name" string) (field "size" u64)))
  (export $r "r" (type $r'))`
const records = Array.from({ length: 1000 }, (_, id) => ({ id, name: `name ${id}`, size: BigInt(id) }))
const strings = records.map(({ name }) => name)

const elements: readonly [what: string, types: string, element: string, values: readonly unknown[]][] = [
  ['strings', '', 'string', strings],
  ['records', record, '$r', records],
  ['lists of 1,000 strings', '', '(list string)', Array(20).fill(strings)],
  ['lists of 1,000 records', record, '(list $r)', Array(20).fill(records)],
]

const untyped = await load(guest('', ''), fused)
for (const [what, types, element, values] of elements) {
  const text = guest(types, element)
  const [generated, slow] = [await load(text, fused), await load(text, interpreted)]
  for (const count of [1, 1000]) {
    if (count > values.length) continue
    const samples = [generated, slow, untyped].map((): number[] => [])
    for (let round = 0; round < rounds; round++) {
      for (const [i, drain] of [generated, slow, untyped].entries()) {
        const start = performance.now()
        await drain(values, count)
        samples[i]!.push(((performance.now() - start) / values.length) * 1000)
      }
    }
    // The first rounds warm up.
    const [fast, literally, alone] = samples.map((one) => median(one.slice(rounds / 3)).toFixed(1))
    const ratio = (Number(fast) / Number(literally)).toFixed(2)
    console.log(
      `${what}, ${count} at a time: ${fast} µs each, literal ${literally} µs, ${ratio}×; without a type ${alone} µs`,
    )
  }
}
process.exit()
