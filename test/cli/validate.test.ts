import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { assemble } from '../support/assemble.ts'
import { runCli } from '../support/run-cli.ts'

const adder = 'examples/adder/rust/adder.wasm'
const folder = mkdtempSync(join(tmpdir(), 'tenon-validate-'))
after(() => rmSync(folder, { recursive: true }))

function file(name: string, contents: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, contents)
  return path
}

const broken = await assemble(`(component
  (core module (func (export "f") (result i32) i64.const 1))
  (type (list 9))
  (type (option 0))
  (component (import "BadName" (func))))`)

test('what is valid is said in a line each, of core modules too', async () => {
  const module = file('module.wasm', await assemble('(module (func (export "f")))'))
  const { code, stdout, stderr } = await runCli(['validate', adder, module])
  assert.equal(code, 0)
  assert.equal(stdout, `${adder}: valid component\n${module}: valid core module\n`)
  assert.equal(stderr, '')
})

test('--quiet says nothing of valid files', async () => {
  assert.deepEqual(await runCli(['validate', '--quiet', '-'], { input: readFileSync(adder) }), {
    code: 0,
    signal: null,
    stdout: '',
    stderr: '',
  })
})

test('all problems of all files, each where it is', async () => {
  const path = file('broken.wasm', broken)
  const { code, stdout } = await runCli(['validate', path, adder])
  assert.equal(code, 1)
  const lines = stdout.split('\n')
  assert.deepEqual(
    lines.filter((line) => /^error:| --> /.test(line)).map((line) => line.replace(path, 'FILE')),
    [
      'error: Compiling function #0 failed: type mismatch: type error in fallthru[0] (expected i32, got i64)',
      ' --> FILE:0x2b (43), in core module 0',
      'error: unknown type 9: type index out of bounds, there are 0',
      ' --> FILE:0x2f (47), in type section › type 0',
      'error: import name `BadName` is not a valid extern name: `BadName` is not in kebab case',
      ' --> FILE:0x47 (71), in component 0 › import section › func 0',
    ],
  )
  assert.ok(lines.includes(`${path}: 3 problems`))
  assert.ok(lines.includes(`${adder}: valid component`))
})

test('a file that cannot be read does not keep the others from being checked', async () => {
  const { code, stdout, stderr } = await runCli(['validate', join(folder, 'none.wasm'), folder, adder])
  assert.equal(code, 1)
  assert.match(stderr, /none\.wasm: no such file\n.*is a directory, wanted a component\n/)
  assert.equal(stdout, `${adder}: valid component\n`)
})

test('--json', async () => {
  const cut = file('cut.wasm', broken.subarray(0, 55))
  const { code, stdout } = await runCli(['validate', '--json', adder, cut])
  assert.equal(code, 1)
  const [first, second] = JSON.parse(stdout) as { problems: object[] }[]
  assert.deepEqual(first, { file: adder, kind: 'component', valid: true, problems: [] })
  assert.partialDeepStrictEqual(second, { file: cut, kind: 'component', valid: false })
  // What stands before the place where the file ends is checked all the same.
  assert.deepEqual(second?.problems.slice(1), [
    {
      code: 'validation',
      message: 'unknown type 9: type index out of bounds, there are 0',
      offset: 0x2f,
      path: ['type section', 'type 0'],
    },
    {
      code: 'decode',
      message: 'unexpected end-of-file: wanted 29 more bytes, found 2',
      offset: 0x35,
      path: [],
    },
  ])
})

test('a text that does not parse', async () => {
  const path = file('broken.wat', '(component')
  const { code, stderr } = await runCli(['validate', path])
  assert.equal(code, 1)
  assert.match(stderr, /broken\.wat:1:1/)
  const { stdout } = await runCli(['validate', '--json', path])
  assert.partialDeepStrictEqual(JSON.parse(stdout), [
    { file: path, kind: null, valid: false, problems: [{ code: 'wat', offset: null, path: [] }] },
  ])
})

test('what is no WebAssembly at all', async () => {
  const { code, stdout } = await runCli(['validate', '--json', '-'], { input: '#!/bin/sh' })
  assert.equal(code, 1)
  assert.partialDeepStrictEqual(JSON.parse(stdout), [{ file: '<stdin>', kind: null, valid: false }])
})

test('usage', async () => {
  assert.match((await runCli(['validate', '--help'])).stdout, /^Usage: tenon validate FILE/)
  const { code, stderr } = await runCli(['validate'])
  assert.equal(code, 2)
  assert.match(stderr, /which files\?/)
})
