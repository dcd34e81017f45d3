/** Commands run as people run them from a shell. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { cliArguments, runCli } from '../support/run-cli.ts'

/** Built from `guest/`. */
const guest = 'test/cli/guest/guest.wasm'
const adder = 'examples/interfaced-adder/rust/interfaced-adder.wasm'
const calculator = 'examples/calculator/rust/calculator.wasm'
const folder = mkdtempSync(join(tmpdir(), 'tenon-run-'))
before(() => writeFileSync(join(folder, 'greeting'), 'hello from outside\n'))
after(() => rmSync(folder, { recursive: true }))

describe('what a guest is given', () => {
  test('everything after the file is for the guest', async () => {
    const { stdout, code } = await runCli(['run', guest, 'args', '--json', '--', '-x'])
    assert.deepEqual([code, stdout], [0, '["guest.wasm", "args", "--json", "--", "-x"]\n'])
  })
  test('--arg0', async () => {
    const { stdout } = await runCli(['run', '--arg0', 'me', guest, 'args'])
    assert.equal(stdout, '["me", "args"]\n')
  })
  test('no environment, unless it is granted', async () => {
    assert.equal((await runCli(['run', guest, 'env'])).stdout, '[]\n')
    const granted = await runCli(['run', '--env', 'A=b=c', '--env', 'MINE', guest, 'env'], {
      env: { MINE: 'yes' },
    })
    assert.equal(granted.stdout, '[("A", "b=c"), ("MINE", "yes")]\n')
    const all = await runCli(['run', '--inherit-env', guest, 'env'], { env: { MINE: 'yes' } })
    assert.match(all.stdout, /\("MINE", "yes"\)/)
  })
  test('no files, unless they are granted', async () => {
    const refused = await runCli(['run', guest, 'read', join(folder, 'greeting')])
    assert.equal(refused.code, 1)
    const granted = await runCli(['run', '--dir', `${folder}::/in:ro`, guest, 'read', '/in/greeting'])
    assert.deepEqual([granted.code, granted.stdout], [0, 'hello from outside\n'])
    const same = await runCli(['run', '--dir', folder, guest, 'read', join(folder, 'greeting')])
    assert.equal(same.stdout, 'hello from outside\n')
  })
  test('a read-only directory stays as it is', async () => {
    const { code, stderr } = await runCli([
      'run',
      '--dir',
      `${folder}::/in:ro`,
      guest,
      'write',
      '/in/new',
      'text',
    ])
    assert.equal(code, 1)
    assert.match(stderr, /not permitted|read-only/i)
  })
  test('a granted directory can be written to', async () => {
    const { code, stderr } = await runCli([
      'run',
      '--dir',
      `${folder}::/in`,
      guest,
      'write',
      '/in/new',
      'text',
    ])
    assert.deepEqual([code, stderr], [0, ''])
    assert.equal(readFileSync(join(folder, 'new'), 'utf8'), 'text')
  })
  test('no network', async () => {
    const { code, stderr } = await runCli(['run', guest, 'connect'])
    assert.equal(code, 1)
    assert.match(stderr, /Permission denied/)
  })
  test('a directory that is not there', async () => {
    const { code, stderr } = await runCli(['run', '--dir', 'nowhere', guest, 'args'])
    assert.deepEqual([code, stderr], [1, 'error: --dir nowhere: nowhere is not there\n'])
  })
})

describe('standard streams', () => {
  test('binary input and output arrive byte for byte', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7) & 0xff)
    const child = spawn(process.execPath, cliArguments(['run', guest, 'copy']), {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    child.stdin.end(bytes)
    const chunks: Uint8Array[] = []
    for await (const chunk of child.stdout) chunks.push(chunk)
    assert.deepEqual(new Uint8Array(Buffer.concat(chunks)), bytes)
  })
  test('the component itself can come from standard input', async () => {
    const { stdout } = await runCli(['run', '-', 'args'], { input: readFileSync(guest) })
    assert.equal(stdout, '["stdin", "args"]\n')
  })
  test('input that nobody reads holds nobody up', async () => {
    const child = spawn(process.execPath, cliArguments(['run', guest, 'args']), {
      stdio: ['pipe', 'ignore', 'inherit'],
    })
    const [code] = await once(child, 'close')
    assert.equal(code, 0)
  })
  test('a reader that goes away ends the command', { skip: process.platform === 'win32' }, async () => {
    const child = spawn(process.execPath, cliArguments(['run', guest, 'yes']), {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stderr = ''
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const [code] = await once(child, 'close')
    assert.deepEqual([code, stderr], [141, ''])
  })
})

describe('how commands end', () => {
  test('the exit code is the guest’s', async () => {
    assert.equal((await runCli(['run', guest, 'exit', '0'])).code, 0)
    assert.equal((await runCli(['run', guest, 'exit', '3'])).code, 1) // WASI 0.2 knows success and failure only
    assert.equal((await runCli(['run', guest, 'fail'])).code, 1)
  })
  test('a trap comes with a backtrace', async () => {
    const { code, stderr } = await runCli(['run', guest, 'panic'])
    assert.equal(code, 1)
    assert.match(stderr, /panicked at .*\non purpose\n/)
    assert.match(
      stderr,
      /^trap: wasm `unreachable` instruction executed\n {4}0: .+ \(.*0x[0-9a-f]+\)\n {4}1: /m,
    )
    assert.doesNotMatch(stderr, /RuntimeError/)
  })
  for (const work of ['spin', 'sleep']) {
    test(`Ctrl-C while it does ${work}`, { skip: process.platform === 'win32' }, async () => {
      const child = spawn(process.execPath, cliArguments(['run', guest, work]), {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      // It says so when it begins.
      await once(child.stderr, 'data')
      child.kill('SIGINT')
      const [code, signal] = await once(child, 'close')
      assert.deepEqual([code, signal], [null, 'SIGINT'])
    })
  }
})

describe('imports', () => {
  test('another component satisfies one', async () => {
    const args = ['run', '--import', `tenon-examples:interfaced-adder/add=${adder}`, calculator]
    const { code, stdout } = await runCli(args)
    assert.deepEqual([code, stdout], [0, 'result: 3\n'])
  })
  test('what is missing is listed, with the cure', async () => {
    const { code, stderr } = await runCli(['run', calculator])
    assert.equal(code, 1)
    assert.match(
      stderr,
      /^error: an import is missing or mistyped:\n {2}tenon-examples:interfaced-adder\/add\n/,
    )
    assert.match(stderr, /--import NAME=FILE/)
  })
  test('a provider that does not export it', async () => {
    const { code, stderr } = await runCli([
      'run',
      '--import',
      `tenon-examples:interfaced-adder/ad=${adder}`,
      calculator,
    ])
    assert.equal(code, 1)
    assert.match(stderr, /it exports tenon-examples:interfaced-adder\/add; did you mean/)
  })
})

describe('what is no command', () => {
  test('a component with functions', async () => {
    const { code, stderr } = await runCli(['run', adder])
    assert.equal(code, 1)
    assert.match(
      stderr,
      /does not export wasi:cli\/run\ncall one of its functions instead: tenon call .*'tenon-examples:interfaced-adder\/add\.add\(…\)'\n/,
    )
  })
  test('a core module', async () => {
    const path = join(folder, 'core.wasm')
    writeFileSync(path, Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))
    const { code, stderr } = await runCli(['run', path])
    assert.equal(code, 1)
    assert.match(stderr, /found a core module: .*wasm-tools component new/)
  })
})
