/** Runs contestants against each other: one process each, samples taken in turn, the median counts. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { ContestantName } from './contestants.ts'
import type { Answer, Request } from './worker.ts'

/** A process compiles and lays things out as luck has it: so several, one after the other. */
const generations = 3
const samplesPerGeneration = 9

/** Nanoseconds per operation, a number per sample: numbers of one place were measured right after each other. */
export type Samples = readonly number[]

/** What each contestant took, or why it has no samples. */
export type Times = Partial<Record<ContestantName, Samples | Error>>

/** Times one scenario. A contestant that returns something else than the first one is an error. */
export async function race(names: readonly ContestantName[], group: string, index: number): Promise<Times> {
  const failed: Times = {}
  const taken = new Map<ContestantName, number[]>(names.map((name) => [name, []]))
  for (let generation = 0; generation < generations; generation++) {
    const workers = new Map<ContestantName, ChildProcess>()
    let expected: string | undefined
    for (const name of taken.keys()) {
      try {
        const worker = await start(name)
        workers.set(name, worker)
        const answer = await ask(worker, { prepare: { group, index } })
        if (!('result' in answer)) throw new Error('error' in answer ? answer.error : 'no result')
        expected ??= answer.result
        if (answer.result !== expected) throw new Error(`returned ${answer.result}, wanted ${expected}`)
      } catch (error) {
        failed[name] = error as Error
        taken.delete(name)
      }
    }
    for (let sample = 0; sample < samplesPerGeneration; sample++) {
      for (const [name, times] of taken) {
        const answer = await ask(workers.get(name)!, 'sample')
        if ('nanoseconds' in answer) times.push(answer.nanoseconds)
      }
    }
    for (const worker of workers.values()) worker.disconnect()
  }
  return { ...Object.fromEntries(taken), ...failed }
}

async function start(name: ContestantName): Promise<ChildProcess> {
  const worker = fork(join(import.meta.dirname, 'worker.ts'), [name], { execArgv: ['--expose-gc'] })
  await reply(worker)
  return worker
}

async function ask(worker: ChildProcess, request: Request): Promise<Answer> {
  worker.send(request)
  return reply(worker)
}

/** The next message, or a rejection where the process ends instead. */
async function reply(worker: ChildProcess): Promise<Answer> {
  const waiting = new AbortController()
  const { signal } = waiting
  const ended = once(worker, 'exit', { signal }).then(([code]) => {
    throw new Error(`the process ended with ${code}`)
  })
  try {
    const [answer] = await Promise.race([once(worker, 'message', { signal }), ended])
    return answer as Answer
  } finally {
    ended.catch(() => {})
    waiting.abort()
  }
}

/** How many times as long: the median of the pairs, so that a machine that slows down for a while slows down both. */
export function ratio(samples: Samples, base: Samples): number {
  return median(samples.map((time, i) => time / base[i]!))
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
