/**
 * Streams of random values through two components, which read and write them so many at a time: what comes out is what went
 * in. `TENON_RUNS=1000` makes it thorough.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '../support/fast-check.ts'
import { elementSize } from '../../src/abi/element-size.ts'
import { numberListClass } from '../../src/component/number-list.ts'
import type { ValueType } from '../../src/component/value-type.ts'
import { arbitraryValue } from '../../src/fuzz/arbitrary-value.ts'
import { loadComponent } from '../support/load-component.ts'

const numRuns = Number(process.env.TENON_RUNS ?? 40)

/** Types that need no name, and char only inside of others: `stream<char>` is none. */
const kinds = ['bool', 's8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'u64', 'f32', 'f64', 'string'] as const
const leaf: fc.Arbitrary<ValueType> = fc.constantFrom(...kinds).map((kind) => ({ kind }))
const { element } = fc.letrec<{ element: ValueType; part: ValueType }>((tie) => ({
  part: fc.oneof({ maxDepth: 2 }, leaf, fc.constant<ValueType>({ kind: 'char' }), tie('element')),
  element: fc.oneof(
    { maxDepth: 3 },
    leaf,
    tie('part').map((one): ValueType => ({ kind: 'list', element: one })),
    tie('part').map((one): ValueType => ({ kind: 'option', type: one })),
    fc
      .array(tie('part'), { minLength: 1, maxLength: 4 })
      .map((types): ValueType => ({ kind: 'tuple', types })),
    fc
      .record({
        ok: fc.option(tie('part'), { nil: undefined }),
        error: fc.option(tie('part'), { nil: undefined }),
      })
      .map((cases): ValueType => ({ kind: 'result', ...cases })),
  ),
}))

/** As text of the component format. */
function print(one: ValueType): string {
  switch (one.kind) {
    case 'tuple':
      return `(tuple ${one.types.map(print).join(' ')})`
    case 'list':
      return `(list ${print(one.element)})`
    case 'option':
      return `(option ${print(one.type)})`
    case 'result':
      return `(result ${one.ok ? print(one.ok) : ''} ${one.error ? `(error ${print(one.error)})` : ''})`
    default:
      return one.kind
  }
}

/** Copies a stream, `$count` elements at a time; `$Both` puts two of them in a row. */
function componentText(type: ValueType): string {
  return `
  (component $Copy
    (core module $Memory (memory (export "mem") 16)
      (global $free (mut i32) (i32.const 65536))
      ;; What was read is written before the next is read: it may be overwritten after a while.
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
        (if (i32.gt_u (i32.add (global.get $free) (local.get 3)) (i32.const 1000000))
          (then (global.set $free (i32.const 65536))))
        (local.set $at (i32.and (i32.add (global.get $free) (i32.const 7)) (i32.const -8)))
        (global.set $free (i32.add (local.get $at) (local.get 3)))
        (local.get $at)))
    (core instance $memory (instantiate $Memory))
    (type $s (stream ${print(type)}))
    (core func $new (canon stream.new $s))
    (core func $read (canon stream.read $s (memory $memory "mem") (realloc (func $memory "realloc"))))
    (core func $write (canon stream.write $s (memory $memory "mem")))
    (core func $drop-readable (canon stream.drop-readable $s))
    (core func $drop-writable (canon stream.drop-writable $s))
    (core func $return (canon task.return (result $s)))
    (core module $M
      (import "" "new" (func $new (result i64)))
      (import "" "read" (func $read (param i32 i32 i32) (result i32)))
      (import "" "write" (func $write (param i32 i32 i32) (result i32)))
      (import "" "drop-readable" (func $drop-readable (param i32)))
      (import "" "drop-writable" (func $drop-writable (param i32)))
      (import "" "return" (func $return (param i32)))
      (func (export "copy") (param $in i32) (param $count i32)
        (local $ends i64) (local $out i32) (local $result i32) (local $have i32) (local $done i32)
        (local.set $ends (call $new))
        (call $return (i32.wrap_i64 (local.get $ends)))
        (local.set $out (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
        (loop $more
          (local.set $result (call $read (local.get $in) (i32.const 0) (local.get $count)))
          (local.set $have (i32.shr_u (local.get $result) (i32.const 4)))
          (local.set $done (i32.const 0))
          (loop $rest
            (if (i32.lt_u (local.get $done) (local.get $have)) (then
              (local.set $done (i32.add (local.get $done) (i32.shr_u
                (call $write (local.get $out)
                  (i32.mul (local.get $done) (i32.const ${elementSize(type, 'i32')}))
                  (i32.sub (local.get $have) (local.get $done)))
                (i32.const 4))))
              (br $rest))))
          (br_if $more (i32.eqz (i32.and (local.get $result) (i32.const 0xf)))))
        (call $drop-readable (local.get $in))
        (call $drop-writable (local.get $out))))
    (core instance $m (instantiate $M (with "" (instance
      (export "new" (func $new)) (export "read" (func $read)) (export "write" (func $write))
      (export "drop-readable" (func $drop-readable)) (export "drop-writable" (func $drop-writable))
      (export "return" (func $return))))))
    (func (export "copy") async (param "in" $s) (param "count" u32) (result $s) (canon lift (core func $m "copy") async)))
  (component $Both
    (import "one" (func $one async (param "in" (stream ${print(type)})) (param "count" u32) (result (stream ${print(type)}))))
    (import "two" (func $two async (param "in" (stream ${print(type)})) (param "count" u32) (result (stream ${print(type)}))))
    (core func $one' (canon lower (func $one)))
    (core func $two' (canon lower (func $two)))
    (core module $M
      (import "" "one" (func $one (param i32 i32) (result i32)))
      (import "" "two" (func $two (param i32 i32) (result i32)))
      (func (export "both") (param $in i32) (param $a i32) (param $b i32) (result i32)
        (call $two (call $one (local.get $in) (local.get $a)) (local.get $b))))
    (core instance $m (instantiate $M (with "" (instance (export "one" (func $one')) (export "two" (func $two'))))))
    (func (export "both") async (param "in" (stream ${print(type)})) (param "a" u32) (param "b" u32)
      (result (stream ${print(type)})) (canon lift (core func $m "both"))))
  (instance $a (instantiate $Copy))
  (instance $b (instantiate $Copy))
  (instance $both (instantiate $Both (with "one" (func $a "copy")) (with "two" (func $b "copy"))))
  (func (export "both") (alias export $both "both"))`
}

const sample = element.chain((type) =>
  fc.record({
    type: fc.constant(type),
    values: fc.array(arbitraryValue(type), { maxLength: 50 }),
    pieces: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 }),
    counts: fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 })),
  }),
)

/** In chunks of these lengths, over and over: of numbers as lists, of anything else one by one. */
async function* chunksOf(type: ValueType, values: readonly unknown[], pieces: readonly number[]) {
  if (!numberListClass(type)) {
    yield* values
    return
  }
  for (let at = 0, i = 0; at < values.length; i++) {
    const length = pieces[i % pieces.length]!
    yield values.slice(at, at + length)
    at += length
  }
}

async function collect(type: ValueType, stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = []
  for await (const chunk of stream) {
    if (numberListClass(type)) all.push(...(chunk as Iterable<unknown>))
    else all.push(chunk)
  }
  return all
}

test('what goes into a stream comes out of it', async () => {
  await fc.assert(
    fc.asyncProperty(sample, async ({ type, values, pieces, counts }) => {
      const instance = await (await loadComponent(componentText(type))).instantiate()
      const out = await instance.exports.both(chunksOf(type, values, pieces), ...counts)
      assert.deepEqual(await collect(type, out), values)
      instance.dispose()
    }),
    { numRuns },
  )
})
