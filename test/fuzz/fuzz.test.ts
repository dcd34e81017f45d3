/** `tenon fuzz` finds what is planted, and the lines that it prints show it again when a shell runs them. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, describe, test } from 'node:test'
import { assemble } from '../support/assemble.ts'
import { cliArguments, runCli } from '../support/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), "tenon fuzz's-"))
after(() => rmSync(folder, { recursive: true }))

/** `tenon`, for a shell. */
const tool = join(folder, 'tenon')
const words = [process.execPath, ...cliArguments([])].map((word) => `'${word}'`)
writeFileSync(tool, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`)
chmodSync(tool, 0o755)
const environment = { ...process.env, PATH: `${folder}:${process.env.PATH}`, NO_COLOR: '1' }

async function guest(name: string): Promise<string> {
  const path = join(folder, `${name}.wasm`)
  writeFileSync(path, await assemble(readFileSync(`test/fuzz/guests/${name}.wat`, 'utf8')))
  return path
}
const planted = await guest('planted')
const ledger = await guest('ledger')

interface Found {
  readonly kind: string
  readonly code: string
  readonly message: string
  readonly backtrace: readonly { readonly name: string }[]
  readonly calls: readonly string[]
  readonly command: string
  readonly count: number
}

interface Report {
  readonly seed: number
  readonly calls: number
  readonly seconds: number
  readonly interrupted: boolean
  readonly functions: readonly { readonly name: string; readonly returned: number }[]
  readonly skipped: readonly { readonly name: string; readonly reason: string }[]
  readonly findings: readonly Found[]
}

async function fuzz(...args: string[]): Promise<{ readonly code: number | null; readonly report: Report }> {
  const { code, stdout, stderr } = await runCli(['fuzz', '--json', '--seed', '1', '--timeout', '30', ...args])
  assert.equal(stderr, '')
  return { code, report: JSON.parse(stdout) as Report }
}

async function onlyFinding(...args: string[]): Promise<Found> {
  const { code, report } = await fuzz(...args)
  assert.equal(code, 1)
  assert.equal(report.findings.length, 1, JSON.stringify(report.findings))
  return report.findings[0]!
}

/** Runs a line as it stands, in a POSIX shell. */
function shell(line: string, timeout?: number) {
  return spawnSync('sh', ['-c', `exec ${line}`], { encoding: 'utf8', env: environment, timeout })
}

describe('what is planted is found', { concurrency: 2 }, () => {
  test('a sum that does not fit', async () => {
    const { kind, code, backtrace, calls, command } = await onlyFinding(planted, 'sum')
    assert.deepEqual([kind, code, backtrace[0]?.name], ['trap', 'unreachable', 'sum'])
    const [, a, b] = /^sum\((-?\d+), (-?\d+)\)$/.exec(calls[0]!)!
    const sum = Number(a) + Number(b)
    assert.ok(sum === 2 ** 31 || sum === -(2 ** 31) - 1, `not shrunk: ${calls[0]}`)
    const { status, stderr } = shell(command)
    assert.match(stderr, /^trap: wasm `unreachable` instruction executed\n +0: sum /)
    assert.equal(status, 1)
  })
  test('a read out of bounds for more than 1000 values', async () => {
    const { kind, message, calls, command } = await onlyFinding(planted, 'average')
    assert.deepEqual([kind, message], ['trap', 'out of bounds memory access'])
    assert.deepEqual(calls, [`average([${Array(1001).fill('0').join(', ')}])`])
    assert.match(shell(command).stderr, /^trap: out of bounds memory access\n/)
  })
  test('a trap behind a resource, which needs its state', async () => {
    const { code, stdout } = await runCli(['fuzz', '--seed', '1', '--timeout', '30', ledger])
    assert.equal(code, 1)
    const lines = stdout.split('\n')
    assert.match(stdout, /^trap: wasm `unreachable` instruction executed\n +0: trip /)
    assert.match(stdout, /state matters: none of these 5 steps can be left away/)
    const command = lines.find((line) => line.trimStart().startsWith('tenon call'))!
    assert.match(command, / 'let account-1 = [^ ]+' 'account-1\.deposit\(42\)' '/)
    assert.match(shell(command).stderr, /^trap: wasm `unreachable` instruction executed\n +0: trip /)
  })
  test('a call that does not return', async () => {
    const { kind, message, calls, command } = await onlyFinding('--timeout', '1', planted, 'greet')
    assert.deepEqual([kind, message], ['hang', 'greet did not return within 1 s'])
    // On a machine that is busy with other things it is not always shrunk to the smallest.
    assert.match(calls.at(-1)!, /^greet\(".*", \d*7\)$/)
    assert.equal(shell(command, 3000).signal, 'SIGTERM')
  })
  test('memory that is kept', async () => {
    const { kind, calls, command } = await onlyFinding('--runs', '200', planted, 'leak')
    assert.equal(kind, 'leak')
    assert.match(calls[0]!, /^leak\("a+", true\)$/)
    const { status, stderr } = shell(command)
    const [, before, now] = /^1200 times in [\d.]+ ms; memory: (\d+) KiB, then (\d+) KiB\n$/.exec(stderr)!
    assert.ok(Number(now) > Number(before), stderr)
    assert.equal(status, 0)
  })
  test('a result that is not of its type', async () => {
    const { code, calls, command } = await onlyFinding('--runs', '3000', planted, 'classify')
    assert.equal(code, 'invalid-discriminant')
    assert.deepEqual(calls, ['classify("!")'])
    assert.match(shell(command).stderr, /^trap: invalid variant discriminant/)
  })
})

test('what is in order, and an err that the type declares, are no findings', async () => {
  const { code, report } = await fuzz('--runs', '500', planted, 'echo', 'check')
  assert.equal(code, 0)
  assert.deepEqual([report.findings, report.calls, report.interrupted], [[], 500, false])
  assert.deepEqual(
    report.functions.map(({ name, returned }) => [name, returned > 0]),
    [
      ['check', true],
      ['echo', true],
    ],
  )
  const { stdout, stderr } = await runCli(['fuzz', '--runs', '50', '--seed', '7', planted, 'echo'])
  assert.match(stdout, /^50 calls in .*, 1 of 1 function returned, 0 findings; --seed 7\n$/)
  assert.equal(stderr, '')
})

test('the same seed does the same', async () => {
  const [one, other] = await Promise.all([fuzz('--runs', '4000', ledger), fuzz('--runs', '4000', ledger)])
  assert.deepEqual({ ...one.report, seconds: 0 }, { ...other.report, seconds: 0 })
})

test('a function that ends the program', async () => {
  const path = join(folder, 'exit.wasm')
  const text = `(component
    (import "wasi:cli/exit@0.2.0" (instance $exit (export "exit" (func (param "status" (result))))))
    (alias export $exit "exit" (func $exit))
    (core func $exit (canon lower (func $exit)))
    (core module $M
      (import "" "exit" (func $exit (param i32)))
      (func (export "quit") (param i32) (if (i32.gt_u (local.get 0) (i32.const 40)) (then (call $exit (i32.const 1))))))
    (core instance $m (instantiate $M (with "" (instance (export "exit" (func $exit))))))
    (func (export "quit") (param "n" u8) (canon lift (core func $m "quit"))))`
  writeFileSync(path, await assemble(text))
  const { kind, message, calls, command } = await onlyFinding('--runs', '200', path)
  assert.deepEqual([kind, message, calls], ['exit', 'the guest exited with code 1', ['quit(41)']])
  assert.equal(shell(command).status, 1)
})

test('an import that is only a stub is nobody’s fault', async () => {
  const { code, report } = await fuzz('--stub', '--runs', '50', 'examples/kv-store/rust/kv-store.wasm')
  assert.deepEqual([code, report.findings, report.calls], [0, [], 50])
})

describe('the command line', () => {
  for (const [args, code, message] of [
    [[], 2, /which component\?/],
    [[planted, 'summ'], 2, /unknown function `summ`[\s\S]*did you mean `sum`\?/],
    [['--runs', 'many', planted], 2, /--runs many: expected a whole number/],
    [['--time', '0', planted], 2, /--time 0: expected a number of seconds/],
    [['--seed', '4294967296', planted], 2, /--seed 4294967296: expected a whole number, at most 4294967295/],
    [['examples/calculator/rust/no-such-file.wasm'], 1, /no such file/],
    [['examples/kv-store/rust/kv-store.wasm'], 1, /2 imports are missing[\s\S]*--stub/],
  ] as const) {
    test(args.join(' ').slice(-60), async () => {
      const result = await runCli(['fuzz', ...args])
      assert.match(result.stderr, message)
      assert.deepEqual([result.code, result.stdout], [code, ''])
    })
  }

  test('SIGINT ends the search and tells what there is', async () => {
    const child = spawn(process.execPath, cliArguments(['fuzz', '--time', '60', planted, 'echo', 'sum']), {
      env: environment,
    })
    const errors = text(child.stderr)
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const isFirst = !output.includes('tenon call')
      output += chunk
      if (isFirst && output.includes('tenon call')) child.kill('SIGINT')
    })
    const code = await new Promise((resolve) => child.on('close', resolve))
    assert.match(
      output,
      /\n {2}tenon call .* 'sum\(-?\d+, -?\d+\)'\n\n(never returned: \w+\n)*interrupted: \d+ calls? in .* 1 finding; --seed \d+\n$/,
    )
    assert.deepEqual([code, await errors], [1, ''])
  })
})
