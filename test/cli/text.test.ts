/** `tenon parse` and `tenon print`, and text in place of a component's file. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { runCli } from '../support/run-cli.ts'

const adder = `(component $adder
  (core module $m (;0;)
    (type (;0;) (func (param i32 i32) (result i32)))
    (export "add" (func $add))
    (func $add (;0;) (type 0) (param i32 i32) (result i32)
      local.get 0
      local.get 1
      i32.add
    )
  )
  (core instance $i (;0;) (instantiate $m))
  (type (;0;) (func (param "a" u32) (param "b" u32) (result u32)))
  (alias core export $i "add" (core func (;0;)))
  (func (;0;) (type 0) (canon lift (core func 0)))
  (export (;1;) "add" (func 0))
)
`

describe('WebAssembly text on the command line', () => {
  let folder: string
  const file = (name: string): string => join(folder, name)
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-text-'))
    writeFileSync(file('some.wit'), 'package a:b;')
    writeFileSync(file('adder.wat'), adder)
    writeFileSync(file('bytes.wasm'), '\0asm\x0d\0\x01\0')
    writeFileSync(file('wrong.wat'), '(component\n  (core func $f (canon lower (func $g)))\n)\n')
  })
  after(() => rmSync(folder, { recursive: true }))

  test('parse to a file, print to standard output', async () => {
    const parsed = await runCli(['parse', file('adder.wat'), '-o', file('adder.wasm')])
    assert.deepEqual([parsed.code, parsed.stdout, parsed.stderr], [0, '', ''])
    assert.deepEqual(readFileSync(file('adder.wasm')).subarray(0, 8).toString('hex'), '0061736d0d000100')
    const printed = await runCli(['print', file('adder.wasm')])
    assert.deepEqual([printed.code, printed.stdout, printed.stderr], [0, adder, ''])
  })
  test('from standard input, and to a file', async () => {
    const { code, stderr } = await runCli(['print', '-', '-o', file('again.wat')], { input: adder })
    assert.deepEqual([code, stderr], [0, ''])
    assert.equal(readFileSync(file('again.wat'), 'utf8'), adder)
  })
  test('a script: what failed, what was skipped, and why', async () => {
    const script = file('script.wast')
    writeFileSync(
      script,
      `${adder}(assert_return (invoke "add" (u32.const 1) (u32.const 2)) (u32.const 3))
(assert_return (invoke "add" (u32.const 1) (u32.const 2)) (u32.const 4))
(module)
(assert_return (invoke $other "add"))
(module)`,
    )
    const { code, stdout } = await runCli(['wast', script])
    const line = adder.split('\n').length
    assert.equal(code, 1)
    assert.equal(
      stdout,
      `${script}:${line + 1}: assert_return: returned 3, wanted 4
2 passed, 1 failed, 3 skipped
  2 skipped: core modules are not run, first at ${script}:${line + 2}
  1 skipped: no instance $other, first at ${script}:${line + 3}
`,
    )
  })
  test('core modules', async () => {
    const { stdout } = await runCli(['print', '-'], { input: '(module $m (memory 1))' })
    assert.equal(stdout, '(module $m\n  (memory (;0;) 1)\n)\n')
  })
  test('an error is a code frame', async () => {
    const { code, stdout, stderr } = await runCli(['parse', file('wrong.wat')])
    assert.deepEqual([code, stdout], [1, ''])
    assert.equal(
      stderr,
      `error: unknown func: failed to find name \`$g\`
 --> ${file('wrong.wat')}:2:36
  |
2 |   (core func $f (canon lower (func $g)))
  |                                    ^^
`,
    )
  })
  test('a problem of the bytes is shown in the bytes, which says whose they are', async () => {
    const { code, stdout } = await runCli(['validate', '-'], { input: '(component (type (list 9)))' })
    assert.equal(code, 1)
    assert.match(stdout, /\n {9}= these are the bytes that `tenon parse` makes of <stdin>\n/)
  })
  test('what is called a text is read as one', async () => {
    writeFileSync(file('title.wat'), 'componnt')
    const { code, stderr } = await runCli(['wit', 'title.wat'], { cwd: folder })
    assert.equal(code, 1)
    assert.match(stderr, /^error: .*`componnt`\n --> title.wat:1:1\n/)
  })
  for (const [command, wanted] of [
    [['call', 'adder.wat', 'add(1, 2)'], '3\n'],
    [['wit', 'adder.wat'], /export add: func\(a: u32, b: u32\) -> u32;/],
    [['inspect', 'adder.wat'], /add: func\(a: u32, b: u32\) -> u32/],
    [['validate', 'adder.wat'], /valid component/],
  ] as const) {
    test(`tenon ${command.join(' ')}`, async () => {
      const { code, stdout, stderr } = await runCli(command, { cwd: folder })
      assert.deepEqual([code, stderr], [0, ''])
      if (typeof wanted === 'string') assert.equal(stdout, wanted)
      else assert.match(stdout, wanted)
    })
  }
  for (const [name, args, message] of [
    ['no file', ['parse'], 'error: which text? give the path of a .wat file\n'],
    ['two files', ['print', 'a', 'b'], 'error: one file at a time, found also b\n'],
    ['a file that is not there', ['parse', 'nothing.wat'], 'error: nothing.wat: no such file\n'],
    [
      'WIT',
      ['parse', 'some.wit'],
      'error: some.wit: is WIT, wanted WebAssembly text; `tenon wit some.wit` checks it\n',
    ],
    [
      'WAC as a script',
      ['wast', 'some.wac'],
      'error: some.wac: is WAC, wanted a script; `tenon compose some.wac` makes a component of it\n',
    ],
    [
      'bytes where a text belongs',
      ['parse', 'bytes.wasm'],
      'error: bytes.wasm: found bytes, wanted a text\nto see them as text: `tenon print bytes.wasm`\n',
    ],
    [
      'a folder that is not there',
      ['parse', 'adder.wat', '-o', 'none/adder.wasm'],
      'error: none/adder.wasm: there is no directory none\n',
    ],
    [
      'a folder to write to',
      ['parse', 'adder.wat', '-o', '.'],
      'error: .: is a directory, wanted a file to write\n',
    ],
  ] as const) {
    test(name, async () => {
      const { code, stderr } = await runCli(args, { cwd: folder })
      assert.notEqual(code, 0)
      assert.ok(stderr.startsWith(message), stderr)
    })
  }
})
