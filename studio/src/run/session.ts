/** One run: one worker, which is ended when the run is. */
import type {
  CallEvent,
  CallResult,
  Exit,
  LiveResource,
  MemoryFile,
  RunFailure,
  Runner,
  RunSource,
  Started,
} from '../contract/run.ts'
import type { OpenThread, RunnerThread } from './runner-thread.ts'
import { duration, type SessionEvent } from './session-state.ts'
import { TimeLimit } from './time-limit.ts'
import { messageOf } from '../state/message-of.ts'

/** What a run tells of itself; nothing any more once it was stopped. */
export interface SessionListener {
  event(event: SessionEvent): void
  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): void
  calls(calls: readonly CallEvent[], dropped: number): void
  files(files: readonly MemoryFile[]): void
}

export class Session {
  readonly #listener: SessionListener
  readonly #thread: RunnerThread
  readonly #now: () => number
  readonly #time: TimeLimit
  /** Resolves when the run is over, for answers that then never come. */
  readonly #over = Promise.withResolvers<undefined>()
  #isOver = false
  /** Lines that were typed before anybody asked; undefined: the end. */
  readonly #typed: (Uint8Array | undefined)[] = []
  #wantsInput = false

  /** @param time milliseconds that the start, a command and a call may take each; undefined: no limit */
  constructor(openThread: OpenThread, listener: SessionListener, now: () => number, time?: number) {
    this.#listener = listener
    this.#now = now
    this.#time = new TimeLimit(time, now, () => this.#fail(tooLong(time!)))
    this.#thread = openThread((message) => this.#fail(unexpected(message)))
  }

  /** Makes the composition, and runs it if it is a command. */
  async start(source: RunSource | Promise<RunSource>): Promise<void> {
    const started = await this.#ask<Started>(async (runner) => {
      const given = await source
      return await this.#timed(runner.start(given, this.#events()))
    })
    if (started === undefined) return
    if (isFailure(started)) return this.#fail(started)
    this.#listener.event({ kind: 'started', started })
    if (started.isCommand) await this.#run()
  }

  async #run(): Promise<void> {
    this.#listener.event({ kind: 'call' })
    const exit = await this.#ask<Exit>((runner) => this.#timed(runner.run()))
    if (exit === undefined) return
    await this.collectFiles()
    if (isFailure(exit)) return this.#fail(exit)
    this.#listener.event({ kind: 'exit', exit, at: this.#now() })
    this.#end()
  }

  /** @returns undefined where the run was stopped meanwhile */
  async call(
    path: readonly string[],
    parameters: readonly string[],
    activity: string,
  ): Promise<CallResult | RunFailure | undefined> {
    this.#listener.event({ kind: 'call', activity })
    const answer = await this.#ask<CallResult>((runner) => this.#timed(runner.call(path, parameters)))
    if (answer !== undefined) this.#listener.event({ kind: 'returned' })
    return answer
  }

  async drop({ id, resource }: LiveResource): Promise<CallResult | RunFailure | undefined> {
    this.#listener.event({ kind: 'call', activity: `drop of ${resource} #${id}` })
    const answer = await this.#ask<CallResult>((runner) => this.#timed(runner.drop(id)))
    if (answer !== undefined) this.#listener.event({ kind: 'returned' })
    return answer
  }

  /** Tells the files as they are now. */
  async collectFiles(): Promise<void> {
    const files = await this.#ask<readonly MemoryFile[]>((runner) => runner.files())
    if (files !== undefined && !isFailure(files)) this.#listener.files(files)
  }

  /** A line of standard input; undefined ends it. It is kept until the guest asks. */
  type(bytes: Uint8Array | undefined): void {
    this.#typed.push(bytes)
    this.#answerRead()
  }

  stop(): void {
    if (this.#isOver) return
    this.#end()
    this.#listener.event({ kind: 'stop', at: this.#now() })
  }

  #events() {
    const whileLive =
      <A extends unknown[]>(tell: (...values: A) => void) =>
      (...values: A): void => {
        if (!this.#isOver) tell(...values)
      }
    return {
      progress: whileLive((step: string, part: number) =>
        this.#listener.event({ kind: 'progress', step, part }),
      ),
      output: whileLive((stream: 'stdout' | 'stderr', bytes: Uint8Array) =>
        this.#listener.output(stream, bytes),
      ),
      wantsInput: whileLive(() => {
        this.#wantsInput = true
        this.#time.pause()
        this.#listener.event({ kind: 'wants-input' })
        this.#answerRead()
      }),
      calls: whileLive((calls: readonly CallEvent[], dropped: number) =>
        this.#listener.calls(calls, dropped),
      ),
    }
  }

  #answerRead(): void {
    if (!this.#wantsInput || this.#typed.length === 0 || this.#isOver) return
    this.#wantsInput = false
    this.#time.goOn()
    // A read waits for this answer and is given no other, so nothing waits for the worker's.
    void this.#ask<void>((runner) => runner.input(this.#typed.shift()))
    this.#listener.event({ kind: 'input' })
  }

  /** What a worker answers; undefined where the run is over before it does. What it throws is a failure, too. */
  #ask<T>(question: (runner: Runner) => Promise<T | RunFailure>): Promise<T | RunFailure | undefined> {
    if (this.#isOver) return Promise.resolve(undefined)
    const answer = question(this.#thread.runner).catch((error: unknown) => unexpected(messageOf(error)))
    return Promise.race([answer, this.#over.promise])
  }

  /** What the guest does until the answer counts against its time. */
  async #timed<T>(answer: Promise<T>): Promise<T> {
    if (!this.#isOver) this.#time.begin()
    try {
      return await answer
    } finally {
      this.#time.end()
    }
  }

  #fail(failure: RunFailure): void {
    if (this.#isOver) return
    this.#end()
    this.#listener.event({ kind: 'failure', failure, at: this.#now() })
  }

  #end(): void {
    this.#isOver = true
    this.#time.end()
    this.#thread.end()
    this.#over.resolve(undefined)
  }
}

export function isFailure(answer: unknown): answer is RunFailure {
  return typeof answer === 'object' && answer !== null && 'failed' in answer
}

function tooLong(time: number): RunFailure {
  return {
    failed: `it was stopped: it took longer than ${duration(time)}, its limit`,
    code: 'limit',
    cure: 'give it more time in Setup, or see in the timeline what it was doing',
    backtrace: undefined,
  }
}

function unexpected(message: string): RunFailure {
  return { failed: message, code: undefined, cure: undefined, backtrace: undefined }
}
