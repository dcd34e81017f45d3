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
    const checked = await runCli(['validate', file('app.wasm')])
    assert.equal(checked.code, 0, checked.stderr)
    assert.match((await runCli(['wit', file('app.wasm'), '--wasm'])).stderr, /--wasm is for WIT packages/)
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
    assert.match((await runCli(['wit', file('app'), '--world', 'w'])).stderr, /a package has its own/)
  })
})
