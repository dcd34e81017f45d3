/** `tenon targets`, and packages in binary form on the command line. */
import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { runCli } from '../support/run-cli.ts'

describe('components and worlds on the command line', () => {
  let cwd: string
  before(() => {
    cwd = mkdtempSync(join(tmpdir(), 'tenon-targets-'))
    mkdirSync(join(cwd, 'wit'))
    copyFileSync(resolve('examples/adder/rust/adder.wasm'), join(cwd, 'adder.wasm'))
    writeFileSync(
      join(cwd, 'wit', 'app.wit'),
      `package my:app@1.0.0;
/// Adds.
world good { export add: func(a: s32, b: s32) -> s32; }
world wide { export add: func(a: s32, b: s64) -> s32; export addd: func(); }
interface point { /// Flat.
record point { x: u32 } }
`,
    )
  })
  after(() => rmSync(cwd, { recursive: true }))
  const run = (...args: string[]) => runCli(args, { cwd })

  test('one that fits', async () => {
    const { code, stdout, stderr } = await run('targets', 'adder.wasm', '--world', 'good')
    assert.deepEqual([code, stdout, stderr], [0, 'adder.wasm fits my:app/good@1.0.0\n', ''])
  })

  test('one that does not, with every reason', async () => {
    const { code, stdout, stderr } = await run(
      'targets',
      'adder.wasm',
      '--world',
      'my:app/wide',
      '--wit',
      'wit/app.wit',
    )
    assert.deepEqual([code, stderr], [1, ''])
    assert.equal(
      stdout,
      `error: export add › function parameter \`b\`: the world has \`s64\`, the component \`s32\`
 --> wit/app.wit:4:21
  |
4 | world wide { export add: func(a: s32, b: s64) -> s32; export addd: func(); }
  |                     ^^^ in the world
  = in the world      func(a: s32, b: s64) -> s32
  = in the component  func(a: s32, b: s32) -> s32

error: export addd: the component does not export it
 --> wit/app.wit:4:62
  |
4 | world wide { export add: func(a: s32, b: s64) -> s32; export addd: func(); }
  |                                                              ^^^^ in the world
  = did you mean \`add\`?

adder.wasm does not fit my:app/wide@1.0.0, for 2 reasons
`,
    )
  })

  test('as JSON', async () => {
    const { code, stdout } = await run('targets', 'adder.wasm', '--world', 'wide', '--json')
    assert.equal(code, 1)
    const { world, fits, breaks } = JSON.parse(stdout)
    assert.deepEqual([world, fits, breaks.length], ['my:app/wide@1.0.0', false, 2])
    assert.deepEqual(breaks[0].path, ['add', 'function parameter `b`'])
    assert.deepEqual(breaks[0].place, { file: 'wit/app.wit', line: 4, column: 21 })
  })

  test('the world of another component', async () => {
    assert.equal((await run('targets', 'adder.wasm', '--wit', 'adder.wasm')).code, 0)
  })

  test('usage', async () => {
    for (const [args, says] of [
      [['targets'], /which component\?/],
      [['targets', 'a.wasm', 'b.wasm'], /one component at a time, found also b\.wasm/],
      [['targets', 'adder.wasm', '--world', 'goood'], /no world `goood`: did you mean `good`\?/],
      [['targets', 'adder.wasm'], /several worlds, name one: `good`, `wide`/],
      [['targets', 'adder.wasm', '--wit', 'nothing'], /nothing: no such file/],
      [['targets', 'none.wasm', '--world', 'good'], /none\.wasm: no such file/],
    ] as const) {
      const { code, stderr } = await run(...args)
      assert.notEqual(code, 0)
      assert.match(stderr, says)
    }
  })

  test('a package in binary form says what its text says, also in deps', async () => {
    mkdirSync(join(cwd, 'user', 'deps'), { recursive: true })
    writeFileSync(join(cwd, 'user', 'a.wit'), 'package u:u; interface i { use my:app/point@1.0.0.{point}; }')
    assert.equal((await run('wit', 'wit', '--wasm', '-o', 'user/deps/app.wasm')).code, 0)
    const [text, binary] = [await run('wit', 'wit'), await run('wit', 'user/deps/app.wasm')]
    assert.equal(binary.stdout, text.stdout)
    assert.match(binary.stdout, /\/\/\/ Flat\./)
    const { code, stdout } = await run('wit', 'user')
    assert.equal(code, 0)
    assert.match(stdout, /use my:app\/point@1\.0\.0\.\{point\};/)
  })
})
