import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, describe, test } from 'node:test'
import { coreSections } from '../binary/core-sections.ts'
import { decode } from '../binary/decode.ts'
import { compile } from '../compile/compile.ts'
import type { ByteRange, Component as Syntax } from '../component/component.ts'
import { Component } from '../index.ts'
import { validate } from '../validation/index.ts'
import { PlanCache } from './plan-cache.ts'
import type { CompiledComponent } from './plan-file.ts'
import { planKey } from './plan-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenon-plan-cache-'))
after(() => rmSync(folder, { recursive: true }))

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(folder, 'cache-'))
})

const adder = new Uint8Array(readFileSync('examples/adder/rust/adder.wasm'))
const values = new Uint8Array(readFileSync('bench/guests/values/values.wasm'))

function compiled(bytes: Uint8Array): CompiledComponent {
  const syntax = decode(bytes)
  return { name: undefined, type: validate(syntax), plan: compile(syntax) }
}

/** Whether a component had to be compiled; what came of it is right in any case. */
function misses(bytes: Uint8Array): boolean {
  let missed = false
  const made = new PlanCache(directory).compiled(bytes, () => {
    missed = true
    return compiled(bytes)
  })
  assert.deepEqual(made, compiled(bytes))
  return missed
}

const only = (): string => join(directory, readdirSync(directory)[0]!)

describe('the cache of Plans', () => {
  test('compiles each component once', () => {
    assert.deepEqual([adder, values, adder, values].map(misses), [true, true, false, false])
    assert.equal(readdirSync(directory).length, 2)
  })

  test('counts every use', () => {
    misses(adder)
    utimesSync(only(), 1, 1)
    misses(adder)
    assert.ok(statSync(only()).mtimeMs > 10_000)
  })

  const damages: Readonly<Record<string, (file: Buffer) => Uint8Array>> = {
    nothing: () => new Uint8Array(),
    'no such file': () => Buffer.from('process.exit(1)'),
    'half of it': (file) => file.subarray(0, file.length / 2),
    'all but a byte': (file) => file.subarray(0, -1),
    'a byte more': (file) => Buffer.concat([file, Buffer.of(0)]),
    'another byte': (file) => file.fill(0xff, file.length - 9, file.length - 8),
    'another version': (file) =>
      Buffer.from(file.toString('latin1').replace('+sources', '+Sources'), 'latin1'),
  }
  for (const [what, damage] of Object.entries(damages)) {
    test(`makes anew what is there as ${what}`, () => {
      misses(adder)
      const sound = readFileSync(only())
      writeFileSync(only(), damage(Buffer.from(sound)))
      // Bytes after the Plan are a component in a file that is no cache's, and nothing here.
      assert.equal(misses(adder), what !== 'a byte more')
      if (what !== 'a byte more') assert.deepEqual(readFileSync(only()), sound)
    })
  }

  test('does not take the Plan of one component for another’s', () => {
    misses(adder)
    const first = only()
    const plan = readFileSync(first)
    rmSync(first)
    misses(values)
    writeFileSync(only(), plan)
    assert.equal(misses(values), true)
  })

  test('is none of the precompiled: they have their Plan', () => {
    assert.throws(() => Component.fromBytes(Component.precompile(adder).slice(0, 50), { cache: directory }))
    Component.fromBytes(Component.precompile(adder), { cache: directory })
    assert.deepEqual(readdirSync(directory), [])
  })

  test('keeps nothing of what is no component', () => {
    const broken = adder.slice(0, -1)
    assert.throws(() => Component.fromBytes(broken, { cache: directory }), { name: 'DecodeError' })
    assert.throws(() => Component.fromBytes(new Uint8Array(3), { cache: directory }), { name: 'DecodeError' })
    assert.deepEqual(readdirSync(directory), [])
  })

  test('serves many processes at once', async () => {
    const program = `
      import { Component } from 'tenon'
      import { readFileSync } from 'node:fs'
      const bytes = new Uint8Array(readFileSync('bench/guests/values/values.wasm'))
      for (let i = 0; i < 30; i++) {
        if (Component.fromBytes(bytes, { cache: ${JSON.stringify(directory)} }).exports.length === 0) process.exit(3)
      }`
    const args = ['--conditions=tenon-source', '--input-type=module', '--eval', program]
    const codes = await Promise.all(
      [1, 2, 3].map(
        () =>
          new Promise((resolve) => spawn(process.execPath, args, { stdio: 'inherit' }).on('close', resolve)),
      ),
    )
    assert.deepEqual(codes, [0, 0, 0])
    assert.equal(readdirSync(directory).length, 1)
    assert.equal(misses(values), false)
  })
})

describe('the key', () => {
  const hex = (bytes: Uint8Array, context = ''): string =>
    Buffer.from(planKey(bytes, context)).toString('hex')

  test('is of the context, and where it ends', () => {
    assert.equal(new Set(['', 'a', 'b'].map((context) => hex(adder, context))).size, 3)
  })

  /** What the key leaves out. */
  function unread({ definitions, bytes }: Syntax): ByteRange[] {
    return definitions.flatMap((definition) => {
      if (definition.kind === 'component') return unread(definition.component)
      if (definition.kind !== 'core-module') return []
      return coreSections(bytes, definition.range)
        .filter(({ name }) => ['custom', 'code', 'data', 'element'].includes(name))
        .map(({ range }) => range)
    })
  }

  for (const file of ['examples/kv-store/rust/kv-store.wasm', 'test/cli/guest/guest.wasm']) {
    test(`leaves out what the Plan of ${file} does not depend on, and nothing else`, () => {
      const bytes = new Uint8Array(readFileSync(file))
      const left = unread(decode(bytes))
      const size = left.reduce((sum, { start, end }) => sum + end - start, 0)
      assert.ok(size > 0.7 * bytes.length, `${size} of ${bytes.length}`)
      const other = bytes.slice()
      for (const { start, end } of left) other.fill(0xff, start, end)
      assert.equal(hex(other), hex(bytes))
      assert.deepEqual(compiled(other), compiled(bytes))
      const isLeft = new Uint8Array(bytes.length)
      for (const { start, end } of left) isLeft.fill(1, start, end)
      for (let at = 8; at < bytes.length; at += 31) {
        if (isLeft[at]) continue
        const changed = bytes.slice()
        changed[at]! ^= 0x01
        assert.notEqual(safely(changed), hex(bytes), `byte ${at}`)
      }
    })
  }

  /** A size that is another may make it no sequence of sections. */
  function safely(bytes: Uint8Array): string | undefined {
    try {
      return hex(bytes)
    } catch {
      return undefined
    }
  }
})
