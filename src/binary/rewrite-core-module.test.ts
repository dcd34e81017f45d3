import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { ByteWriter } from './byte-writer.ts'
import { readCoreModuleType } from './core-module.ts'
import { coreSections } from './core-sections.ts'
import { decode } from './decode.ts'
import { type RewrittenCoreModule, rewriteCoreModule } from './rewrite-core-module.ts'

interface Case {
  readonly text: string
  /** Module name of the imported memories, and their initial sizes. */
  readonly memories?: readonly [module: string, ...initial: number[]]
  readonly start?: string
}

const start = '(func $s) (start $s)'
const cases: Readonly<Record<string, Case>> = {
  'a memory': { text: '(module (memory 1))', memories: ['memories', 1] },
  'a memory with a maximum': { text: '(module (memory 1 300))', memories: ['memories', 1] },
  'a memory of no pages': { text: '(module (memory 0 0))', memories: ['memories', 0] },
  'an exported memory': { text: '(module (memory (export "m") 2))', memories: ['memories', 2] },
  'many memories': {
    text: '(module (memory 1) (memory 2) (memory 0 1) (func (drop (memory.size 2))))',
    memories: ['memories', 1, 2, 0],
  },
  'imported and defined memories': {
    text: '(module (import "a" "m" (memory 5)) (memory 2) (export "imported" (memory 0)) (export "m" (memory 1)))',
    memories: ['memories', 2],
  },
  'a shared memory': { text: '(module (memory 1 2 shared))', memories: ['memories', 1] },
  'a 64-bit memory': { text: '(module (memory i64 1 2))', memories: ['memories', 1] },
  'a 64-bit memory that nobody can have': {
    text: '(module (memory i64 1 0x1_0000_0000_0000))',
    memories: ['memories', 1],
  },
  'the name is taken': {
    text: '(module (import "memories" "0" (func)) (import "memories_" "0" (func)) (memory 1))',
    memories: ['memories__', 1],
  },
  'functions, a table, globals, data and elements': {
    text: `(module
      (import "a" "f" (func $f (param i32)))
      (memory (export "m") 1)
      (table $t 2 funcref) (elem (table $t) (i32.const 0) func $f $g)
      (global $n (mut i32) (i32.const 7))
      (func $g (param i32) (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)))
      (func (export "get") (result i32) (i32.load8_u (i32.const 3)))
      (data (i32.const 3) "x") (data $d "passive"))`,
    memories: ['memories', 1],
  },
  'a start function': { text: `(module ${start})`, start: 'start' },
  'a start function beside an export of that name': {
    text: `(module (func (export "start")) ${start})`,
    start: 'start_',
  },
  'an imported start function': {
    text: '(module (import "" "f" (func $f)) (start $f))',
    start: 'start',
  },
  'a memory and a start function': {
    text: `(module (import "a" "g" (global i32)) (memory 3) (table 1 funcref) ${start} (data (i32.const 0) "a"))`,
    memories: ['memories', 3],
    start: 'start',
  },
  'a memory and an imported start function': {
    text: '(module (import "" "f" (func $f)) (memory 3) (start $f))',
    memories: ['memories', 3],
    start: 'start',
  },
}

/** Not at the beginning of its file, as in a component. */
function rewriteInside(bytes: Uint8Array): RewrittenCoreModule | undefined {
  const file = new Uint8Array([1, 2, 3, ...bytes, 4, 5])
  return rewriteCoreModule(file, { start: 3, end: file.length - 2 })
}

/** The sections that stay, as text, by what they hold. */
function kept(bytes: Uint8Array): readonly string[] {
  const changed = ['import', 'memory', 'export', 'start']
  return coreSections(bytes)
    .filter(({ name }) => !changed.includes(name))
    .map(
      ({ name, range }) => `${name} ${Buffer.from(bytes.subarray(range.start, range.end)).toString('hex')}`,
    )
}

function offsetOfCode(bytes: Uint8Array): number | undefined {
  return coreSections(bytes).find(({ name }) => name === 'code')?.range.start
}

