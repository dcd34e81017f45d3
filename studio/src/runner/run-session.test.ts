import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { numbers, total } from '../../../test/studio/guests.ts'
import { parseWat } from 'tenon/wat'
import type {
  CallEvent,
  CallResult,
  Exit,
  RunFailure,
  RunLimits,
  RunSource,
  Started,
} from '../contract/run.ts'
import { RunSession } from './run-session.ts'

const decoder = new TextDecoder()
const encoder = new TextEncoder()
const canSuspend = 'Suspending' in WebAssembly

const limits: RunLimits = { memory: 64 * 1024 * 1024, output: 10_000, calls: 100 }
const example = (name: string): Uint8Array => readFileSync(`examples/${name}/rust/${name}.wasm`)
const command = readFileSync('test/cli/guest/guest.wasm')

/** Only as a command does things: one for each first argument. */
const alone = 'package t:t; let it = new t:guest { ... }; export it...;'

interface Page {
  readonly session: RunSession
  readonly source: RunSource
  readonly steps: string[]
  readonly output: Record<'stdout' | 'stderr', string>
  readonly calls: Map<number, CallEvent>
  /** Told of the events: batches and reads. */
  dropped: number
  reads: number
}

/** What the page is to a session; all that goes over could go to another thread. */
function page(
  text: string,
  packages: Readonly<Record<string, Uint8Array>>,
  options: Partial<RunSource> = {},
): Page & { start(): Promise<Started | RunFailure> } {
  const session = new RunSession()
  const source: RunSource = {
    text,
    packages: Object.entries(packages).map(([name, bytes]) => ({
      name,
      bytes: new Uint8Array(bytes).buffer,
    })),
    args: [],
    env: [],
    stdin: '',
    files: [],
    limits,
    ...options,
  }
  const made: Page = {
    session,
    source: structuredClone(source),
    steps: [],
    output: { stdout: '', stderr: '' },
    calls: new Map(),
    dropped: 0,
    reads: 0,
  }
  const start = async (): Promise<Started | RunFailure> =>
    structuredClone(
      await session.start(made.source, {
        progress(step, part) {
          assert.ok(part >= 0 && part <= 1)
          made.steps.push(step)
        },
        output(stream, bytes) {
          assert.equal(bytes.byteLength, bytes.buffer.byteLength, 'a message of its own bytes only')
          made.output[stream] += decoder.decode(structuredClone(bytes))
        },
        wantsInput() {
          made.reads++
        },
        calls(calls, dropped) {
          for (const call of structuredClone(calls)) made.calls.set(call.id, call)
          made.dropped = dropped
        },
      }),
    )
  return Object.assign(made, { start })
}

function started(answer: Started | RunFailure): Started {
  assert.ok('exports' in answer, 'failed' in answer ? answer.failed : '')
  return answer
}

function failed(answer: object): RunFailure {
  assert.ok('failed' in answer)
  return answer as RunFailure
}

/** A run of the command with some arguments. */
async function run(args: readonly string[], options: Partial<RunSource> = {}) {
  const one = page(alone, { 't:guest': command }, { args, ...options })
  started(await one.start())
  return { ...one, exit: structuredClone(await one.session.run()) }
}

function codeOf(exit: Exit | RunFailure): number {
  assert.ok('code' in exit && 'milliseconds' in exit, 'failed' in exit ? exit.failed : '')
  return exit.code
}

