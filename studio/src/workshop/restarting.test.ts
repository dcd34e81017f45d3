import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Restarting, type Started } from './restarting.ts'

interface Remote {
  answer(): Promise<string>
}

/** Workers that answer when they are told to. */
function workers() {
  const started: { fail(reason: string): void; isStopped: boolean; answer(text: string): void }[] = []
  const start = (): Started<Remote> => {
    const { promise, resolve } = Promise.withResolvers<string>()
    let tell: (reason: string) => void = () => undefined
    const control = { fail: (reason: string) => tell(reason), isStopped: false, answer: resolve }
    started.push(control)
    return {
      remote: { answer: () => promise },
      failed: (listener) => {
        tell = listener
      },
      stop: () => {
        control.isStopped = true
      },
    }
  }
  return { started, start }
}

test('whoever waits is told that the worker failed, and the next call goes to another', async () => {
  const { started, start } = workers()
  const restarting = new Restarting(start)
  const told: unknown[] = []
  restarting.onRestart((reason) => told.push(reason))
  const waiting = restarting.call((remote) => remote.answer())
  started[0]!.fail('out of memory')
  await assert.rejects(waiting, { message: 'out of memory' })
  assert.deepEqual([told, started[0]!.isStopped, started.length], [['out of memory'], true, 2])
  started[1]!.answer('hello')
  assert.equal(await restarting.call((remote) => remote.answer()), 'hello')
})

test('a worker that was stopped cannot fail once more', () => {
  const { started, start } = workers()
  new Restarting(start)
  started[0]!.fail('first')
  started[0]!.fail('late')
  assert.equal(started.length, 2)
})

test('after too many failures nothing is started, until a person asks for it', async () => {
  const { started, start } = workers()
  const restarting = new Restarting(start)
  for (let count = 0; count < 4; count++) started.at(-1)!.fail('again')
  assert.equal(started.length, 4)
  await assert.rejects(
    restarting.call((remote) => remote.answer()),
    /too often/,
  )
  restarting.restart()
  started[4]!.answer('hello')
  assert.equal(await restarting.call((remote) => remote.answer()), 'hello')
})
