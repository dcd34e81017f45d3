import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from '../../../test/support/fast-check.ts'
import {
  describe,
  duration,
  idle,
  isLive,
  next,
  type SessionEvent,
  type SessionState,
  statusOf,
} from './session-state.ts'

const started = { isCommand: true, exports: [], canWaitForInput: true }
const failure = { failed: 'unreachable', code: 'unreachable', cure: undefined, backtrace: undefined }
const begin: SessionEvent = { kind: 'begin', at: 1_000 }
const run: SessionEvent = { kind: 'call' }

function after(...events: SessionEvent[]): SessionState {
  return events.reduce(next, idle)
}

suite('the state of a run', () => {
  const courses: readonly (readonly [words: string, ...SessionEvent[]])[] = [
    ['Not started'],
    ['Loading', begin],
    ['compiling', begin, { kind: 'progress', step: 'compiling', part: 0.5 }],
    ['Ready for calls', begin, { kind: 'started', started }],
    ['Running', begin, { kind: 'started', started }, run],
    ['Waiting for input', begin, { kind: 'started', started }, run, { kind: 'wants-input' }],
    ['Running', begin, { kind: 'started', started }, run, { kind: 'wants-input' }, { kind: 'input' }],
    ['Running add', begin, { kind: 'started', started }, { kind: 'call', activity: 'add' }],
    ['Ready for calls', begin, { kind: 'started', started }, run, { kind: 'returned' }],
    [
      'Ended with exit code 3 after 12.0 ms',
      begin,
      { kind: 'started', started },
      run,
      { kind: 'exit', exit: { code: 3, milliseconds: 5 }, at: 1_012 },
    ],
    ['Stopped after 3.2 s', begin, { kind: 'started', started }, run, { kind: 'stop', at: 4_200 }],
    ['Stopped after 1.0 s', begin, { kind: 'stop', at: 2_000 }],
    ['Failed after 1.0 s', begin, { kind: 'failure', failure, at: 2_000 }],
  ]
  for (const [words, ...events] of courses) {
    test(`${words}: ${events.map(({ kind }) => kind).join(', ')}`, () =>
      assert.equal(describe(after(...events)), words))
  }

  test('why a run failed, in a line', () => {
    const long = { ...failure, failed: 'unreachable\nand more' }
    assert.equal(
      statusOf(after(begin, { kind: 'failure', failure: long, at: 2_000 })),
      'Failed after 1.0 s: unreachable',
    )
    assert.equal(statusOf(after(begin)), 'Loading')
  })

  test('what comes after the end changes nothing, but a new beginning does', () => {
    const stopped = after(begin, { kind: 'started', started }, run, { kind: 'stop', at: 2_000 })
    const late: SessionEvent[] = [
      { kind: 'progress', step: 'late', part: 1 },
      { kind: 'started', started },
      run,
      { kind: 'returned' },
      { kind: 'wants-input' },
      { kind: 'input' },
      { kind: 'exit', exit: { code: 0, milliseconds: 1 }, at: 3_000 },
      { kind: 'failure', failure, at: 3_000 },
      { kind: 'stop', at: 3_000 },
    ]
    for (const event of late) assert.equal(next(stopped, event), stopped, event.kind)
    assert.equal(next(stopped, { kind: 'begin', at: 5_000 }).phase, 'loading')
  })

  test('whatever happens, a run that is over has a time, and a live one has none', () => {
    const event = fc.constantFrom<SessionEvent[]>(
      begin,
      { kind: 'progress', step: 'x', part: Number.NaN },
      { kind: 'started', started },
      run,
      { kind: 'returned' },
      { kind: 'wants-input' },
      { kind: 'input' },
      { kind: 'exit', exit: { code: 0, milliseconds: 1 }, at: 3_000 },
      { kind: 'failure', failure, at: 3_000 },
      { kind: 'stop', at: 3_000 },
    )
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const state = after(...events)
        assert.equal(state.took === undefined, isLive(state) || state.phase === 'idle')
        assert.equal(state.failure !== undefined, state.phase === 'failed')
        assert.equal(state.exit !== undefined, state.phase === 'ended')
        assert.ok(state.part >= 0 && state.part <= 1)
      }),
    )
  })

  const times: readonly (readonly [number, string])[] = [
    [0, '<0.1 ms'],
    [0.0012, '1.2 µs'],
    [0.05, '50 µs'],
    [0.0999, '0.10 ms'],
    [1.234, '1.23 ms'],
    [56.78, '56.8 ms'],
    [999, '999 ms'],
    [3_210, '3.2 s'],
    [125_000, '2 min 5 s'],
  ]
  for (const [milliseconds, text] of times) test(text, () => assert.equal(duration(milliseconds), text))
})
