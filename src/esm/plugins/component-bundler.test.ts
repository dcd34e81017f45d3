import assert from 'node:assert/strict'
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, beforeEach, describe, test } from 'node:test'
import {
  ComponentBundler,
  isComponentModule,
  isOwnImport,
  type Output,
  splitQuery,
} from './component-bundler.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenon-bundler-'))
after(() => rmSync(folder, { recursive: true }))

const file = join(folder, 'my-store.wasm')
const types = join(folder, 'my-store.d.wasm.ts')
const packageFile = join(folder, 'package.json')

const table = (imports: object) => writeFileSync(packageFile, JSON.stringify({ tenon: { imports } }))

beforeEach(() => {
  rmSync(types, { force: true })
  copyFileSync('examples/kv-store/rust/kv-store.wasm', file)
  table({ log: './log.js', '*': './other.js' })
})

/** The source of the component's module, with what was emitted and watched for it. */
function load(bundler: ComponentBundler, id = file) {
  const emitted = new Map<string, Uint8Array>()
  const watched: string[] = []
  const output: Output = {
    emit: (name, bytes) => {
      emitted.set(name, bytes)
      return JSON.stringify(`assets/${name}`)
    },
    watch: (path) => void watched.push(path),
  }
  return { source: bundler.load(id, output), emitted, watched }
}

describe('a component for a bundler', () => {
  test('imports what the package says, relative to where it lies', () => {
    const { source, watched } = load(new ComponentBundler({}))
    assert.match(source!, /^import \* as \$import\d+ from "\.\/log\.js"$/m)
    assert.match(source!, /^import \* as \$import\d+ from "\.\/other\.js"$/m)
    assert.ok(!source!.includes(folder))
    assert.deepEqual(watched, [file, packageFile])
  })

  test('emits core modules, and has their addresses', () => {
    const { source, emitted } = load(new ComponentBundler({}))
    assert.ok(emitted.has('my-store.core.wasm'))
    for (const [name, bytes] of emitted) {
      assert.deepEqual([...bytes.subarray(0, 4)], [0, 0x61, 0x73, 0x6d])
      assert.ok(source!.includes(`new URL("assets/${name}", import.meta.url)`))
    }
  })

  test('is called as it likes', () => {
    const odd = join(folder, "it's [id].wasm")
    copyFileSync(file, odd)
    const { source, emitted } = load(new ComponentBundler({}), odd)
    assert.ok(emitted.has('component.core.wasm'))
    assert.match(source!, /^\/\/ Made by tenon/)
  })

  test('is asked of the options first', () => {
    const logger = relative('', join(folder, 'logger.js'))
    const { source } = load(
      new ComponentBundler({ imports: { log: `./${logger}`, 'wasi:*': 'wasi-package' } }),
    )
    assert.match(source!, /from "\.\/logger\.js"$/m)
    assert.match(source!, /from "wasi-package"$/m)
    assert.doesNotMatch(source!, /log\.js/)
  })

  test('follows a table that changes', () => {
    const bundler = new ComponentBundler({})
    load(bundler)
    table({ '*': './changed.js' })
    assert.match(load(bundler).source!, /from "\.\/changed\.js"$/m)
    table({})
    assert.throws(() => load(bundler), {
      code: 'link',
      message: /my-store\.wasm: nothing says which module 2 imports come from/,
    })
  })

  test('leaves others alone', () => {
    writeFileSync(join(folder, 'core.wasm'), Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))
    for (const id of ['core.wasm', 'none.wasm', 'my-store.wasm?url', 'my-store.wasm?init', 'package.json'])
      assert.equal(load(new ComponentBundler({}), join(folder, id)).source, undefined, id)
    assert.notEqual(load(new ComponentBundler({}), `${file}?second`).source, undefined)
  })
})

describe('types beside a component', () => {
  const bundler = new ComponentBundler({ types: true })

  test('are written where they are asked for', () => {
    load(new ComponentBundler({}))
    assert.ok(!existsSync(types))
    load(bundler)
    assert.match(
      readFileSync(types, 'utf8'),
      /export declare function replaceValue\(key: string, value: string\)/,
    )
  })

  test('are written when they change', () => {
    load(bundler)
    utimesSync(types, 1, 1)
    load(bundler)
    assert.equal(statSync(types).mtimeMs, 1000)
    copyFileSync('examples/adder/rust/adder.wasm', file)
    load(bundler)
    assert.match(readFileSync(types, 'utf8'), /export declare function add\(/)
  })

  test('do not replace what somebody else wrote', () => {
    writeFileSync(types, 'export declare const mine: number')
    assert.throws(() => load(bundler), {
      code: 'file',
      message: /my-store\.d\.wasm\.ts: it is not ours to replace/,
    })
    assert.equal(readFileSync(types, 'utf8'), 'export declare const mine: number')
  })
})

test('which modules are components', () => {
  for (const id of ['/a.wasm', '/a.wasm?second', 'C:\\a.wasm']) assert.equal(isComponentModule(id), true, id)
  for (const id of ['/a.js', '/a.wasm.js', '\0a.wasm', '/a.wasm?raw', '/a.wasm?x&url', '/a.js?x=a.wasm'])
    assert.equal(isComponentModule(id), false, id)
})

test('which imports are ours', () => {
  assert.ok(isOwnImport('tenon/transpiled', '/a.wasm'))
  assert.ok(!isOwnImport('tenon/transpiled', '/a.js'))
  assert.ok(!isOwnImport('tenonic', '/a.wasm'))
  assert.ok(!isOwnImport('tenon/wasi', undefined))
})

test('queries', () => {
  assert.deepEqual(splitQuery('/a.wasm?b?c'), { path: '/a.wasm', query: '?b?c' })
  assert.deepEqual(splitQuery('/a.wasm'), { path: '/a.wasm', query: '' })
})
