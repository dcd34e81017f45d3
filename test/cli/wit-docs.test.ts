/** `tenon wit docs`. */
import assert from 'node:assert/strict'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { runCli } from '../support/run-cli.ts'

describe('a site about packages', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-wit-docs-'))
    writeFileSync(
      join(folder, 'a.wit'),
      'package my:a; interface i { use my:b/j.{t}; @unstable(feature = x) f: func() -> t; }',
    )
    writeFileSync(join(folder, 'b.wit'), 'package my:b; interface j { type t = u8; }')
    writeFileSync(join(folder, 'broken.wit'), 'package my:c; interface i { f: func() -> nothing; }')
  })
  after(() => rmSync(folder, { recursive: true }))
  const run = (...args: string[]) => runCli(['wit', 'docs', ...args], { cwd: folder })

  test('several files that need each other', async () => {
    const { code, stdout, stderr } = await run('a.wit', 'b.wit', '-o', 'site')
    assert.equal(stderr, '')
    assert.equal(code, 0)
    assert.equal(stdout, '5 pages about 2 packages: site/index.html\n')
    assert.match(
      readFileSync(join(folder, 'site/index.html'), 'utf8'),
      /<a href="my\/a\/interface\.i\.html">i<\/a>/,
    )
    assert.match(readFileSync(join(folder, 'site/my/a/interface.i.html'), 'utf8'), /unstable: x/)
  })

  test('without unstable features', async () => {
    assert.equal((await run('a.wit', 'b.wit', '-o', 'site', '--features', '')).code, 0)
    assert.doesNotMatch(readFileSync(join(folder, 'site/my/a/interface.i.html'), 'utf8'), /unstable/)
  })

  test('a package in binary form, and a component', async () => {
    assert.equal((await runCli(['wit', 'b.wit', '--wasm', '-o', 'b.wasm'], { cwd: folder })).code, 0)
    assert.equal((await run('b.wasm', '-o', 'binary')).code, 0)
    assert.match(readFileSync(join(folder, 'binary/my/b/interface.j.html'), 'utf8'), /id="t"/)
    const calculator = join(import.meta.dirname, '../../examples/calculator/rust/calculator.wasm')
    assert.equal((await run(calculator, '-o', 'component')).code, 0)
    const world = readFileSync(join(folder, 'component/root/component/world.root.html'), 'utf8')
    assert.match(world, /interface\.add\.html">tenon-examples:interfaced-adder\/add</)
  })

  test('links in the folder are not followed', { skip: process.platform === 'win32' }, async () => {
    mkdirSync(join(folder, 'outside'))
    mkdirSync(join(folder, 'linked'))
    symlinkSync(join(folder, 'outside'), join(folder, 'linked/my'))
    const { code, stderr } = await run('b.wit', '-o', 'linked')
    assert.equal(code, 1)
    assert.match(stderr, /^error: linked\/my: is a link, which may lead out of linked: remove it/)
    assert.deepEqual(readdirSync(join(folder, 'outside')), [])
    symlinkSync(join(folder, 'hit'), join(folder, 'outside/b.wit'))
    assert.match(
      (await runCli(['wit', 'b.wit', '--out-dir', 'outside'], { cwd: folder })).stderr,
      /b\.wit: is a link/,
    )
    assert.ok(!existsSync(join(folder, 'hit')))
    // The folder itself may be one: it was named.
    symlinkSync(mkdtempSync(join(folder, 'own-')), join(folder, 'alias'))
    assert.equal((await run('b.wit', '-o', 'alias')).code, 0)
  })

  test('what is wrong is said, and nothing is written', async () => {
    assert.match(
      (await run('broken.wit', '-o', 'other')).stderr,
      /type `nothing` does not exist\n --> broken\.wit:1:42/,
    )
    assert.match((await run('a.wit')).stderr, /where to\? name a folder with -o/)
    assert.match((await run('-o', 'x')).stderr, /which package\?/)
    assert.match((await run('b.wit', '-o', 'a.wit')).stderr, /a\.wit: is a file, wanted a folder/)
    assert.match((await run('--help')).stdout, /^Usage: tenon wit docs PACKAGE/)
  })
})
