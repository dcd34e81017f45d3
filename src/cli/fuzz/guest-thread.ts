/** Runs in a worker: makes instances and calls them, and may hang or die of it. */
import { parentPort, workerData } from 'node:worker_threads'
import { fullName } from '../../component/callable-function.ts'
import type { Growth, Replay, SearchRequest, SearchResult } from '../../fuzz/campaign.ts'
import type { Failure } from '../../fuzz/failure.ts'
import { Guest } from '../../fuzz/guest.ts'
import { seededRandom } from '../../fuzz/random.ts'
import { Sessions } from '../../fuzz/session.ts'
import type { Step, TracedStep } from '../../fuzz/step.ts'
import { findTargets, type Target, type Targets } from '../../fuzz/target.ts'
import { Component, type Instance } from '../../index.ts'
import { wasi } from '../../wasi/index.ts'
import { invoke } from '../call/invoke.ts'
import { cacheDirectory, memoryLimit, wasiOptions } from '../host-options.ts'
import { linkProviders, loadProviders, type Provider } from '../link.ts'
import { describeError } from '../report-error.ts'
import { stackFrames } from '../stack-frames.ts'
import { paintFor } from '../terminal.ts'
import { stderr } from '../write.ts'
import { OutputTail } from './output-tail.ts'
import {
  Phase,
  ProgressWord,
  Stop,
  type Reply,
  type Request,
  type Setup,
  type StepNotice,
} from './protocol.ts'

/** Calls in one window of a measurement: at least, and at most. */
const measured = { window: 400, longest: 6_400 } as const

class GuestThread {
  readonly #setup: Setup
  readonly #component: Component
  readonly #targets: Targets
  readonly #sessions: Sessions
  readonly #output = new OutputTail()
  #providers: readonly Provider[] | undefined

