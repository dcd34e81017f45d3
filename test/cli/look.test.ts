/** The commands that look at a component without running it, and what holds for all commands. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { assemble } from '../support/assemble.ts'
import { cliArguments, runCli } from '../support/run-cli.ts'

const adder = 'examples/adder/rust/adder.wasm'
const store = 'examples/kv-store/rust/kv-store.wasm'
const folder = mkdtempSync(join(tmpdir(), 'tenon-cli-'))
const colour = '\u001b['
after(() => rmSync(folder, { recursive: true }))

function file(name: string, contents: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, contents)
  return path
}

describe('help and usage', () => {
  test('--version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    assert.deepEqual(await runCli(['--version']), {
      code: 0,
      signal: null,
      stdout: `tenon ${version}\n`,
      stderr: '',
    })
  })
  const commands =
    'run|call|fuzz|compile|transpile|validate|inspect|compose|plug|virt|wac|wac fmt|studio|wit|wit fmt|wit docs|lsp|targets|semver-check|types|parse|print|wast'.split(
      '|',
    )
  test('--help lists the commands', async () => {
    const { code, stdout } = await runCli(['--help'])
    assert.equal(code, 0)
    const listed = Array.from(stdout.matchAll(/^ {2}(\S+(?: \S+)?) {2,}\w/gm), ([, name]) => name)
    assert.deepEqual(listed, commands)
    assert.doesNotMatch(stdout, /^.{81}/m)
  })
  for (const name of commands) {
    test(`${name} --help, in terminals of 80 columns`, async () => {
      const words = name.split(' ')
      const { code, stdout } = await runCli([...words, '--help'])
      assert.equal(code, 0)
      assert.deepEqual(
        stdout.split('\n').filter((line) => line.length > 80),
        [],
      )
      assert.match(stdout, new RegExp(`^Usage: tenon ${name}\\s`))
      assert.equal((await runCli(['help', ...words])).stdout, stdout)
    })
  }
  test('--help after the file', async () => {
    assert.match((await runCli(['wit', adder, '--help'])).stdout, /^Usage: tenon wit /)
  })
  for (const [args, message] of [
    [[], /^Usage: tenon COMMAND/],
    [['insepct'], /unknown command insepct\ndid you mean `tenon inspect`\?/],
    [[adder], /to run a component: `tenon run /],
    [['wit'], /which component\?/],
    [['wit', '--wrld', 'x'], /unknown option --wrld\ndid you mean --world\?\nsee `tenon wit --help`/],
    [['wit', adder, store], /one file at a time/],
    [['wit', '--world', 'myWorld', adder], /--world myWorld: expected a name in kebab-case/],
    [['wit', '--package', 'app', adder], /--package app: expected a package's name/],
    [['wit', '--package', 'my:app/x', adder], /--package my:app\/x: expected a package's name/],
    [['wit', 'fnt'], /unknown command wit fnt\ndid you mean `tenon wit fmt`\?/],
    [['targets', adder], /there is no folder wit here: name a package with --wit PATH/],
    [['compose', adder], /adder\.wasm: found bytes, wanted a text in WAC\n.*`tenon plug`/],
    [['virt', adder, '--no-files', '--file', 'a=b'], /--no-files and --file: say one of them/],
    [['help', 'insepct'], /unknown command insepct\ndid you mean `tenon inspect`\?/],
  ] as const) {
    test(`usage: ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await runCli(args)
      assert.equal(code, 2)
      assert.equal(stdout, '')
      assert.match(stderr, message)
    })
  }
})

describe('files that are no components', () => {
  for (const [name, contents, message] of [
    ['empty.wasm', '', /unexpected end-of-file: no bytes at all/],
    ['text.wasm', 'hello', /this is not a WebAssembly file/],
    ['text.wat', '(component', /this parenthesis does not close/],
    ['core.wasm', Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), /found a core module/],
  ] as const) {
    test(name, async () => {
      const { code, stderr } = await runCli(['wit', file(name, contents)])
      assert.equal(code, 1)
      assert.match(stderr, message)
      assert.doesNotMatch(stderr, / {2}at /)
    })
  }
  test('WIT', async () => {
    const path = file('a.wit', 'package a:b;')
    const { code, stderr } = await runCli(['virt', path, '--no-env'])
    assert.deepEqual(
      [code, stderr],
      [1, `error: ${path}: is WIT, wanted a component; \`tenon wit ${path}\` checks it\n`],
    )
  })
  for (const args of [
    ['transpile', adder, '-o'],
    ['wit', adder, '--out-dir'],
    ['virt', adder, '-o', join(folder, 'out.wasm'), '--files'],
  ]) {
    test(`a file where ${args[0]} wants a folder`, async () => {
      const path = file('taken', '')
      const { code, stderr } = await runCli([...args, path])
      assert.equal(code, 1)
      assert.match(stderr, /^error: .*taken: is a file, wanted a folder/)
    })
  }
  test('a missing file', async () => {
    const { code, stderr } = await runCli(['wit', 'nowhere.wasm'])
    assert.deepEqual([code, stderr], [1, 'error: nowhere.wasm: no such file\n'])
  })
  test('a broken one shows the bytes and the sections that lead there', async () => {
    const bytes = await assemble('(component (component (type (record (field "a" u8)))))')
    const at = bytes.lastIndexOf(0x7d)
    bytes[at] = 0x66
    const { code, stderr } = await runCli(['wit', file('broken.wasm', bytes)])
    assert.equal(code, 1)
    assert.match(
      stderr,
      new RegExp(`^error: .*\n --> .*broken\\.wasm:0x${at.toString(16)} .*in component 0 › type section`),
    )
    assert.match(stderr, /^00000010 \| ([0-9a-f]{2} +)+\| /m)
    assert.match(stderr, /\^\^/)
  })
})

describe('wit', () => {
  test('prints the world', async () => {
    const { code, stdout } = await runCli(['wit', adder])
    assert.equal(code, 0)
    assert.equal(
      stdout,
      'package root:component;\n\nworld root {\n  export add: func(a: s32, b: s32) -> s32;\n}\n',
    )
  })
  test('reads standard input, and takes names', async () => {
    const args = ['wit', '-', '--world', 'adder', '--package', 'my:app@1.0.0']
    const { stdout } = await runCli(args, { input: readFileSync(adder) })
    assert.match(stdout, /^package my:app@1\.0\.0;\n\nworld adder \{/)
  })
})

describe('inspect', () => {
  test('shows who uses which import, and why', async () => {
    const { code, stdout } = await runCli(['inspect', store])
    assert.equal(code, 0)
    assert.match(stdout, /a component of \d+\.\d kB/)
    assert.match(stdout, /^ {2}replace-value: func\(key: string, value: string\) -> option<string>$/m)
    assert.match(stdout, /^ {6}get: func\(key: string\) -> option<string>;$/m)
    assert.match(stdout, /^ {4}environment +get-environment +\d+ calls below replace-value$/m)
    assert.match(stdout, /^ {2}used by main$/m)
    assert.match(stdout, /├─ main {2}\d+ functions · code/)
    assert.ok(!stdout.includes(colour))
  })
  test('--why shows the way to an import', async () => {
    const { stdout } = await runCli(['inspect', store, '--why', 'tenon-examples:kv-store/kvdb'])
    assert.match(
      stdout,
      /^tenon-examples:kv-store\/kvdb: connection\.get from the export replace-value:\n {2}main {2}replace-value$/m,
    )
    const unknown = await runCli(['inspect', store, '--why', 'wasi:cli/enviroment'])
    assert.equal(unknown.code, 2)
    assert.match(unknown.stderr, /did you mean wasi:cli\/environment\?/)
  })
  test('--json', async () => {
    const { stdout } = await runCli(['inspect', '--json', store])
    const report = JSON.parse(stdout)
    assert.equal(report.contents.children[0].kind, 'core-module')
    assert.equal(report.imports[0].modules[0].name, 'main')
    assert.match(report.wit, /world root/)
  })
  test('colours only where they are wanted', async () => {
    assert.ok((await runCli(['inspect', adder], { env: { FORCE_COLOR: '1' } })).stdout.includes(colour))
  })
})

test('a reader that goes away ends the process without a word', {
  skip: process.platform === 'win32',
}, async () => {
  const child = spawn(process.execPath, cliArguments(['inspect', '--json', store]), {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.destroy()
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const [code] = await once(child, 'close')
  assert.deepEqual([code, stderr], [141, ''])
})
