import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { runCli } from '../support/run-cli.ts'

const guest = (name: string): string => join(import.meta.dirname, `../../examples/${name}/rust/${name}.wasm`)

describe('tenon transpile', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-cli-transpile-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  test('writes a module, its types and its core modules, the same each time', async () => {
    const to = join(folder, 'deep', 'adder')
    const read = () => readdirSync(to).map((file) => [file, readFileSync(join(to, file), 'latin1')])
    assert.deepEqual(await runCli(['transpile', guest('adder'), '-o', to]), done)
    const first = read()
    assert.deepEqual(
      first.map(([file]) => file),
      ['adder.core.wasm', 'adder.d.ts', 'adder.js'],
    )
    assert.deepEqual(await runCli(['transpile', guest('adder'), '-o', to]), done)
    assert.deepEqual(read(), first)
  })

  test('takes names, imports and standard input', async () => {
    const input = readFileSync(guest('kv-store'))
    const args = ['-n', 'store', '-m', 'log=./log.js', '-m', 'tenon-examples:kv-store/*=./kvdb.js']
    assert.deepEqual(await runCli(['transpile', '-', '-o', folder, ...args], { input }), done)
    const source = readFileSync(join(folder, 'store.js'), 'utf8')
    for (const specifier of ['./log.js', './kvdb.js', 'tenon/esm/wasi'])
      assert.ok(source.includes(`from "${specifier}"`))
    const { stderr, code } = await runCli(['transpile', '-', '-o', folder], { input })
    assert.match(stderr, /what is it called\? give --name NAME/)
    assert.equal(code, 2)
  })

  test('says which --map nothing needs', async () => {
    const maps = ['log=./log.js', 'tenon-examples:kv-store/*=./kvdb.js', 'wasi:cli/stdotu=./x.js']
    const args = ['transpile', guest('kv-store'), '-o', join(folder, 'mapped')]
    const { code, stderr } = await runCli([...args, ...maps.flatMap((each) => ['--map', each])])
    assert.deepEqual(
      [code, stderr],
      [0, 'note: nothing is imported as wasi:cli/stdotu, did you mean wasi:cli/stdout?\n'],
    )
  })

  test('does not write over what others wrote', async () => {
    const file = join(folder, 'adder.js')
    writeFileSync(file, '// mine\n')
    const { stderr, code } = await runCli(['transpile', guest('adder'), '-o', folder])
    assert.match(stderr, /adder\.js is there, and was not made by tenon transpile/)
    assert.equal(code, 2)
    assert.equal(readFileSync(file, 'utf8'), '// mine\n')
    const types = join(folder, 'types-of-mine.d.ts')
    writeFileSync(types, '// mine\n')
    const args = ['transpile', guest('adder'), '-o', folder, '-n', 'types-of-mine']
    assert.match((await runCli(args)).stderr, /types-of-mine\.d\.ts is there, and was not made by/)
    assert.equal(readFileSync(types, 'utf8'), '// mine\n')
    mkdirSync(join(folder, 'taken.js'))
    const { stderr: says } = await runCli(['transpile', guest('adder'), '-o', folder, '-n', 'taken'])
    assert.match(says, /taken\.js: is a directory, wanted a file to write/)
  })

  test('quotes the runtime’s specifier', async () => {
    const args = ['-n', 'quoted', '--runtime', `it's "\\ \`here\``, '--instantiation']
    assert.deepEqual(await runCli(['transpile', guest('adder'), '-o', folder, ...args]), done)
    assert.match(readFileSync(join(folder, 'quoted.js'), 'utf8'), / from "it's \\"\\\\ `here`"$/m)
    assert.match(
      readFileSync(join(folder, 'quoted.d.ts'), 'utf8'),
      /import\('it\\'s "\\\\ `here`'\)\.Instance/,
    )
  })

  const wrong: readonly [args: readonly string[], says: RegExp][] = [
    [[guest('adder')], /where to\? give a folder: -o DIR/],
    [[], /which component\?/],
    [[guest('adder'), '-o', '.', '-n', '../x'], /"\.\.\/x" cannot begin the name of a file/],
    [[guest('adder'), '-o', '.', '-n', 'Con.x'], /"Con\.x" cannot begin the name of a file/],
    [[guest('adder'), '-o', '.', '-n', 'é'.repeat(101)], /cannot begin the name of a file/],
    [[guest('adder'), '-o', ''], /where to\?/],
    [[guest('adder'), '-o', '.', '-m', 'log'], /--map log is not of the form NAME=MODULE/],
    [[guest('adder'), '-o', '.', '-m', 'a=b', '--instantiation'], /with --instantiation imports are given/],
    [[guest('kv-store'), '-o', '.'], /nothing says which module 2 imports come from/],
  ]
  for (const [args, says] of wrong) {
    test(`refuses ${args.slice(args.length > 1 ? 1 : 0).join(' ') || 'nothing'}`, async () => {
      const { code, stdout, stderr } = await runCli(['transpile', ...args])
      assert.match(stderr, says)
      assert.equal(stdout, '')
      assert.notEqual(code, 0)
    })
  }
})

const done = { code: 0, signal: null, stdout: '', stderr: '' }
