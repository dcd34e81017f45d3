import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { readComponentNames } from '../binary/component-name-section.ts'
import { decode } from '../binary/decode.ts'
import { compile } from '../compile/compile.ts'
import type { ResourceType } from '../component/value-type.ts'
import { DecodeError, TenonError, type Trap } from '../errors.ts'
import { Component } from '../index.ts'
import { validate } from '../validation/index.ts'
import { build, version } from '../version.ts'
import { PlanReader, PlanWriter } from './codec.ts'
import { ByteReader } from '../binary/byte-reader.ts'
import { rewriteCoreModule } from '../binary/rewrite-core-module.ts'
import {
  type CompiledComponent,
  componentOf,
  decodePlanFile,
  encodePlanFile,
  isPlanFile,
  readPlanFileHead,
} from './plan-file.ts'
import { resourceType, valueType } from './type-codec.ts'

function compiled(bytes: Uint8Array): CompiledComponent {
  const syntax = decode(bytes)
  return { name: readComponentNames(syntax).component, type: validate(syntax), plan: compile(syntax) }
}

const files = [
  'examples/adder/rust/adder.wasm',
  'examples/calculator/rust/calculator.wasm',
  'examples/kv-store/rust/kv-store.wasm',
  'bench/guests/values/values.wasm',
  'test/cli/guest/guest.wasm',
]

describe('what is read is what was written', () => {
  for (const file of files) {
    test(file, () => {
      const bytes = new Uint8Array(readFileSync(file))
      const before = compiled(bytes)
      const written = encodePlanFile(before, '1.0.0', bytes)
      const after = decodePlanFile(written, '1.0.0')
      assert.deepEqual(after, before)
      assert.deepEqual(encodePlanFile(after, '1.0.0', bytes), written)
      assert.deepEqual(componentOf(readPlanFileHead(written)), bytes)
    })
  }

  test('a field that the codec does not know would be missed', () => {
    const bytes = new Uint8Array(readFileSync(files[0]!))
    const before = compiled(bytes)
    const plan = { ...before.plan, addedLater: 1 }
    const after = decodePlanFile(encodePlanFile({ ...before, plan }, '1.0.0', bytes), '1.0.0')
    assert.notDeepEqual(after.plan, plan)
  })
})

test('one object stays one object, and two that are equal stay two', () => {
  const [one, other]: ResourceType[] = [
    { kind: 'resource', name: 'r' },
    { kind: 'resource', name: 'r' },
  ]
  const writer = new PlanWriter()
  for (const type of [one!, other!, one!]) resourceType.write(writer, type)
  const reader = new PlanReader(new ByteReader(writer.bytes.finish()))
  const [first, second, third] = [0, 0, 0].map(() => resourceType.read(reader))
  assert.equal(third, first)
  assert.notEqual(second, first)
  assert.deepEqual(second, first)
})

describe('a type that no component can have is refused', () => {
  const u8 = { kind: 'u8' } as const
  const deep = Array.from({ length: 101 }).reduce<object>((type) => ({ kind: 'option', type }), u8)
  const cases: Readonly<Record<string, object>> = {
    'a record without fields': { kind: 'record', fields: [] },
    'a field that is no label': { kind: 'record', fields: [{ name: '"]);alert(1)//', type: u8 }] },
    'a field `__proto__`': { kind: 'record', fields: [{ name: '__proto__', type: u8 }] },
    'two fields of one name': {
      kind: 'record',
      fields: ['a', 'A'].map((name) => ({ name, type: u8 })),
    },
    '33 flags': { kind: 'flags', names: Array.from({ length: 33 }, (_, i) => `f${i}`) },
    'a list of no elements': { kind: 'list', element: u8, length: 0 },
    'a list that no memory holds': { kind: 'list', element: u8, length: 2 ** 28 },
    'a map with lists as keys': { kind: 'map', key: { kind: 'list', element: u8 }, value: u8 },
    'a stream of borrows': {
      kind: 'stream',
      element: { kind: 'borrow', resource: { kind: 'resource', name: 'r' } },
    },
    'a resource with a strange name': { kind: 'own', resource: { kind: 'resource', name: 'a"b' } },
    'types in types in types': deep,
  }
  for (const [title, type] of Object.entries(cases)) {
    test(title, () => {
      const writer = new PlanWriter()
      valueType.write(writer, type as never)
      const reader = new PlanReader(new ByteReader(writer.bytes.finish()))
      assert.throws(() => valueType.read(reader), DecodeError)
    })
  }

  test('one that contains itself', () => {
    // A new option type, whose part is the type with the number 0: itself.
    const kinds = new PlanWriter()
    valueType.write(kinds, { kind: 'option', type: u8 })
    const [, option] = kinds.bytes.finish()
    const reader = new PlanReader(new ByteReader(Uint8Array.of(0, option!, 1)))
    assert.throws(() => valueType.read(reader), /unknown reference 0/)
  })

  test('one that doubles thirty times', () => {
    const writer = new PlanWriter()
    let type: object = u8
    for (let i = 0; i < 30; i++) type = { kind: 'tuple', types: [type, type] }
    valueType.write(writer, type as never)
    assert.ok(writer.bytes.length < 200)
    const reader = new PlanReader(new ByteReader(writer.bytes.finish()))
    assert.throws(() => valueType.read(reader), /type size exceeds the limit/)
  })
})

