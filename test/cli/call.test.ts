/** Functions called from a command line. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { assemble } from '../support/assemble.ts'
import { runCli } from '../support/run-cli.ts'

const adder = 'examples/adder/rust/adder.wasm'
const interfaced = 'examples/interfaced-adder/rust/interfaced-adder.wasm'
const store = 'examples/kv-store/rust/kv-store.wasm'
const values = 'bench/guests/values/values.wasm'
const folder = mkdtempSync(join(tmpdir(), 'tenon-call-'))
after(() => rmSync(folder, { recursive: true }))

async function component(name: string, text: string): Promise<string> {
  const path = join(folder, `${name}.wasm`)
  writeFileSync(path, await assemble(text))
  return path
}

describe('results', () => {
  for (const [args, stdout] of [
    [[adder, 'add(1, 2)'], '3\n'],
    [[adder, 'add(-2147483648, -1)'], '2147483647\n'],
    [[interfaced, 'add(1, 2)'], '3\n'],
    [[interfaced, 'tenon-examples:interfaced-adder/add.add(1, 2)'], '3\n'],
    [['--json', adder, 'add', '[1, 2]'], '3\n'],
    [['--stub', values, 'string-length("grün")'], '5\n'],
    [
      ['--stub', values, 'get-items(1)'],
      '[{id: 0, name: "item 0", price: 0, quantity: 0, in-stock: false}]\n',
    ],
    [
      ['--stub', '--json', values, 'get-items(1)'],
      '[{"id":0,"name":"item 0","price":0,"quantity":0,"inStock":false}]\n',
    ],
    [['--stub', values, 'total([{id: 1, name: "a", price: 2.5, quantity: 2, in-stock: true}])'], '5\n'],
    [['--stub', values, 'set-string("nothing comes of it")'], ''],
  ] as const) {
    test(args.slice(-2).join(' '), async () => {
      assert.deepEqual(await runCli(['call', ...args]), { code: 0, signal: null, stdout, stderr: '' })
    })
  }
  test('an err is a value, and a failure', async () => {
    const path = await component(
      'result',
      `(component
        (core module $m (func (export "f") (param i32) (result i32) local.get 0))
        (core instance $i (instantiate $m))
        (func (export "check") (param "fail" bool) (result (result)) (canon lift (core func $i "f"))))`,
    )
    assert.deepEqual(await runCli(['call', path, 'check(false)']), {
      code: 0,
      signal: null,
      stdout: 'ok\n',
      stderr: '',
    })
    assert.deepEqual(await runCli(['call', path, 'check(true)']), {
      code: 1,
      signal: null,
      stdout: 'err\n',
      stderr: '',
    })
    const json = await runCli(['call', '--json', path, 'check(true)'])
    assert.deepEqual([json.code, json.stdout], [1, '{"tag":"err"}\n'])
  })
})

describe('what is wrong', () => {
  for (const [args, code, message] of [
    [[adder], 2, /which function\?\n {2}add: func\(a: s32, b: s32\) -> s32\n/],
    [[adder, 'ad(1, 2)'], 2, /unknown function `ad`[\s\S]*did you mean `add`\?[\s\S]*= {3}add: func/],
    [
      [adder, 'add(1, "x")'],
      2,
      /^error: expected s32, found a string\n --> <call>:1:8\n[\s\S]*= add: func\(a: s32/,
    ],
    [[adder, 'add(1)'], 2, /missing argument `b`: expected 2 arguments, found 1/],
    [[adder, 'add(1, 2'], 2, /expected `,` or `\)`/],
    [[adder, 'add', '1', '2'], 2, /the call is one argument, in quotes/],
    [['--json', adder, 'add', '[1, "x"]'], 2, /b: expected s32, found "x"/],
    [['--json', adder, 'add', '[1'], 2, /the arguments are no JSON/],
    [['--json', adder, 'add', '[1]'], 2, /missing argument b/],
    [
      [store, 'replace-value("a", "b")'],
      1,
      /2 imports are missing[\s\S]*tenon-examples:kv-store\/kvdb[\s\S]*--stub/,
    ],
    [
      ['--stub', store, 'replace-value("a", "b")'],
      1,
      /^trap: the import `tenon-examples:kv-store\/kvdb.*was called/,
    ],
  ] as const) {
    test(args.slice(0, -1).join(' ').slice(-40) + args.at(-1), async () => {
      const result = await runCli(['call', ...args])
      assert.match(result.stderr, message)
      assert.deepEqual([result.code, result.stdout], [code, ''])
    })
  }
})

test('imports come from another component', async () => {
  const provider = await component(
    'ping',
    `(component
      (core module $m (func (export "f") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))
      (core instance $i (instantiate $m))
      (func (export "ping") (param "n" u32) (result u32) (canon lift (core func $i "f"))))`,
  )
  const { code, stdout, stderr } = await runCli([
    'call',
    '--import',
    `ping=${provider}`,
    values,
    'call-host(3)',
  ])
  assert.deepEqual([code, stderr], [0, ''])
  assert.match(stdout, /^\d+\n$/)
})

describe('several calls in one instance', () => {
  const ledger = component('ledger', readFileSync('test/fuzz/guests/ledger.wat', 'utf8'))
  const open = 'let a = [constructor]account(3)'
  for (const [calls, stdout] of [
    [[open, 'a.deposit(4)', 'a.balance()', '[method]account.balance(a)'], '7\n7\n'],
    [[open, 'let b, c = [static]account.split(a)', 'b.balance()', 'merge(b, c)'], '3\n<account>\n'],
    [[open, 'let b = [constructor]account(2)', 'let c = merge(a, b)', 'drop b', 'c.balance()'], '5\n'],
    [['let a = try-open(5)', 'a.balance()', 'let a = try-open(7)', 'a.balance()'], '5\n7\n'],
    [['--json', open, '[method]account.balance(a)'], '3\n'],
  ] as const) {
    test(calls.join(' · '), async () => {
      const options = calls.filter((one) => one.startsWith('--'))
      const result = await runCli(['call', ...options, await ledger, ...calls.slice(options.length)])
      assert.deepEqual(result, { code: 0, signal: null, stdout, stderr: '' })
    })
  }
  test('again and again', async () => {
    const repeated = ['--repeat', '3', await ledger, open, 'a.deposit(4)', 'a.balance()']
    const { code, stdout, stderr } = await runCli(['call', ...repeated])
    assert.deepEqual([code, stdout], [0, '7\n'])
    assert.match(stderr, /^3 times in [\d.]+ ms; memory: 128 KiB\n$/)
    const wrong = await runCli(['call', '--repeat', '0', await ledger, 'try-open(1)'])
    assert.deepEqual([wrong.code, wrong.stdout], [2, ''])
    assert.match(wrong.stderr, /--repeat 0: expected a whole number, at least 1/)
  })
  for (const [calls, code, stdout, message] of [
    [[open, 'drop a', 'a.balance()'], 2, '', /^error: `a` was dropped\n --> <call>:1:1\n/],
    [[open, 'merge(a, a)'], 2, '', /^error: `a` was passed as own\n --> <call>:1:10/],
    [[open, 'a.balnce()'], 2, '', /`a` has no method `balnce`[\s\S]*\[method\]account\.balance: func/],
    [[open, 'a.balance()', 'merge(a, b)'], 2, '', /no handle is called `b`[\s\S]*'let b = …'/],
    [['let a = [constructor]account(3)', 'let n = a.balance()'], 2, '', /returns no handle/],
    [
      ['let a = try-open(2)', 'a.balance()'],
      2,
      'err(even)\n',
      /`a` got no handle: its call returned err\(even\)/,
    ],
    [['let a, a = try-open(2)'], 2, '', /`a` is given twice/],
    [['let some = try-open(1)'], 2, '', /`some` is a keyword/],
    [['let 3 = try-open(1)'], 2, '', /expected a name, found `3`/],
    [[open, 'a.balance()', '3'], 2, '', /the call is one argument, in quotes/],
    [
      [open, 'a.deposit(42)', 'a.balance()', 'a.balance()', 'a.balance()'],
      1,
      '45\n45\n',
      /^trap: .*\n.*trip/,
    ],
  ] as const) {
    test(`wrong: ${calls.join(' · ')}`, async () => {
      const result = await runCli(['call', await ledger, ...calls])
      assert.match(result.stderr, message)
      assert.deepEqual([result.code, result.stdout], [code, stdout])
    })
  }
})
