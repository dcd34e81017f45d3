import assert from 'node:assert/strict'
import { mock, suite, test } from 'node:test'
import type {
  CallEvent,
  MemoryFile,
  RunEvents,
  RunFailure,
  Runner,
  RunSource,
  Started,
} from '../contract/run.ts'
import { runLimits } from './limits.ts'
import { Session } from './session.ts'
import { describe, idle, next } from './session-state.ts'

const source: RunSource = {
  text: '',
  packages: [],
  args: [],
  env: [],
  stdin: undefined,
  files: [],
  limits: runLimits,
}
const command: Started = { isCommand: true, exports: [], canWaitForInput: true }
const reactor: Started = { isCommand: false, exports: [], canWaitForInput: true }
const trap: RunFailure = { failed: 'unreachable', code: 'unreachable', cure: undefined, backtrace: 'at f' }
const never = () => new Promise<never>(() => {})

interface Told {
  state: ReturnType<typeof next>
  readonly words: string[]
  readonly output: string[]
  readonly calls: CallEvent[]
  files: readonly MemoryFile[] | undefined
}

/** A session with a runner of its own making, and a clock that goes a second a look. */
function begin(answers: Partial<Runner>, limit?: number) {
  const told: Told = {
    state: next(idle, { kind: 'begin', at: 0 }),
    words: [],
    output: [],
    calls: [],
    files: undefined,
  }
  const thread: { ended: number; events?: RunEvents; die?: (message: string) => void } = { ended: 0 }
  let time = 0
  const runner: Runner = {
    start: async () => reactor,
    run: never,
    call: never,
    drop: never,
    input: async () => {},
    files: async () => [],
    ...answers,
  }
  const session = new Session(
    (onDeath) => {
      thread.die = onDeath
      return {
        runner: {
          ...runner,
          start: (given, events) => {
            thread.events = events
            return runner.start(given, events)
          },
        },
        end: () => thread.ended++,
      }
    },
    {
      event: (event) => {
        told.state = next(told.state, event)
        told.words.push(describe(told.state))
      },
      output: (_, bytes) => told.output.push(new TextDecoder().decode(bytes)),
      calls: (calls) => told.calls.push(...calls),
      files: (files) => {
        told.files = files
      },
    },
    limit === undefined ? () => (time += 1_000) : () => Date.now(),
    limit,
  )
  return { session, told, thread }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

suite('a run', () => {
  test('a command runs at once, its files are collected, and its worker is ended', async () => {
    const file = { path: 'out.txt', bytes: new Uint8Array(3) }
    const { session, told, thread } = begin({
      start: async () => command,
      run: async () => ({ code: 3, milliseconds: 5 }),
      files: async () => [file],
    })
    await session.start(source)
    assert.deepEqual(told.words, ['Ready for calls', 'Running', 'Ended with exit code 3 after 1.0 s'])
    assert.deepEqual(told.files, [file])
    assert.equal(thread.ended, 1)
  })

  test('an endless command is stopped, and what comes late is not heard', async () => {
    const { session, told, thread } = begin({ start: async () => command })
    const running = session.start(source)
    await settled()
    thread.events!.output('stdout', new TextEncoder().encode('before'))
    session.stop()
    await running
    thread.events!.output('stdout', new TextEncoder().encode('late'))
    thread.events!.calls([], 9)
    thread.die!('late')
    session.stop()
    assert.equal(told.words.at(-1), 'Stopped after 1.0 s')
    assert.deepEqual(told.output, ['before'])
    assert.equal(thread.ended, 1)
  })

  test('a reactor waits for calls, one after the other', async () => {
    const result = { wave: '3', json: '3', outcome: 'ok' as const, milliseconds: 1, resources: [] }
    const { session, told, thread } = begin({ call: async (_, [a]) => (a === '1' ? result : trap) })
    await session.start(source)
    assert.equal(await session.call(['add'], ['1'], 'add'), result)
    assert.equal(await session.call(['add'], ['2'], 'add'), trap)
    assert.deepEqual(told.words, [
      'Ready for calls',
      'Running add',
      'Ready for calls',
      'Running add',
      'Ready for calls',
    ])
    assert.equal(thread.ended, 0)
    const late = session.call(['add'], ['1'], 'add')
    session.stop()
    assert.equal(await session.call(['add'], ['1'], 'add'), undefined)
    await late
  })

  test('a trap of a command, a start that fails, an answer that is an error, and a worker that dies are failures', async () => {
    const failing: readonly Partial<Runner>[] = [
      { start: async () => command, run: async () => trap },
      { start: async () => trap },
      { start: () => Promise.reject(new Error('unreachable')) },
      { start: never },
    ]
    for (const answers of failing) {
      const { session, told, thread } = begin(answers)
      const running = session.start(source)
      await settled()
      thread.die!('unreachable')
      await running
      assert.equal(told.state.phase, 'failed')
      assert.equal(told.state.failure?.failed, 'unreachable')
      assert.equal(thread.ended, 1)
    }
  })

  test('each read is given one line, and lines that were typed ahead wait', async () => {
    const given: (string | undefined)[] = []
    const { session, told, thread } = begin({
      start: async () => command,
      input: async (bytes) => {
        given.push(bytes && new TextDecoder().decode(bytes))
      },
    })
    void session.start(source)
    await settled()
    const line = (text: string) => session.type(new TextEncoder().encode(text))
    line('one\n')
    line('two\n')
    assert.deepEqual(given, [])
    thread.events!.wantsInput()
    assert.deepEqual(given, ['one\n'])
    thread.events!.wantsInput()
    thread.events!.wantsInput()
    assert.equal(told.words.at(-1), 'Waiting for input')
    session.type(undefined)
    assert.deepEqual(given, ['one\n', 'two\n', undefined])
    assert.equal(told.words.at(-1), 'Running')
    session.stop()
  })
})

suite('a run with a limit on its time', () => {
  /** Promises go on between two steps of the clock. */
  const passing = async (milliseconds: number) => {
    await settled()
    mock.timers.tick(milliseconds)
    await settled()
  }
  const withClock = (name: string, body: () => Promise<void>) =>
    test(name, async () => {
      mock.timers.enable({ apis: ['setTimeout', 'Date'] })
      try {
        await body()
      } finally {
        mock.timers.reset()
      }
    })

  withClock('a command is stopped when it takes longer, and its worker is ended', async () => {
    const { session, told, thread } = begin({ start: async () => command }, 5_000)
    const running = session.start(source)
    await passing(4_999)
    assert.equal(told.words.at(-1), 'Running')
    await passing(1)
    await running
    assert.equal(told.state.phase, 'failed')
    assert.equal(told.state.failure?.failed, 'it was stopped: it took longer than 5.0 s, its limit')
    assert.equal(told.state.failure?.code, 'limit')
    assert.equal(thread.ended, 1)
  })

  withClock('so is a start; the time in which packages are read is not the guest’s', async () => {
    const { session, told } = begin({ start: never }, 1_000)
    const given = Promise.withResolvers<RunSource>()
    const running = session.start(given.promise)
    await passing(60_000)
    assert.equal(told.state.phase, 'loading')
    given.resolve(source)
    await passing(1_000)
    await running
    assert.equal(told.state.phase, 'failed')
  })

  withClock('each call has all of it, and waiting for a call is no call', async () => {
    const answers = [Promise.withResolvers<RunFailure>(), Promise.withResolvers<RunFailure>()]
    let calls = 0
    const { session, told } = begin({ call: () => answers[calls++]!.promise }, 1_000)
    await session.start(source)
    await passing(60_000)
    for (const { resolve } of answers) {
      const call = session.call(['f'], [], 'f')
      await passing(900)
      resolve(trap)
      assert.equal(await call, trap)
    }
    assert.equal(told.state.phase, 'ready')
  })

  withClock('waiting for a person does not count', async () => {
    const { session, told, thread } = begin({ start: async () => command }, 1_000)
    const running = session.start(source)
    await passing(600)
    thread.events!.wantsInput()
    await passing(60_000)
    assert.equal(told.state.phase, 'waiting')
    session.type(new Uint8Array(1))
    await passing(399)
    assert.equal(told.state.phase, 'running')
    await passing(1)
    await running
    assert.equal(told.state.phase, 'failed')
  })
})
