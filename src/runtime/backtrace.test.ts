import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { Backtracer } from './backtrace.ts'
import { ModuleStore } from './module-store.ts'

const caller = `(module $caller
  (import "" "divide" (func $divide (param i32 i32) (result i32)))
  (func $outer (export "run") (param i32) (result i32) (call $middle (local.get 0)))
  (func $middle (param i32) (result i32) (call $divide (i32.const 1) (local.get 0))))`

const divider = `(module $divider
  (func $unused)
  (func $divide (export "divide") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1))))`

/** Two modules behind each other in one file, as in a component; returns the error of a division by zero. */
async function trap(texts: readonly string[], strip = false): Promise<{ store: ModuleStore; error: Error }> {
  const modules = await Promise.all(texts.map((text) => assemble(strip ? text.replace(/ \$\w+/, '') : text)))
  const bytes = new Uint8Array(modules.reduce((sum, one) => sum + one.length, 0))
  const ranges = modules.map((one, i) => {
    const start = modules.slice(0, i).reduce((sum, before) => sum + before.length, 0)
    bytes.set(one, start)
    return { start, end: start + one.length }
  })
  const store = new ModuleStore(() => bytes, ranges)
  const { exports } = new WebAssembly.Instance(store.get(0).original)
  const run = new WebAssembly.Instance(store.get(1).original, { '': exports }).exports.run as (
    by: number,
  ) => number
  try {
    run(0)
  } catch (error) {
    return { store, error: error as Error }
  }
  return assert.fail('it did not trap')
}

test('frames lie in the modules of the component, with names, innermost first', async () => {
  const { store, error } = await trap([divider, caller])
  const frames = new Backtracer(store, () => new Map()).frames(error)
  assert.deepEqual(
    frames.map(({ name, module }) => `${module} ${name}`),
    ['divider divide', 'caller middle', 'caller outer'],
  )
  assert.ok(frames.every(({ offset }) => offset! > 8))
})

test('modules without a name are numbered', async () => {
  const { store, error } = await trap([divider, caller], true)
  const modules = new Backtracer(store, () => new Map()).frames(error).map(({ module }) => module)
  assert.deepEqual(modules, ['core module 0', 'core module 1', 'core module 1'])
})

test('modules without a name have that which the component gives them', async () => {
  const { store, error } = await trap([divider, caller], true)
  const names = new Map([[store.get(1).range.start, 'second']])
  const modules = new Backtracer(store, () => names).frames(error).map(({ module }) => module)
  assert.deepEqual(modules, ['core module 0', 'second', 'second'])
})

test('functions without a name have that of their export', async () => {
  const nameless = (text: string): string =>
    text
      .replaceAll(/\(func \$\w+/g, '(func')
      .replace('call $middle', 'call 2')
      .replace('call $divide', 'call 0')
  const { store, error } = await trap([nameless(divider), nameless(caller)])
  const names = new Backtracer(store, () => new Map()).frames(error).map(({ name }) => name)
  assert.deepEqual(names, ['divide', 'wasm-function[2]', 'run'])
})

test('frames of other modules are left out', async () => {
  const { store } = await trap([divider, caller])
  const stranger = await trap([
    '(module (func $a (export "divide") (param i32 i32) (result i32) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (nop) (i32.div_s (local.get 0) (local.get 1))))',
    caller.replace('$middle (param', '$elsewhere (param').replace('call $middle', 'call $elsewhere'),
  ])
  assert.deepEqual(new Backtracer(store, () => new Map()).frames(new Error('no wasm in it')), [])
  assert.ok(
    new Backtracer(store, () => new Map()).frames(stranger.error).every(({ module }) => module !== 'divider'),
  )
})

test('offsets are those of the file, where the module was rewritten for its instances', async () => {
  const start =
    '(global $n (mut i32) (i32.const 0)) (func $start (global.set $n (i32.const 1))) (start $start)'
  const kinds: Readonly<Record<string, readonly [text: string, moved: boolean]>> = {
    'as it is': ['', false],
    'with a memory': ['(memory (export "m") 1)', true],
    'with memories': ['(memory 1) (memory 1 2)', true],
    'with a start function': [start, true],
    'with both, and exports': [`(memory 1) (global (export "start") i32 (i32.const 1)) ${start}`, true],
  }
  for (const [title, [more, moved]] of Object.entries(kinds)) {
    const bytes = await assemble(divider.replace('(func $unused)', `${more} (func $unused)`))
    const store = new ModuleStore(() => bytes, [{ start: 0, end: bytes.length }])
    const { original, linkable } = store.get(0)
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 })
    const imports = {
      [linkable.memories?.module ?? '']: { 0: new WebAssembly.Memory({ initial: 1 }), 1: memory },
    }
    const offset = (module: WebAssembly.Module, given?: WebAssembly.Imports): [string, number] => {
      const { exports } = new WebAssembly.Instance(module, given)
      try {
        ;(exports.divide as (a: number, b: number) => number)(1, 0)
      } catch (error) {
        const [frame] = new Backtracer(store, () => new Map()).frames(error as Error)
        const [, engine = ''] = /:0x([0-9a-f]+)/.exec((error as Error).stack ?? '') ?? []
        return [`${frame?.name} ${frame?.offset}`, parseInt(engine, 16)]
      }
      return assert.fail('it did not trap')
    }
    const [, wanted] = offset(original)
    const [found, rewritten] = offset(linkable.module, imports)
    assert.equal(found, `divide ${wanted}`, title)
    assert.equal(rewritten !== wanted, moved, title)
  }
})

test("other engines' stacks", async () => {
  const { store, error } = await trap([divider, caller])
  const [{ offset } = assert.fail()] = new Backtracer(store, () => new Map()).frames(error)
  const at = `0x${offset!.toString(16)}`
  const firefox = Object.assign(new Error(), {
    stack: `divide@http://x/a.js line 1 > WebAssembly.Module:wasm-function[1]:${at}\n`,
  })
  assert.deepEqual(
    new Backtracer(store, () => new Map()).frames(firefox).map(({ name }) => name),
    ['divide'],
  )
  const safari = Object.assign(new Error(), { stack: '<?>.wasm-function[1]@[wasm code]\nglobal code@' })
  assert.deepEqual(
    new Backtracer(store, () => new Map()).frames(safari).map(({ name }) => name),
    ['divide'],
  )
})
