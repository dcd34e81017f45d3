import assert from 'node:assert/strict'
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { runCli } from '../support/run-cli.ts'

suite('tenon types', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-'))
    cpSync('examples/adder/rust/adder.wasm', join(folder, 'my_adder.wasm'))
    writeFileSync(
      join(folder, 'two.wit'),
      'package a:b; world one { export f: func(); } world two { import g: func(); }',
    )
    mkdirSync(join(folder, 'plain/deps'), { recursive: true })
    writeFileSync(
      join(folder, 'plain/plain.wit'),
      'package a:c@1.0.0; interface i { use d:e/k.{t}; f: func() -> t; }',
    )
    writeFileSync(
      join(folder, 'plain/deps/e.wit'),
      'package d:e; interface k { type t = u8; @unstable(feature = x) g: func(); }',
    )
  })
  after(() => rmSync(folder, { recursive: true }))

  const types = (...args: string[]) => runCli(['types', ...args], { cwd: folder })
  const filesIn = (path: string) => globSync('**/*.ts', { cwd: join(folder, path) }).sort()
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')

  test('calls the world of a component as its file is called', async () => {
    assert.deepEqual(await types('my_adder.wasm', '-o', 'adder'), {
      code: 0,
      signal: null,
      stdout: '',
      stderr: '',
    })
    assert.deepEqual(filesIn('adder'), ['my-adder.d.ts'])
    assert.match(read('adder/my-adder.d.ts'), /export interface MyAdder \{/)
    await types('my_adder.wasm', '--world', 'sum', '-o', 'sum')
    assert.match(read('sum/sum.d.ts'), /export interface Sum \{/)
  })

  test('writes a module beside the component', async () => {
    assert.equal((await types('my_adder.wasm', '--module')).code, 0)
    assert.match(read('my_adder.d.wasm.ts'), /export declare function add\(a: number, b: number\): number/)
  })

  test('does not write over what others wrote', async () => {
    mkdirSync(join(folder, 'others'))
    writeFileSync(join(folder, 'others/one.d.ts'), 'export type Mine = 1\n')
    const { code, stderr } = await types('two.wit', '--world', 'one', '-o', 'others')
    assert.match(
      stderr,
      /one\.d\.ts is there, and was not made by tenon types: remove it, or give another folder/,
    )
    assert.equal(code, 2)
    assert.equal(read('others/one.d.ts'), 'export type Mine = 1\n')
    for (const _ of ['made', 'made anew'])
      assert.equal((await types('two.wit', '--guest', '-o', 'others/of-guests')).code, 0)
  })

  test('gives several worlds a folder each', async () => {
    assert.equal((await types('two.wit', '-o', 'two')).code, 0)
    assert.deepEqual(filesIn('two'), ['one/one.d.ts', 'two/two.d.ts'])
    assert.equal((await types('two.wit', '--world', 'one', '-o', 'one')).code, 0)
    assert.deepEqual(filesIn('one'), ['one.d.ts'])
    assert.equal((await types('two.wit', '--world', 'two', '--guest', '-o', 'guest')).code, 0)
    assert.match(read('guest/two.d.ts'), /declare module 'g' \{/)
  })

  test('declares interfaces where there is no world', async () => {
    assert.equal((await types('plain', '-o', 'plain-types')).code, 0)
    assert.deepEqual(filesIn('plain-types'), ['c.d.ts', 'imports/a/c/i.d.ts', 'imports/d/e/k.d.ts'])
    assert.doesNotMatch(read('plain-types/imports/d/e/k.d.ts'), /g\(\)/)
    await types('plain', '-o', 'plain-types', '--all-features')
    assert.match(read('plain-types/imports/d/e/k.d.ts'), /@experimental unstable feature `x` \*\/\n *g\(\)/)
  })

  for (const [args, message] of [
    [['my_adder.wasm'], /where to\? give a folder with -o/],
    [['my_adder.wasm', 'two.wit', '-o', 'x'], /one file at a time, found also two\.wit/],
    [['my_adder.wasm', '-o', 'x', '--world', 'No Label'], /--world No Label: expected a name in kebab-case/],
    [['two.wit', '-o', 'x', '--world', 'on'], /no world `on`: did you mean `one`\?/],
    [['two.wit', '-o', 'x', '--guest', '--module'], /one of --guest and --module/],
  ] as const) {
    test(`refuses ${args.join(' ') || 'nothing'}`, async () => {
      const { code, stderr } = await types(...args)
      assert.match(stderr, message)
      assert.ok(code === 1 || code === 2)
    })
  }
})