test('core modules are in the form in which they are instantiated', () => {
  const bytes = new Uint8Array(readFileSync('examples/kv-store/rust/kv-store.wasm'))
  const head = readPlanFileHead(Component.precompile(bytes))
  assert.notEqual(head.edits.length, 0)
  const { plan } = decodePlanFile(Component.precompile(bytes), version)
  let memories = 0
  decodePlanFile(Component.precompile(bytes), version, undefined, (ranges, rewritten) => {
    for (const [i, range] of ranges.entries()) {
      const made = rewriteCoreModule(bytes, range)
      const { bytes: module, form } = rewritten![i]!
      assert.deepEqual(module, made?.bytes ?? bytes.subarray(range.start, range.end))
      assert.deepEqual(
        form,
        made && { memories: made.memories, start: made.start, codeShift: made.codeShift },
      )
      memories += form?.memories?.types.length ?? 0
    }
    assert.equal(ranges.length, plan.modules.length)
  })
  assert.ok(memories > 0)
})

test('backtraces are those of the component', async () => {
  const bytes = await assemble(`(component
    (core module $trapping
      (memory 1)
      (func $inner (drop (i32.const 1)) unreachable)
      (func (export "f") (call $inner)))
    (core instance $i (instantiate $trapping))
    (func (export "f") (canon lift (core func $i "f"))))`)
  const traces = [bytes, Component.precompile(bytes)].map(async (file) => {
    const { exports } = await Component.fromBytes(file).instantiate()
    try {
      exports.f()
    } catch (error) {
      return (error as Trap).backtrace
    }
    return assert.fail('it did not trap')
  })
  const [ofComponent, ofPrecompiled] = await Promise.all(traces)
  assert.equal(ofComponent![0]!.name, 'inner')
  assert.deepEqual(ofPrecompiled, ofComponent)
})

describe('a file is refused', () => {
  const component = new Uint8Array(readFileSync(files[0]!))
  const whole = Component.precompile(component)

  test('with the cure, if another version wrote it', () => {
    const other = encodePlanFile(compiled(component), '0.0.1', component)
    assert.throws(
      () => Component.fromBytes(other),
      (error) =>
        error instanceof TenonError &&
        error.code === 'unsupported' &&
        /compiled by Tenon 0\.0\.1, and this is .*tenon compile FILE -o FILE/.test(error.message),
    )
    assert.deepEqual(Component.precompile(other), whole)
  })

  test('wherever it is cut off', () => {
    for (let length = 8; length < whole.length - component.length - 64; length++)
      assert.throws(() => Component.fromBytes(whole.slice(0, length)), TenonError, `cut at ${length}`)
  })

  test('whichever bit of the Plan is another', () => {
    for (let bit = 8 * 8; bit < 8 * (whole.length - component.length - 64); bit++) {
      const damaged = whole.slice()
      damaged[bit >> 3]! ^= 1 << (bit & 7)
      assert.throws(() => Component.fromBytes(damaged), TenonError, `bit ${bit}`)
    }
  })

  test('if its core modules are not where the Plan says', () => {
    assert.throws(() => Component.fromBytes(whole.slice(0, -component.length)), TenonError)
  })
})

test('what is no such file is a component, or nothing', () => {
  assert.equal(isPlanFile(new Uint8Array(readFileSync(files[0]!))), false)
  assert.equal(isPlanFile(Uint8Array.of(0, 0x74)), false)
})

test('the name of a component is kept', async () => {
  const bytes = await assemble('(component $named (core module $m))')
  assert.equal(decodePlanFile(Component.precompile(bytes), version).name, 'named')
})

test('the version is that of the package', () => {
  const { version: packaged } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  assert.equal(version, packaged)
  assert.ok(build.startsWith(`${version}+`))
})
