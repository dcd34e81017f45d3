/** `tenon plug` and `tenon compose`. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { validate } from '../../src/validation/validate.ts'
import { runCli } from '../support/run-cli.ts'

describe('composing on the command line', () => {
  let folder: string
  const file = (name: string): string => join(folder, name)
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-plug-'))
    mkdirSync(file('deps/my'), { recursive: true })
    writeFileSync(
      file('user.wat'),
      '(component (import "f" (func)) (import "log" (func)) (export "run" (func 0)))',
    )
    writeFileSync(file('f.wat'), '(component (import "g" (func)) (export "f" (func 0)))')
    writeFileSync(file('wrong.wat'), '(component (import "g" (func (param "n" u8))) (export "f" (func 0)))')
    writeFileSync(file('deps/my/user.wat'), readFileSync(file('user.wat')))
    writeFileSync(
      file('app.wac'),
      'package my:app;\nlet f = new my:f { ... };\nexport new my:user { f: f.f, ... }.run;\n',
    )
  })
  after(() => rmSync(folder, { recursive: true }))

  const importsOf = (path: string): string[] => [...validate(decode(readFileSync(path))).imports.keys()]

  test('a plug, and one that does not fit', async () => {
    const args = [
      'plug',
      file('user.wat'),
      '--plug',
      file('wrong.wat'),
      '--plug',
      file('f.wat'),
      '-o',
      file('out.wasm'),
    ]
    assert.deepEqual(await runCli(args), {
      code: 0,
      signal: null,
      stdout: '',
      stderr: `warning: \`f\` of local:wrong does not fit the import \`f\` of local:user:
  expected 0 parameters, found 1
  expected func()
  found    func(n: u8)
warning: local:wrong is not in the composition: nothing that it exports fits
`,
    })
    assert.deepEqual(importsOf(file('out.wasm')), ['g', 'log'])
  })

  test('nothing plugged', async () => {
    const { code, stdout, stderr } = await runCli(['plug', file('f.wat'), '--plug', file('user.wat')])
    assert.deepEqual([code, stdout], [1, ''])
    assert.equal(
      stderr,
      `error: nothing that the plugs export fits an import of local:f
  local:user exports run
  local:f imports g
`,
    )
  })

  test('a function where the interface around it is wanted', async () => {
    writeFileSync(
      file('wants.wat'),
      '(component (import "my:sum/add" (instance $i (export "add" (func)))) (alias export $i "add" (func $f)) (export "run" (func $f)))',
    )
    writeFileSync(file('bare.wat'), '(component (import "log" (func $f)) (export "add" (func $f)))')
    const { code, stderr } = await runCli(['plug', file('wants.wat'), '--plug', file('bare.wat')])
    assert.equal(code, 1)
    assert.equal(
      stderr,
      `error: nothing that the plugs export fits an import of local:wants
  \`add\` of local:bare is like the import \`my:sum/add\`:
    it is called otherwise
    its type differs: expected instance, found func
      it fits the \`add\` in it: export it from an interface \`my:sum/add\`
  local:bare exports add
  local:wants imports my:sum/add
`,
    )
  })

  test('a text, with one package elsewhere', async () => {
    const options = ['--deps-dir', file('deps'), '--dep', `my:f=${file('f.wat')}`]
    const made = await runCli(['compose', file('app.wac'), ...options, '-o', file('app.wasm')])
    assert.deepEqual(made, { code: 0, signal: null, stdout: '', stderr: '' })
    assert.deepEqual(importsOf(file('app.wasm')), ['g', 'log'])
    const referring = await runCli([
      'compose',
      file('app.wac'),
      ...options,
      '--import-dependencies',
      '-o',
      file('app.wasm'),
    ])
    assert.equal(referring.code, 0)
    assert.deepEqual(importsOf(file('app.wasm')), [
      'g',
      'log',
      'unlocked-dep=<my:f>',
      'unlocked-dep=<my:user>',
    ])
  })

  test('what is left open, and what comes nearest', async () => {
    const { code, stdout } = await runCli(['plug', file('user.wat'), '--plug', file('f.wat'), '--explain'])
    assert.equal(code, 0)
    assert.equal(
      stdout,
      `Left open:
  g: func()
    wanted by local:f
    no package exports anything like it
  log: func()
    wanted by local:user
    no package exports anything like it
`,
    )
  })

  const wrong: readonly [args: readonly string[], words: RegExp][] = [
    [['plug'], /^error: which socket\?/],
    [['plug', 'a.wasm'], /^error: what is to be plugged\?/],
    [['plug', 'a.wasm', 'b.wasm', '--plug', 'c.wasm'], /^error: one socket at a time, found also b\.wasm/],
    [['compose'], /^error: which text\?/],
    [['compose', 'a.wac', '--dep', 'a.wasm'], /^error: --dep a\.wasm: wanted a package and where it is/],
  ]
  for (const [args, words] of wrong) {
    test(`wrong: tenon ${args.join(' ')}`, async () => {
      const { code, stderr } = await runCli(args)
      assert.equal(code, 2)
      assert.match(stderr, words)
    })
  }
})
