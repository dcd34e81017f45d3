/** `tenon wit` of packages. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { runCli } from '../support/run-cli.ts'

describe('packages on the command line', () => {
  let folder: string
  const file = (name: string): string => join(folder, name)
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenon-wit-'))
    mkdirSync(file('app/deps/time'), { recursive: true })
    writeFileSync(
      file('app/app.wit'),
      'package my:app;\nworld app { import my:time/now; export run: func(); }',
    )
    writeFileSync(file('app/more.wit'), 'interface more { @unstable(feature = x) f: func(); }')
    writeFileSync(
      file('app/deps/time/now.wit'),
      'package my:time; interface now { use units.{seconds}; get: func() -> seconds; }',
    )
    writeFileSync(file('app/deps/time/units.wit'), 'interface units { type seconds = u64; }')
    writeFileSync(file('app/deps/readme.md'), 'no WIT')
    writeFileSync(file('broken.wit'), 'package a:b;\ninterface i { f: func(x: strng); }\n')
  })
  after(() => rmSync(folder, { recursive: true }))

  test('a feature that nothing is behind', async () => {
    const { code, stderr } = await runCli(['wit', file('app'), '--features', 'x1, x'])
    assert.equal(code, 2)
    assert.match(
      stderr,
      /--features x1: nothing that was read is behind a feature of that name\n.*did you mean x\?\n.*there are: x\n/,
    )
    const none = await runCli(['wit', file('app/deps/time'), '--features', 'x'])
    assert.match(none.stderr, /nothing is behind any feature/)
  })

  test('a folder, with what it needs', async () => {
    const { code, stdout } = await runCli(['wit', file('app'), '--features', 'x'])
    assert.equal(code, 0)
    assert.equal(
      stdout,
      `package my:app;

interface more {
  @unstable(feature = x)
  f: func();
}

world app {
  import my:time/units;
  import my:time/now;

  export run: func();
}

package my:time {
  interface units {
    type seconds = u64;
  }

  interface now {
    use units.{seconds};

    get: func() -> seconds;
  }
}
`,
    )
  })

  test('as a component', async () => {
    const { code, stderr } = await runCli(['wit', file('app'), '--wasm', '-o', file('app.wasm')])
    assert.equal(code, 0, stderr)
    const { definitions } = decode(readFileSync(file('app.wasm')))
    const names = definitions.flatMap((each) => (each.kind === 'export' ? [each.name.name] : []))
    assert.deepEqual(names, ['more', 'app'])
    const text = (await runCli(['wit', file('app')])).stdout
    assert.equal((await runCli(['wit', file('app.wasm')])).stdout, text)
    assert.equal((await runCli(['wit', '-'], { input: readFileSync(file('app.wasm')) })).stdout, text)
    assert.equal(
      (await runCli(['wit', file('app.wasm'), '--world', 'app', '--out-dir', file('of-wasm')])).code,
      0,
    )
    assert.match(readFileSync(file('of-wasm/app.wit'), 'utf8'), /^package my:app;\n\nworld app \{/)
    const { code: same } = await runCli(['semver-check', file('app.wasm'), file('app')])
    assert.equal(same, 0)
  })

  test('the world of a component', async () => {
    const adder = 'examples/adder/rust/adder.wasm'
    const { packages } = JSON.parse((await runCli(['wit', adder, '--json', '--world', 'calc'])).stdout)
    assert.deepEqual(packages[0].worlds[0].name, 'calc')
    assert.deepEqual(packages[0].worlds[0].exports[0].parameters[0], { name: 'a', type: { kind: 's32' } })
    const turned = await runCli(['wit', adder, '--importize', '--package', 'my:calc@1.0.0'])
    assert.match(turned.stdout, /^package my:calc@1\.0\.0;\n\nworld root-importized \{\n {2}import add: func/)
  })

  test('a world alone, and standard input', async () => {
    const input = 'package a:b; interface i { type t = u8; } interface j {} world v {} world w { use i.{t}; }'
    const { stdout, stderr } = await runCli(['wit', '-', '--world', 'w'], { input })
    const text =
      'package a:b;\n\ninterface i {\n  type t = u8;\n}\n\nworld w {\n  use i.{t};\n\n  import i;\n}\n'
    assert.equal(stdout, text, stderr)
  })

  test('a world turned around', async () => {
    const input = 'package a:b; world w { import log: func(); export run: func(); } world v {}'
    const turned = (name: string) => `world ${name} {\n  import run: func();\n}\n`
    const one = await runCli(['wit', '-', '--world', 'w', '--importize'], { input })
    assert.equal(one.stdout, `package a:b;\n\n${turned('w-importized')}`)
    const args = ['--importize-world', 'w', '--importize-out-world-name', 'x']
    const all = await runCli(['wit', '-', ...args], { input })
    assert.equal(all.stdout, `package a:b;\n\nworld v {}\n\n${turned('x')}`)
  })

  test('a folder that resolves to the same', async () => {
    const { code, stderr, stdout } = await runCli(['wit', file('app'), '--out-dir', file('out/wit')])
    assert.deepEqual([code, stdout, stderr], [0, '', ''])
    assert.equal((await runCli(['wit', file('out/wit')])).stdout, (await runCli(['wit', file('app')])).stdout)
    writeFileSync(file('out/wit/deps/more.wit'), 'package more:more;')
    const refused = await runCli(['wit', file('app'), '--out-dir', file('out/wit')])
    assert.equal(refused.code, 1)
    assert.match(refused.stderr, /other WIT is in it, .*: deps\/more\.wit\n/)
  })

  test('JSON', async () => {
    const { stdout } = await runCli(['wit', file('app'), '--json'])
    const { format, version, main, packages } = JSON.parse(stdout)
    assert.deepEqual([format, version, main, packages.length], ['tenon-wit', 1, 'my:app', 2])
    assert.deepEqual(packages.find(({ name }: { name: string }) => name === 'my:time').interfaces[1].types, [
      {
        kind: 'use',
        name: 'seconds',
        place: { file: file('app/deps/time/now.wit'), line: 1, column: 45 },
        interface: 'my:time/units',
        type: 'seconds',
      },
    ])
  })

  test('several packages, which need each other', async () => {
    const { code, stdout } = await runCli(['wit', file('app'), file('app/deps/time')])
    assert.equal(code, 1, stdout)
    writeFileSync(file('needs.wit'), 'package n:n; world w { import my:time/now; }')
    const all = await runCli(['wit', file('needs.wit'), file('app/deps/time')])
    assert.match(all.stdout, /^package n:n;[\s\S]*\npackage my:time \{/)
  })

  test('options that do not go together', async () => {
    const says = async (...args: string[]) => (await runCli(['wit', file('app'), ...args])).stderr
    assert.match(await says('--json', '--wasm'), /one of --json and --wasm at a time/)
    assert.match(await says('--importize-out-world-name', 'x'), /names what --importize makes/)
    assert.match(await says('--package', 'x:y'), /a package has its own/)
  })

  test('a problem', async () => {
    const { code, stderr } = await runCli(['wit', 'broken.wit'], { cwd: folder })
    assert.equal(code, 1)
    assert.equal(
      stderr,
      `error: type \`strng\` does not exist
 --> broken.wit:2:26
  |
2 | interface i { f: func(x: strng); }
  |                          ^^^^^
  = did you mean \`string\`?
`,
    )
  })

  test('a file that is not there, and options that do not fit', async () => {
    assert.match((await runCli(['wit', file('nowhere.wit')])).stderr, /nowhere\.wit: no such file/)
    mkdirSync(file('empty'))
    assert.match((await runCli(['wit', file('empty')])).stderr, /^error: \S+empty: no \.wit files in it\n/)
  })
})