suite('a command', () => {
  test('gets arguments behind its name, and the environment', async () => {
    const args = await run(['args', 'a b', '-x'])
    assert.deepEqual([codeOf(args.exit), args.output.stdout], [0, '["guest", "args", "a b", "-x"]\n'])
    const env = await run(['env'], { env: [['A', 'b=c']] })
    assert.equal(env.output.stdout, '[("A", "b=c")]\n')
  })

  test('reads what was given beforehand', async () => {
    const { exit, output, reads } = await run(['copy'], { stdin: 'line\nend' })
    assert.deepEqual([codeOf(exit), output.stdout, reads], [0, 'line\nend', 0])
  })

  test('waits for what is typed, where the engine can wait', { skip: !canSuspend && 'no JSPI' }, async () => {
    const one = page(alone, { 't:guest': command }, { args: ['copy'], stdin: undefined })
    assert.equal(started(await one.start()).canWaitForInput, true)
    const running = one.session.run()
    while (one.reads === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    await one.session.input(encoder.encode('typed\n'))
    while (one.reads === 1) await new Promise((resolve) => setTimeout(resolve, 1))
    await one.session.input(undefined)
    assert.equal(codeOf(await running), 0)
    assert.equal(one.output.stdout, 'typed\n')
  })

  test('reads and writes files in memory', async () => {
    const files = [{ path: 'notes/today.txt', bytes: encoder.encode('hello') }]
    const read = await run(['read', '/notes/today.txt'], { files })
    assert.deepEqual([codeOf(read.exit), read.output.stdout], [0, 'hello'])
    const write = await run(['write', '/new.txt', 'text'], { files })
    assert.equal(codeOf(write.exit), 0, write.output.stderr)
    const left = structuredClone(await write.session.files())
    assert.deepEqual(
      left.map(({ path, bytes }) => [path, decoder.decode(bytes)]),
      [
        ['notes/today.txt', 'hello'],
        ['new.txt', 'text'],
      ],
    )
    const wrong = page(
      alone,
      { 't:guest': command },
      { files: [{ path: 'a/../b', bytes: new Uint8Array() }] },
    )
    assert.match(failed(await wrong.start()).failed, /the file `a\/\.\.\/b` cannot be made/)
  })

  test('ends with its code', async () => {
    const codes = [['exit', '0'], ['exit', '7'], ['fail'], ['nonsense']].map(async (args) =>
      codeOf((await run(args)).exit),
    )
    assert.deepEqual(await Promise.all(codes), [0, 1, 1, 1])
  })

  test('that asks for its end is seen to, and has not trapped', async () => {
    const { exit, calls } = await run(['exit', '7'])
    assert.equal(codeOf(exit), 1)
    const ends = [...calls.values()].map(({ function: name, end }) => [name, end?.outcome, end?.result])
    assert.deepEqual(ends[0], ['run', 'ok', 'ends with code 1'])
    assert.deepEqual(ends.at(-1), ['exit', 'ok', 'ends with code 1'])
  })

  test('traps: message, code and backtrace', async () => {
    const { exit, output } = await run(['panic'])
    const failure = failed(exit)
    assert.equal(failure.code, 'unreachable')
    assert.match(failure.failed, /unreachable/)
    assert.match(failure.backtrace!, /^0: .+ \(.+:0x[0-9a-f]+\)\n1: /)
    assert.match(output.stderr, /on purpose/)
  })

  test('writes no more than it may, and the page is told', async () => {
    const { output } = await run(['copy'], { stdin: 'x'.repeat(30_000) })
    assert.equal(output.stdout, 'x'.repeat(10_000))
    assert.equal(output.stderr, '\n[output beyond 10000 bytes is left out]\n')
  })

  test('has no more memory than it may', async () => {
    const little = { ...limits, memory: 1024 }
    const one = page(alone, { 't:guest': command }, { limits: little })
    const failure = failed(await one.start())
    assert.equal(failure.code, 'limit')
    assert.match(failure.failed, /1024 bytes of memory are too few/)
  })
})

suite('a composition', () => {
  const text = `package t:t;
    let calc = new ex:calculator {
      add: new ex:adder { ... }["tenon-examples:interfaced-adder/add"],
      ...
    };
    export calc...;`
  const packages = { 'ex:calculator': example('calculator'), 'ex:adder': example('interfaced-adder') }

  test('runs, and every wire is seen', async () => {
    const one = page(text, packages)
    assert.equal(started(await one.start()).isCommand, true)
    assert.deepEqual(one.steps, ['reading ex:calculator', 'reading ex:adder', 'starting', 'ready'])
    assert.equal(codeOf(await one.session.run()), 0)
    assert.equal(one.output.stdout, 'result: 3\n')
    const [run, add] = [...one.calls.values()].filter(({ to }) => to !== undefined)
    assert.deepEqual([run!.from, run!.to, run!.function, run!.depth], [undefined, 'calc', 'run', 0])
    assert.deepEqual(
      [add!.from, add!.to, add!.interface, add!.function, add!.parameters, add!.depth],
      ['calc', 'ex:adder#1', 'tenon-examples:interfaced-adder/add', 'add', ['1', '2'], 1],
    )
    assert.ok(add!.end?.outcome === 'ok' && add!.end.result === '3')
    // What goes to the host is seen as well, inside of the same call.
    const toHost = [...one.calls.values()].filter(({ to }) => to === undefined)
    assert.ok(toHost.length > 0 && toHost.every(({ depth, end }) => depth > 0 && end !== undefined))
  })

  test('what goes through a stream is seen on its wire', { skip: !canSuspend && 'no JSPI' }, async () => {
    const one = page(
      'package t:t; let source = new t:numbers { ... }; let sum = new t:total { numbers: source.numbers, ... }; export sum...;',
      { 't:numbers': await numbers(), 't:total': await total() },
    )
    started(await one.start())
    const answer = await one.session.call(['total'], [])
    assert.ok('wave' in answer, 'failed' in answer ? answer.failed : '')
    assert.equal(answer.wave, '6')
    const [, inner] = [...one.calls.values()]
    assert.deepEqual([inner!.from, inner!.to, inner!.function], ['sum', 'source', 'numbers'])
    const [passage, ...others] = inner!.passages
    const { time, ...piece } = passage!.pieces[0]!
    assert.deepEqual(
      [passage!.kind, passage!.place, passage!.count, piece, passage!.end?.how, others],
      ['stream', 'result', 3, { count: 3, values: '[1, 2, 3]' }, 'cancelled', []],
    )
    assert.ok(time >= inner!.start && time <= passage!.end!.time)
  })

  test('is not told of more calls than asked for', async () => {
    const one = page(text, packages, { limits: { ...limits, calls: 3 } })
    started(await one.start())
    await one.session.run()
    assert.equal(one.calls.size, 3)
    assert.ok(one.dropped > 0)
  })

  test('whose text is wrong says so as the command line does', async () => {
    const failure = failed(await page('package t:t; export nothing;', packages).start())
    assert.equal(failure.code, 'wac')
    assert.match(failure.failed, /undefined name `nothing`\n --> composition.wac:1:21/)
    const missing = failed(await page('package t:t; let a = new t:gone { ... };', packages).start())
    assert.match(missing.failed, /unknown package `t:gone`/)
    const broken = await page('package t:t; let a = new t:a { ... };', { 't:a': new Uint8Array(9) }).start()
    assert.match(failed(broken).failed, /failed to read package `t:a`/)
  })

  test('that lacks something traps when that is called, and says what to do', async () => {
    const lonely = page('package t:t; let calc = new ex:calculator { ... }; export calc...;', packages)
    started(await lonely.start())
    const failure = failed(await lonely.session.run())
    assert.equal(failure.code, 'import-trapped')
    assert.match(failure.failed, /interfaced-adder\/add#add` was called, and nothing was given for it/)
    assert.match(failure.cure!, /wire an export/)
  })
})

suite('exports', () => {
  const ledger = parseWat(readFileSync('test/fuzz/guests/ledger.wat', 'utf8'))
  const text = 'package t:t; let bank = new t:ledger { ... }; export bank...;'
  const opened = async () => {
    const one = page(text, { 't:ledger': ledger })
    const { exports } = started(await one.start())
    const functions = exports.flatMap((each) => each.functions)
    const named = (resource: string | undefined, label: string) =>
      functions.find((each) => each.resource === resource && each.label === label)!
    const call = async (resource: string | undefined, label: string, ...parameters: string[]) =>
      structuredClone(await one.session.call(named(resource, label).path, parameters))
    return { ...one, exports, named, call }
  }
  const result = (answer: CallResult | RunFailure): CallResult => {
    assert.ok('resources' in answer, 'failed' in answer ? answer.failed : '')
    return answer
  }

  test('are described for forms', async () => {
    const { exports, named } = await opened()
    assert.equal(exports.length, 1)
    const make = named('account', 'constructor')
    assert.deepEqual(make.parameters, [
      { name: 'balance', type: { kind: 'integer', bits: 32, signed: false } },
    ])
    assert.deepEqual(
      [make.kind, make.isAsync, make.result],
      ['constructor', false, { kind: 'own', resource: 'account' }],
    )
    const balance = named('account', 'balance')
    assert.deepEqual(
      [balance.kind, balance.parameters[0]!.type],
      ['method', { kind: 'borrow', resource: 'account' }],
    )
    assert.equal(balance.type, 'func(self: borrow<account>) -> u32')
  })

  test('resources have numbers: kept, lent, given away, dropped', async () => {
    const { call, session, calls } = await opened()
    const made = result(await call('account', 'constructor', '3'))
    assert.equal(made.wave, '#1')
    assert.equal(made.json, undefined)
    assert.deepEqual(made.resources, [{ id: 1, resource: 'account', from: '[constructor]account(3)' }])
    assert.equal(result(await call('account', 'deposit', '#1', '4')).wave, undefined)
    const balance = result(await call('account', 'balance', '#1'))
    assert.deepEqual([balance.wave, balance.json], ['7', '7'])
    const split = result(await call('account', 'split', '#1'))
    assert.equal(split.wave, '(#2, #3)')
    assert.deepEqual(
      split.resources.map(({ id }) => id),
      [2, 3],
    )
    const gone = failed(await call('account', 'balance', '#1'))
    assert.match(gone.failed, /#1 is no resource that lives/)
    const twice = failed(await call(undefined, 'merge', '#2', '#2'))
    assert.match(twice.failed, /own/)
    assert.equal(result(await call('account', 'balance', '#2')).wave, '7')
    const dropped = result(await session.drop(2))
    assert.deepEqual(
      dropped.resources.map(({ id }) => id),
      [3],
    )
    assert.match(failed(await session.drop(2)).failed, /#2 is no resource/)
    const printed = [...calls.values()].find(({ function: name }) => name.endsWith('.deposit'))
    assert.deepEqual(printed!.parameters, ['#1', '4'])
  })

  test('declared errors are results, wrong parameters are none', async () => {
    const { call, calls } = await opened()
    const even = result(await call(undefined, 'try-open', '2'))
    assert.deepEqual([even.outcome, even.wave, even.json], ['error', 'even', '"even"'])
    assert.equal([...calls.values()].at(-1)!.end!.outcome, 'error')
    const wrong = failed(await call(undefined, 'try-open', '"two"'))
    assert.equal(wrong.code, 'wave')
    assert.match(failed(await call(undefined, 'try-open', '1, 2')).failed, /too many|expected 1/i)
    assert.match(failed(await call(undefined, 'try-open')).failed, /1 parameters are wanted, 0 were given/)
    assert.equal(result(await call(undefined, 'try-open', '3')).wave, '#1')
  })

  test('a trap ends the instance, and later calls say so', async () => {
    const { call } = await opened()
    result(await call('account', 'constructor', '1'))
    result(await call('account', 'deposit', '#1', '42'))
    const answers = []
    for (let i = 0; i < 4; i++) answers.push(await call('account', 'balance', '#1'))
    const [trap, later] = answers.slice(2).map(failed)
    assert.equal(trap!.code, 'unreachable')
    assert.equal(later!.code, 'cannot-enter')
    assert.match(later!.cure!, /start anew/)
  })
})