/** With a custom section in every place where one may stand. */
function withCustomSections(bytes: Uint8Array): Uint8Array {
  const writer = new ByteWriter().bytes(bytes.subarray(0, 8))
  let from = 8
  for (const { range } of coreSections(bytes)) {
    writer.section(0, (custom) => custom.name(`before ${from}`).bytes([1, 2, 3]))
    writer.bytes(bytes.subarray(from, range.end))
    from = range.end
  }
  return writer.section(0, (custom) => custom.name('last')).finish()
}

describe('a core module is rewritten', () => {
  for (const [title, { text, memories, start }] of Object.entries(cases)) {
    const variants = { '': (bytes: Uint8Array) => bytes, ', custom sections everywhere': withCustomSections }
    for (const [variant, change] of Object.entries(variants)) {
      test(title + variant, async () => {
        const bytes = change(await assemble(text))
        const rewritten = rewriteInside(bytes) ?? assert.fail('it stayed as it was')
        assert.equal(rewritten.start, start)
        const names = rewritten.memories && [
          rewritten.memories.module,
          ...rewritten.memories.types.map(({ initial }) => initial),
        ]
        assert.deepEqual(names, memories)
        const [before, after] = [readCoreModuleType(bytes), readCoreModuleType(rewritten.bytes)]
        assert.deepEqual(after.imports.slice(0, before.imports.length), before.imports)
        const imported = after.imports.slice(before.imports.length).map(({ module, name, type }) => {
          return type.kind === 'memory' ? [module, name, Number(type.limits.minimum)] : type.kind
        })
        const [module, ...sizes] = memories ?? []
        assert.deepEqual(
          imported,
          sizes.map((size, i) => [module, String(i), size]),
        )
        const exports = new Map(before.exports)
        if (start) exports.set(start, { kind: 'func', parameters: [], results: [] })
        assert.deepEqual(after.exports, exports)
        assert.deepEqual(kept(rewritten.bytes), kept(bytes))
        assert.equal(offsetOfCode(rewritten.bytes) ?? 0, (offsetOfCode(bytes) ?? 0) + rewritten.codeShift)
        assert.equal(WebAssembly.validate(rewritten.bytes), WebAssembly.validate(Uint8Array.from(bytes)))
        assert.equal(rewriteInside(rewritten.bytes), undefined)
      })
    }
  }

  test('and keeps what its memories are', async () => {
    const bytes = await assemble(
      '(module (memory 1) (memory 2 5 shared) (memory i64 3 4) (memory 70 70 (pagesize 1)))',
    )
    const plain = { shared: false, index64: false, pageSizeLog2: 16 }
    assert.deepEqual(rewriteCoreModule(bytes)?.memories?.types, [
      { ...plain, initial: 1, maximum: undefined },
      { ...plain, initial: 2, maximum: 5, shared: true },
      { ...plain, initial: 3, maximum: 4, index64: true },
      { ...plain, initial: 70, maximum: 70, pageSizeLog2: 0 },
    ])
  })

  test('and does the same as before, with memories that it is given', async () => {
    const bytes = await assemble(`(module
      (import "a" "m" (memory 1))
      (memory $b (export "b") 1 2)
      (global $g (export "g") (mut i32) (i32.const 0))
      (func $s (global.set $g (i32.load8_u $b (i32.const 0)))) (start $s)
      (func (export "grow") (result i32) (memory.grow $b (i32.const 1)))
      (data (memory $b) (i32.const 0) "\\2a"))`)
    const made = rewriteCoreModule(bytes)!
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 })
    const a = { m: new WebAssembly.Memory({ initial: 1 }) }
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(made.bytes), {
      a,
      [made.memories!.module]: { 0: memory },
    })
    const { g, b, grow, start } = exports as Record<string, unknown> & { g: WebAssembly.Global }
    assert.equal(g.value, 0)
    ;(start as () => void)()
    assert.equal(g.value, 42)
    assert.equal(b, memory)
    assert.deepEqual([(grow as () => number)(), (grow as () => number)()], [1, -1])
  })

  test('with imports in groups', () => {
    // (import "a" (item "f" (func (type 0))) (item "g" (func (type 0)))), as the compact import section has them
    const group = [1, 0x61, 0, 0x7f, 2, 1, 0x66, 0x00, 0, 1, 0x67, 0x00, 0]
    const bytes = new ByteWriter()
      .bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])
      .section(1, (types) => types.bytes([1, 0x60, 0, 0]))
      .section(2, (imports) => imports.u32(1).bytes(group))
      .section(5, (memories) => memories.bytes([1, 0, 1]))
      .finish()
    const rewritten = rewriteCoreModule(bytes)!
    const { imports } = readCoreModuleType(rewritten.bytes)
    assert.deepEqual(
      imports.map(({ module, name }) => `${module} ${name}`),
      ['a f', 'a g', 'memories 0'],
    )
  })
})

