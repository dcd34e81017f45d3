import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProgressWord } from '../../src/cli/fuzz/protocol.ts'
import { SupervisedGuest } from '../../src/cli/fuzz/supervised-guest.ts'
import { Sessions } from '../../src/fuzz/session.ts'
import { findTargets } from '../../src/fuzz/target.ts'
import { func, u8 } from '../support/type-builders.ts'

test('a thread that dies is a finding, with the steps that led there', async () => {
  const exports = new Map([['f', func([u8])]])
  const targets = findTargets({ kind: 'component', imports: new Map(), exports }, () => true)
  const progress = new Int32Array(new SharedArrayBuffer(4 * (ProgressWord.returned + 1)))
  const setup = { bytes: new Uint8Array(), baseName: 'f', options: {}, stub: false, wanted: [], progress }
  const guest = new SupervisedGuest(new URL('dying-thread.ts', import.meta.url), setup, targets, 60_000)
  const request = { seed: 5, session: 0, calls: 100, known: [], without: [] }
  const { found, session } = await guest.search(request)
  assert.deepEqual([found?.failure.kind, session], ['crash', 1])
  assert.match(found!.failure.message, /^f ended its thread: exit code 3$/)
  assert.deepEqual(found!.steps, new Sessions(targets).steps(5, 0, new Set()).take(3).toArray())

  const again = await guest.search({ ...request, known: [found!.failure.key] })
  assert.deepEqual([again.found, again.again], [undefined, { [found!.failure.key]: 1 }])

  const replay = await guest.replay(found!.steps, false)
  assert.equal(replay.failure?.key, found!.failure.key)
  assert.deepEqual(replay.trace, [{ kind: 'call', target: 0, args: [7], handles: [] }])
  await guest.end()
})
