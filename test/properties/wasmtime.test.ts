/**
 * Adapters against wasmtime's: what a component gets when another one passes it any bytes as values of a random type, or as a
 * string. Skipped where Python has no `wasmtime`. `TENON_RUNS=1000` makes it thorough.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from '../support/fast-check.ts'
import { elementSize } from '../../src/abi/element-size.ts'
import type { ValueType } from '../../src/component/value-type.ts'
import { Component, Trap } from '../../src/index.ts'
import { assemble } from '../support/assemble.ts'

const numRuns = Number(process.env.TENON_RUNS ?? 100)
const python = spawnSync('python3', ['-c', 'from wasmtime import component'])
const skip = python.status === 0 ? false : 'python3 cannot import `wasmtime.component`'

/** Types without pointers, and without floats: whose bits a NaN keeps is left open. */
const kinds = ['bool', 's8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'u64', 'char'] as const
const leaf: fc.Arbitrary<ValueType> = fc.constantFrom(...kinds).map((kind) => ({ kind }))
const { type } = fc.letrec<{ type: ValueType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc
      .array(tie('type'), { minLength: 1, maxLength: 4 })
      .map((types): ValueType => ({ kind: 'tuple', types })),
    tie('type').map((one): ValueType => ({ kind: 'option', type: one })),
    fc
      .record({
        ok: fc.option(tie('type'), { nil: undefined }),
        error: fc.option(tie('type'), { nil: undefined }),
      })
      .map((cases): ValueType => ({ kind: 'result', ...cases })),
  ),
}))

/** As text of the component format. */
function print(one: ValueType): string {
  switch (one.kind) {
    case 'tuple':
      return `(tuple ${one.types.map(print).join(' ')})`
    case 'option':
      return `(option ${print(one.type)})`
    case 'result':
      return `(result ${one.ok ? print(one.ok) : ''} ${one.error ? `(error ${print(one.error)})` : ''})`
    default:
      return one.kind
  }
}

/** Bytes that are often discriminants, parts of small numbers, ASCII, or UTF-8. */
const bytes = fc.oneof(
  fc.array(fc.oneof(fc.constantFrom(0, 0, 0, 1), fc.constantFrom(2, 0x41, 0xd8), fc.nat(255)), {
    minLength: 64,
    maxLength: 64,
  }),
  fc
    .string({ unit: 'binary', minLength: 40, maxLength: 40 })
    .map((text) => [...Buffer.from(text)].slice(0, 64)),
  fc
    .string({ unit: 'binary', minLength: 40, maxLength: 40 })
    .map((text) => [...Buffer.from(text, 'utf16le')].slice(0, 64)),
)

interface Sample {
  readonly type: string
  readonly from: string
  readonly to: string
  /** Of the list, or of the string as its encoding counts. */
  readonly length: number
  /** Computes from the length that the callee got, on the stack, how many bytes it got. */
  readonly size: string
  readonly data: readonly number[]
}

const listSample: fc.Arbitrary<Sample> = fc
  .record({ element: type, data: bytes, count: fc.nat(4) })
  .map(({ element, data, count }) => {
    const size = elementSize(element, 'i32')
    return {
      type: `(list ${print(element)})`,
      from: 'utf8',
      to: 'utf8',
      length: Math.min(count, Math.floor(64 / size)),
      size: `(i32.mul (local.get 1) (i32.const ${size}))`,
      data,
    }
  })

const tag = '(i32.const 0x80000000)'
const sizes = {
  utf8: '(local.get 1)',
  utf16: '(i32.mul (local.get 1) (i32.const 2))',
  'latin1+utf16': `(if (result i32) (i32.lt_u (local.get 1) ${tag}) (then (local.get 1))
    (else (i32.mul (i32.xor (local.get 1) ${tag}) (i32.const 2))))`,
} as const
const encodings = ['utf8', 'utf16', 'latin1+utf16'] as const