describe('the core modules of an example', () => {
  for (const file of globSync(['examples/*/rust/*.wasm', 'test/cli/guest/guest.wasm'])) {
    test(file, () => {
      const bytes = readFileSync(file)
      let memories = 0
      for (const definition of decode(bytes).definitions) {
        if (definition.kind !== 'core-module') continue
        const { start, end } = definition.range
        const original = bytes.subarray(start, end)
        const rewritten = rewriteCoreModule(bytes, definition.range)
        if (!rewritten) continue
        memories += rewritten.memories?.types.length ?? 0
        assert.ok(WebAssembly.validate(rewritten.bytes))
        assert.deepEqual(kept(rewritten.bytes), kept(original))
      }
      assert.ok(memories > 0)
    })
  }
})

describe('a core module stays as it is', () => {
  const texts = [
    '(module)',
    '(module (func (export "start")))',
    '(module (import "a" "m" (memory 1)) (export "m" (memory 0)))',
  ]
  for (const text of texts) {
    test(text, async () => assert.equal(rewriteInside(await assemble(text)), undefined))
  }

  test('with a memory section that is empty', () => {
    const bytes = new ByteWriter().bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])
    assert.equal(rewriteCoreModule(bytes.section(5, (memories) => memories.u32(0)).finish()), undefined)
  })
})

test('what cannot be read is a DecodeError', async () => {
  const whole = await assemble(cases['a memory and a start function']!.text)
  const place = coreSections(whole).find(({ name }) => name === 'memory')!.range.start
  const damages: readonly ((bytes: Uint8Array) => Uint8Array)[] = [
    (bytes) => bytes.subarray(0, bytes.length - 1),
    (bytes) => bytes.fill(0xff, place, place + 1),
    (bytes) => bytes.fill(0x7f, place + 1, place + 2),
  ]
  for (const damage of damages) {
    assert.throws(() => rewriteCoreModule(damage(whole.slice())), { name: 'DecodeError' })
  }
})

test('a start function of the wrong type is refused here: as an export it would do', async () => {
  const bytes = await assemble('(module (func $s (param i32)) (func) (start 1))')
  const section = coreSections(bytes).find(({ name }) => name === 'start')!
  bytes[section.range.start] = 0
  assert.throws(() => rewriteCoreModule(bytes), { message: /invalid start function/ })
})

test('one bit that is another: a DecodeError, or a module that the engine judges like the original', async () => {
  const whole = await assemble(cases['functions, a table, globals, data and elements']!.text)
  let rewritten = 0
  for (let place = 8; place < whole.length; place++) {
    for (const bit of [1, 2, 4, 8, 16, 32, 64, 128]) {
      const mutant = Uint8Array.from(whole)
      mutant[place]! ^= bit
      try {
        const { bytes } = rewriteCoreModule(mutant) ?? {}
        if (bytes === undefined) continue
        assert.equal(WebAssembly.validate(bytes), WebAssembly.validate(mutant), `bit ${bit} of byte ${place}`)
        rewritten++
      } catch (error) {
        assert.equal((error as Error).name, 'DecodeError', String(error))
      }
    }
  }
  assert.ok(rewritten > 100)
})