  constructor(setup: Setup) {
    this.#setup = setup
    this.#component = Component.fromBytes(setup.bytes, { name: setup.baseName.replace(/\.wasm$/, '') })
    const wanted = new Set(setup.wanted)
    this.#targets = findTargets(
      this.#component.type,
      (callable) => wanted.size === 0 || wanted.has(fullName(callable)),
    )
    this.#sessions = new Sessions(this.#targets)
  }

  async answer(request: Request): Promise<Reply> {
    try {
      switch (request.kind) {
        case 'search':
          return { kind: 'search', result: await this.#search(request) }
        case 'replay':
          return { kind: 'replay', result: await this.#replay(request.steps) }
        case 'measure':
          return { kind: 'measure', result: await this.#measure(request.steps, request.hurried) }
      }
    } catch (error) {
      return { kind: 'error', message: describeError(error, 'fuzz', paintFor(stderr)) }
    } finally {
      this.#tell(ProgressWord.phase, Phase.idle)
    }
  }

  async #search(request: SearchRequest): Promise<SearchResult> {
    const { seed, calls: most, known } = request
    const without = new Set(request.without)
    const again: Record<string, number> = {}
    let calls = 0
    let { session } = request
    const result = (found: SearchResult['found']): SearchResult => ({ calls, session, again, found })
    // Where no session comes to a call, none ever will.
    for (let idle = 0; idle < 20 && calls < most && !this.#stopped; ) {
      this.#tell(ProgressWord.session, session)
      this.#tell(ProgressWord.step, -1)
      const live = await this.#instantiate()
      const steps: Step[] = []
      let failed: Failure | undefined
      let last: Step | undefined
      idle++
      for (const step of this.#sessions.steps(seed, session, without)) {
        if (calls >= most || this.#stopped) break
        this.#tell(ProgressWord.step, Atomics.load(this.#setup.progress, ProgressWord.step) + 1)
        const ended = await live.guest.run(step)
        if (ended.kind === 'skipped') continue
        last = step
        if (step.kind === 'call') {
          calls++
          idle = 0
          Atomics.add(this.#setup.progress, ProgressWord.calls, 1)
        }
        if (ended.kind === 'failed') failed = ended.failure
        if (ended.kind !== 'done') break
        steps.push(step)
      }
      live.instance.dispose()
      session++
      if (failed && !known.includes(failed.key)) return result({ failure: failed, steps: [...steps, last!] })
      if (failed) again[failed.key] = (again[failed.key] ?? 0) + 1
    }
    return result(undefined)
  }

  async #replay(steps: readonly Step[]): Promise<Replay> {
    const { guest, instance } = await this.#instantiate((step) => notify({ kind: 'started', step }))
    const trace: TracedStep[] = []
    try {
      for (const step of steps) {
        const ended = await guest.run(step)
        if (ended.kind === 'skipped') continue
        if (ended.kind === 'stubbed') break
        trace.push(ended.step)
        notify({ kind: 'done', step: ended.step })
        if (ended.kind === 'failed') return { trace, failure: ended.failure, output: this.#output.text }
      }
      return { trace, failure: undefined, output: '' }
    } finally {
      instance.dispose()
    }
  }

  /**
   * Four windows of the same number of calls. Memory that grows in each of the last three keeps growing; where it grows in
   * some, larger windows tell.
   */
  async #measure(steps: readonly Step[], hurried: boolean): Promise<Growth | undefined> {
    const { guest, instance } = await this.#instantiate()
    try {
      const trace = await this.#round(guest, steps)
      if (!trace || trace.length === 0) return undefined
      const longest = hurried ? measured.window : measured.longest
      for (let window = measured.window; window <= longest; window *= 2) {
        const rounds = Math.ceil(window / trace.length)
        const bytes: number[] = []
        for (let index = 0; index < 4; index++) {
          for (let round = 0; round < rounds; round++) {
            if (this.#aborted || !(await this.#round(guest, steps))) return undefined
          }
          bytes.push(instance.statistics.memoryBytes)
        }
        const [first, second, third, last] = bytes as [number, number, number, number]
        if (last === first) return undefined
        if (second > first && third > second && last > third)
          return { rounds: 3 * rounds, calls: 3 * rounds * trace.length, from: first, to: last, trace }
      }
      return undefined
    } finally {
      instance.dispose()
    }
  }

  /** Undefined where something fails: that is another finding. */
  async #round(guest: Guest, steps: readonly Step[]): Promise<readonly TracedStep[] | undefined> {
    const trace: TracedStep[] = []
    for (const step of steps) {
      const ended = await guest.run(step)
      if (ended.kind === 'failed' || ended.kind === 'stubbed') return undefined
      if (ended.kind === 'done') trace.push(ended.step)
    }
    return guest.dropAll() ? undefined : trace
  }

  async #instantiate(
    onStart?: (step: TracedStep) => void,
  ): Promise<{ readonly guest: Guest; readonly instance: Instance }> {
    this.#tell(ProgressWord.phase, Phase.instantiating)
    const { options, baseName, stub, progress } = this.#setup
    this.#providers ??= await loadProviders(options.import ?? [], cacheDirectory(options))
    this.#output.restart()
    const random = seededRandom(0)
    const fill = (buffer: Uint8Array): void => {
      for (let at = 0; at < buffer.length; at++) buffer[at] = random.nextInt(0, 255)
    }
    const host = wasi({
      ...wasiOptions(options, [baseName]),
      stdin: '',
      stdout: this.#output.write,
      stderr: this.#output.write,
      random: { secure: fill, insecure: fill, insecureSeed: () => [0n, 0n] },
    })
    const linker = await linkProviders(this.#component, host, this.#providers, memoryLimit(options))
    if (stub) linker.trapUnknown()
    const instance = await linker.instantiate(this.#component)
    const numbers = new Map<Target, number>(this.#targets.targets.map((target, index) => [target, index]))
    const call = async (target: Target, args: readonly unknown[]): Promise<unknown> => {
      Atomics.add(progress, ProgressWord.beat, 1)
      this.#tell(ProgressWord.phase, Phase.calling)
      const { value } = await invoke(instance, target.function, args)
      Atomics.add(progress, ProgressWord.returned + numbers.get(target)!, 1)
      return value
    }
    return { guest: new Guest(this.#targets, call, onStart), instance }
  }

  #tell(word: number, value: number): void {
    Atomics.store(this.#setup.progress, word, value)
  }

  get #stopped(): boolean {
    return Atomics.load(this.#setup.progress, ProgressWord.stop) !== Stop.no
  }

  get #aborted(): boolean {
    return Atomics.load(this.#setup.progress, ProgressWord.stop) === Stop.all
  }
}

function notify(notice: StepNotice): void {
  parentPort!.postMessage(notice)
}

Error.stackTraceLimit = stackFrames

const thread = new GuestThread(workerData as Setup)
parentPort!.on('message', async (request: Request) => {
  parentPort!.postMessage(await thread.answer(request))
})
