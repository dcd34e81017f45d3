/** `tenon wit fmt`. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { runCli } from '../support/run-cli.ts'

describe('formatting files', () => {
  let cwd: string
  const read = (name: string): string => readFileSync(join(cwd, name), 'utf8')
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'a.wit': 'package a:b;\n\n// kept\ninterface i {\n\tf: func(a:u8);  \n}\n',
    'good.wit': 'interface j {}\n',
    'inner/b.wit': 'interface k { }',
    'deps/c/c.wit': 'package c:c;interface k { }',
    'other.txt': 'interface k { }',
  }
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'tenon-fmt-'))
    mkdirSync(join(cwd, 'deps/c'), { recursive: true })
    mkdirSync(join(cwd, 'inner'))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text)
  })
  afterEach(() => rmSync(cwd, { recursive: true }))

  test('of a folder', async () => {
    const { code, stdout, stderr } = await runCli(['wit', 'fmt'], { cwd })
    assert.deepEqual([code, stdout, stderr], [0, 'formatted a.wit\nformatted inner/b.wit\n', ''])
    assert.equal(read('a.wit'), 'package a:b;\n\n// kept\ninterface i {\n  f: func(a: u8);\n}\n')
    assert.equal(read('deps/c/c.wit'), files['deps/c/c.wit'])
    assert.equal(read('other.txt'), files['other.txt'])
    const again = await runCli(['wit', 'fmt', '.', 'a.wit'], { cwd })
    assert.deepEqual([again.code, again.stdout, again.stderr], [0, '', ''])
  })

  test('--check names those that are not formatted, and what would change', async () => {
    const { code, stdout, stderr } = await runCli(['wit', 'fmt', '--check', 'a.wit', 'good.wit'], { cwd })
    assert.equal(code, 1)
    assert.equal(stdout, 'a.wit is not formatted\n 5 | - →f: func(a:u8);··\n   | +   f: func(a: u8);\n')
    assert.equal(stderr, '1 of 2 not formatted: `tenon wit fmt` does it\n')
    assert.equal(read('a.wit'), files['a.wit'])
    assert.equal((await runCli(['wit', 'fmt', '--check', 'good.wit'], { cwd })).code, 0)
  })

  test('leaves alone what is no text', async () => {
    writeFileSync(join(cwd, 'core.wit'), Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))
    const { code, stderr } = await runCli(['wit', 'fmt', 'core.wit'], { cwd })
    assert.deepEqual([code, stderr], [1, 'error: core.wit: found bytes, wanted a text in WIT\n'])
  })

  test('leaves alone what does not parse, and formats the others', async () => {
    writeFileSync(join(cwd, 'bad.wit'), 'interface  { }')
    writeFileSync(join(cwd, 'bytes.wit'), Uint8Array.of(0x2f, 0x2f, 0xff))
    const { code, stdout, stderr } = await runCli(['wit', 'fmt', 'bad.wit', 'bytes.wit', 'inner'], { cwd })
    assert.deepEqual([code, stdout], [1, 'formatted inner/b.wit\n'])
    assert.match(stderr, /^error: expected an identifier, found '\{'\n --> bad\.wit:1:12\n/)
    assert.match(stderr, /^error: this is not UTF-8\n --> bytes\.wit:1:3\n/m)
    assert.equal(read('bad.wit'), 'interface  { }')
  })

  test('standard input', async () => {
    const input = 'interface i { }'
    assert.equal((await runCli(['wit', 'fmt', '--stdin'], { cwd, input })).stdout, 'interface i {}\n')
    const checked = await runCli(['wit', 'fmt', '--check', '-'], { cwd, input })
    assert.deepEqual(
      [checked.code, checked.stdout],
      [1, '<stdin> is not formatted\n 1 | - interface i { }\n   | + interface i {}\n   | +\n'],
    )
  })

  test('wrong command lines', async () => {
    const says = async (...args: string[]) => (await runCli(['wit', 'fmt', ...args], { cwd })).stderr
    assert.match(await says('nowhere.wit'), /^error: nowhere\.wit: no such file\n/)
    assert.match(await says('-', 'a.wit'), /either files or standard input/)
    assert.match(await says('--chek'), /did you mean --check\?\nsee `tenon wit fmt --help`/)
  })

  test('--help', async () => {
    const { code, stdout } = await runCli(['wit', 'fmt', '--help'])
    assert.equal(code, 0)
    assert.match(stdout, /^Usage: tenon wit fmt /)
    assert.equal((await runCli(['help', 'wit', 'fmt'])).stdout, stdout)
  })
})