const stringSample: fc.Arbitrary<Sample> = fc
  .record({
    from: fc.constantFrom(...encodings),
    to: fc.constantFrom(...encodings),
    data: bytes,
    units: fc.nat(32),
    tagged: fc.boolean(),
  })
  .map(({ from, to, data, units, tagged }) => ({
    type: 'string',
    from,
    to,
    length: from === 'latin1+utf16' && tagged ? 2 ** 31 + units : units,
    size: sizes[to],
    data,
  }))

/** A component whose `image` is what one component gets of the other's memory. */
function componentText({ type: passed, from, to, length, size, data }: Sample): string {
  const escaped = data.map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')
  const signature = `(param "x" ${passed}) (result (list u8))`
  const memory = (filled: string): string => `
    (core module $Memory (memory (export "memory") 1) (data (i32.const 64) "${filled}")
      (global $free (mut i32) (i32.const 4096))
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
        ;; Where a string grows or shrinks, its bytes stay where they are.
        (if (local.get 0) (then (return (local.get 0))))
        (local.set $at (i32.and (i32.add (global.get $free) (i32.const 7)) (i32.const -8)))
        (global.set $free (i32.add (i32.add (local.get $at) (local.get 3)) (i32.const 1024)))
        (local.get $at)))
    (core instance $memory (instantiate $Memory))`
  const options = (encoding: string): string =>
    `string-encoding=${encoding} (memory $memory "memory") (realloc (func $memory "realloc"))`
  return `(component
    (component $Callee ${memory('')}
      (core module $M (import "" "memory" (memory 1))
        (func (export "f") (param i32 i32) (result i32)
          (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) ${size})
          (i32.const 16)))
      (core instance $m (instantiate $M (with "" (instance (export "memory" (memory $memory "memory"))))))
      (func (export "f") ${signature} (canon lift (core func $m "f") ${options(to)})))
    (component $Caller
      (import "f" (func $f ${signature}))
      ${memory(escaped)}
      (core func $f (canon lower (func $f) ${options(from)}))
      (core module $M (import "" "f" (func $f (param i32 i32 i32)))
        (func (export "image") (result i32)
          (call $f (i32.const 64) (i32.const ${length}) (i32.const 16))
          (i32.const 16)))
      (core instance $m (instantiate $M (with "" (instance (export "f" (func $f))))))
      (func (export "image") (result (list u8)) (canon lift (core func $m "image") ${options(from)})))
    (instance $callee (instantiate $Callee))
    (instance $caller (instantiate $Caller (with "f" (func $callee "f"))))
    (func (export "image") (alias export $caller "image")))`
}

async function image(component: Uint8Array): Promise<string> {
  using instance = await Component.fromBytes(component).instantiate()
  try {
    return Buffer.from(instance.exports.image()).toString('hex')
  } catch (error) {
    assert.ok(error instanceof Trap, String(error))
    return 'trap'
  }
}

test('wasmtime moves the same bytes, and traps for the same ones', { skip }, async () => {
  const samples = fc.sample(fc.oneof(listSample, stringSample), numRuns)
  const folder = mkdtempSync(join(tmpdir(), 'tenon-wasmtime-'))
  try {
    const seen: string[] = []
    const files: string[] = []
    for (const [i, sample] of samples.entries()) {
      const component = await assemble(componentText(sample))
      seen.push(await image(component))
      files.push(join(folder, `${i}.wasm`))
      writeFileSync(files.at(-1)!, component)
    }
    const script = join(import.meta.dirname, '../support/wasmtime-images.py')
    const { stdout, stderr, status } = spawnSync('python3', [script, ...files], { encoding: 'utf8' })
    assert.equal(status, 0, stderr)
    // An empty image is an empty line, also the first and the last one.
    const expected = stdout.split('\n').slice(0, -1)
    assert.equal(expected.length, samples.length)
    samples.forEach((sample, i) => {
      assert.equal(seen[i], expected[i], JSON.stringify(sample))
    })
    const traps = seen.filter((one) => one === 'trap').length
    assert.ok(traps > 0 && traps < seen.length, `${traps} of ${seen.length} trap`)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
