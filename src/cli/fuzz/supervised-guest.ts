/** The guest on its thread, as the tool's thread sees it: ended where a call takes too long, and made anew. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { TenonError } from '../../errors.ts'
import type { Executor, Growth, Replay, SearchRequest, SearchResult } from '../../fuzz/campaign.ts'
import { type Failure, failure } from '../../fuzz/failure.ts'
import { Sessions } from '../../fuzz/session.ts'
import type { Step, TracedStep } from '../../fuzz/step.ts'
import type { Targets } from '../../fuzz/target.ts'
import { Phase, ProgressWord, type Reply, type Request, type Setup, type StepNotice } from './protocol.ts'

/** Milliseconds. */
const limits = {
  /** To load the component and make an instance; compiling large modules takes its time. */
  instantiating: 60_000,
  /** What a call gets at most while a hang is shrunk, and is seen to hang again and again. */
  hurried: 500,
  poll: 25,
} as const

type Ended = { readonly kind: 'hang' } | { readonly kind: 'died'; readonly error: string }

export class SupervisedGuest implements Executor {
  readonly #entry: URL
  readonly #setup: Setup
  readonly #targets: Targets
  readonly #timeout: number
  #worker: Worker | undefined
  /** Of the replay that runs: what is done, and what was begun. */
  #notices: StepNotice[] = []

  /**
   * @param entry what the thread runs
   * @param timeout of one call, in milliseconds
   */
  constructor(entry: URL, setup: Setup, targets: Targets, timeout: number) {
    this.#entry = entry
    this.#setup = setup
    this.#targets = targets
    this.#timeout = timeout
  }

  async search(request: SearchRequest): Promise<SearchResult> {
    const before = this.#word(ProgressWord.calls)
    const reply = await this.#ask({ kind: 'search', ...request }, this.#timeout)
    if (reply.kind === 'search') return reply.result
    const ended = endOf(reply)
    const [session, step] = [this.#word(ProgressWord.session), this.#word(ProgressWord.step)]
    const steps = new Sessions(this.#targets)
      .steps(request.seed, session, new Set(request.without))
      .take(step + 1)
      .toArray()
    const calls = this.#word(ProgressWord.calls) - before + 1
    const found = this.#failure(ended, steps.at(-1))
    const isKnown = request.known.includes(found.key)
    return {
      calls,
      session: session + 1,
      again: isKnown ? { [found.key]: 1 } : {},
      found: isKnown ? undefined : { failure: found, steps },
    }
  }

  async replay(steps: readonly Step[], hurried: boolean): Promise<Replay> {
    this.#notices = []
    const limit = hurried ? Math.min(limits.hurried, this.#timeout) : this.#timeout
    const reply = await this.#ask({ kind: 'replay', steps }, limit)
    if (reply.kind === 'replay') return reply.result
    const trace = this.#notices.filter(({ kind }) => kind === 'done').map(({ step }) => step)
    const last = this.#notices.at(-1)
    if (last?.kind === 'started') trace.push(last.step)
    return { trace, failure: this.#failure(endOf(reply), trace.at(-1)), output: '' }
  }

  async measure(steps: readonly Step[], hurried: boolean): Promise<Growth | undefined> {
    const reply = await this.#ask({ kind: 'measure', steps, hurried }, this.#timeout)
    if (reply.kind === 'measure') return reply.result
    endOf(reply)
    return undefined
  }

  async end(): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  #failure(ended: Ended, step: Step | TracedStep | undefined): Failure {
    if (step === undefined) {
      const why = ended.kind === 'hang' ? 'takes too long' : `ends the thread: ${ended.error}`
      throw new TenonError('unsupported', `to make an instance of the component ${why}`)
    }
    const name = step.kind === 'call' ? this.#targets.targets[step.target]!.name : 'a destructor'
    return ended.kind === 'hang'
      ? failure('hang', 'hang', `${name} did not return within ${this.#timeout / 1000} s`, name)
      : failure('crash', 'crash', `${name} ended its thread: ${ended.error}`, name)
  }

  async #ask(request: Request, timeout: number): Promise<Reply | Ended> {
    const worker = this.#live()
    const done = new AbortController()
    const { signal } = done
    // What was begun before is not what this request waits for.
    this.#setup.progress[ProgressWord.phase] = Phase.instantiating
    worker.postMessage(request)
    try {
      return await Promise.race([
        this.#reply(worker, signal),
        once(worker, 'exit', { signal }).then(
          ([code]): Ended => ({ kind: 'died', error: `exit code ${code}` }),
        ),
        this.#tooLong(timeout, signal),
      ]).then(async (outcome) => {
        if (outcome.kind === 'hang' || outcome.kind === 'died') await this.end()
        return outcome
      })
    } catch (error) {
      // `once` rejects with what the thread did not catch: it has no memory left, for one.
      await this.end()
      return { kind: 'died', error: error instanceof Error ? error.message : String(error) }
    } finally {
      done.abort()
    }
  }

  #reply(worker: Worker, signal: AbortSignal): Promise<Reply> {
    return new Promise((resolve) => {
      const listen = (message: Reply | StepNotice): void => {
        if ('step' in message) this.#notices.push(message)
        else resolve(message)
      }
      worker.on('message', listen)
      signal.addEventListener('abort', () => worker.off('message', listen))
    })
  }

  /** Resolves when one call, or one instantiation, takes longer than it may. */
  #tooLong(timeout: number, signal: AbortSignal): Promise<Ended> {
    return new Promise((resolve) => {
      let beat = -1
      let phase: number = Phase.idle
      let since = performance.now()
      const timer = setInterval(() => {
        const now = { beat: this.#word(ProgressWord.beat), phase: this.#word(ProgressWord.phase) }
        if (now.beat !== beat || now.phase !== phase) {
          ;({ beat, phase } = now)
          since = performance.now()
        }
        const limit = phase === Phase.calling ? timeout : limits.instantiating
        if (phase !== Phase.idle && performance.now() - since >= limit) resolve({ kind: 'hang' })
      }, limits.poll)
      signal.addEventListener('abort', () => clearInterval(timer))
    })
  }

  #live(): Worker {
    if (this.#worker) return this.#worker
    // What a guest makes the heap hold is bounded; its output is ours, and goes nowhere else.
    const worker = new Worker(this.#entry, { workerData: this.#setup, stdout: true, stderr: true })
    this.#worker = worker
    return worker
  }

  #word(word: number): number {
    return Atomics.load(this.#setup.progress, word)
  }
}

/** @throws {TenonError} what went wrong is no finding */
function endOf(reply: Reply | Ended): Ended {
  if (reply.kind === 'hang' || reply.kind === 'died') return reply
  if (reply.kind === 'error') throw new GuestError(reply.message)
  throw new Error(`a ${reply.kind} came where it was not asked for`)
}

/** The component cannot be made ready. */
export class GuestError extends Error {
  /** What to show, as it is. */
  readonly text: string

  constructor(text: string) {
    super('the component cannot be made ready')
    this.text = text
  }
}
