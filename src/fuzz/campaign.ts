/** From a seed to findings: searches, and shrinks what the search comes upon. */
import type { Failure } from './failure.ts'
import { Sessions } from './session.ts'
import { shrink } from './shrink.ts'
import type { Step, TracedStep } from './step.ts'
import type { Targets } from './target.ts'

/** Who has the guest: on another thread, so that it can be ended. */
export interface Executor {
  /** Goes through sessions until something is found, the calls are used up, or `stop` is called. */
  search(request: SearchRequest): Promise<SearchResult>
  /** Runs steps in a fresh instance. `hurried`: without waiting long for a call that hangs. */
  replay(steps: readonly Step[], hurried: boolean): Promise<Replay>
  /**
   * Runs the same steps over and over in one instance, and measures its memory. `hurried`: only often enough to see what
   * takes much.
   */
  measure(steps: readonly Step[], hurried: boolean): Promise<Growth | undefined>
}

export interface SearchRequest {
  readonly seed: number
  /** Number of the first session. */
  readonly session: number
  readonly calls: number
  /** Keys of failures that are known: not worth stopping for. */
  readonly known: readonly string[]
  /** Targets that are not called. */
  readonly without: readonly number[]
}

export interface SearchResult {
  /** How many calls were made. */
  readonly calls: number
  /** The session to go on with. */
  readonly session: number
  /** How often known failures were met again, by key. */
  readonly again: Readonly<Record<string, number>>
  /** Undefined where the calls were used up. */
  readonly found: Found | undefined
}

/** `steps` are all that the instance went through. */
export interface Found {
  readonly failure: Failure
  readonly steps: readonly Step[]
}

export interface Replay {
  /** What was done, up to and with what failed. */
  readonly trace: readonly TracedStep[]
  readonly failure: Failure | undefined
  /** The end of what the guest printed. */
  readonly output: string
}

/** Memory that keeps growing, in bytes. */
export interface Growth {
  /** How often the steps were gone through. */
  readonly rounds: number
  readonly calls: number
  readonly from: number
  readonly to: number
  readonly trace: readonly TracedStep[]
}

export interface Finding {
  readonly failure: Failure
  readonly trace: readonly TracedStep[]
  /** Whether each step is needed; not where what happens is partly chance, or a matter of time. */
  readonly minimal: boolean
  /** How often it was met, shrinking not counted. */
  count: number
  readonly growth: Growth | undefined
  /** The end of what the guest printed. */
  readonly output: string
}

export interface CampaignOptions {
  readonly seed: number
  /** How many calls to make. */
  readonly runs: number
  /** Whether to look no further. */
  readonly ended: () => boolean
  /** Whether even to leave what was found as it is. */
  readonly aborted: () => boolean
  readonly onFinding?: (finding: Finding) => void
}

/** Calls after which failing targets rest, or are called again. */
const longestBlock = 5_000

/** A call that hangs costs its time limit each time. */
const patience = {
  cheap: { attempts: 2_000, failures: 2_000, time: 30 },
  dear: { attempts: 500, failures: 25, time: 120 },
  growth: { attempts: 300, failures: 300, time: 60 },
} as const

export class Campaign {
  readonly findings: Finding[] = []
  calls = 0
  readonly #executor: Executor
  readonly #targets: Targets
  readonly #options: CampaignOptions
  readonly #leaking = new Set<number>()
  readonly #hanging = new Set<number>()
  readonly #failing = new Set<number>()

  constructor(executor: Executor, targets: Targets, options: CampaignOptions) {
    this.#executor = executor
    this.#targets = targets
    this.#options = options
  }

  /** First the search for what fails at once, then for what grows. */
  async run(): Promise<void> {
    await this.#search()
    await this.#lookForGrowth()
  }

  async #search(): Promise<void> {
    const { seed, runs, ended } = this.#options
    const block = Math.min(longestBlock, Math.ceil(runs / 2))
    for (let session = 0; this.calls < runs && !ended(); ) {
      const without = this.#without(Math.floor(this.calls / block))
      if (without.length === this.#targets.targets.length) return
      const result = await this.#executor.search({
        seed,
        session,
        calls: Math.min(runs - this.calls, block - (this.calls % block)),
        known: this.findings.map(({ failure }) => failure.key),
        without,
      })
      // Nothing that is left can be called without the others.
      if (result.calls === 0 && result.found === undefined) return
      this.calls += result.calls
      session = result.session
      for (const finding of this.findings) finding.count += result.again[finding.failure.key] ?? 0
      if (result.found) await this.#examine(result.found)
    }
  }

  /** In every other block of calls those that failed rest: what they end early, may be what others need to fail. */
  #without(block: number): readonly number[] {
    const all = new Set([...this.#hanging, ...this.#failing])
    return block % 2 === 1 && all.size < this.#targets.targets.length ? [...all] : [...this.#hanging]
  }

  async #examine({ failure, steps }: Found): Promise<void> {
    const { targets } = this.#targets
    const { aborted } = this.#options
    const isSame = async (candidate: readonly Step[], hurried = true) =>
      !aborted() && (await this.#executor.replay(candidate, hurried)).failure?.key === failure.key
    const dear = failure.kind === 'hang' || failure.kind === 'crash'
    const shrunk = await shrink(steps, targets, isSame, dear ? patience.dear : patience.cheap)
    let replay = await this.#executor.replay(shrunk.steps, false)
    const isAgain = replay.failure?.key === failure.key
    if (!isAgain) replay = await this.#executor.replay(steps, false)
    // A call that was slow only once does not hang. Else chance had a hand in it: what was seen is told as it was seen.
    if (failure.kind === 'hang' && replay.failure?.kind !== 'hang') return
    const last = replay.trace.at(-1)
    if (last?.kind === 'call') (failure.kind === 'hang' ? this.#hanging : this.#failing).add(last.target)
    const found = replay.failure?.key === failure.key ? replay.failure : failure
    this.#add({
      failure: found,
      trace: replay.trace,
      count: 1,
      growth: undefined,
      output: replay.output,
      minimal: isAgain && shrunk.complete,
    })
  }

  /** Each target that did not fail by itself, with those that make handles for it. */
  async #lookForGrowth(): Promise<void> {
    const { targets } = this.#targets
    const sessions = new Sessions(this.#targets)
    for (const [index, { wanted, consumes }] of targets.entries()) {
      if (!wanted || this.#hanging.has(index) || this.#failing.has(index)) continue
      const others = targets.flatMap(({ produces }, other) => {
        const needed = other === index || (consumes.length > 0 && produces.length > 0)
        return needed && !this.#hanging.has(other) && !this.#leaking.has(other) ? [] : [other]
      })
      await this.#examineGrowth([...sessions.steps(this.#options.seed, index, new Set(others))])
    }
  }

  async #examineGrowth(steps: readonly Step[]): Promise<void> {
    const { targets } = this.#targets
    const { aborted } = this.#options
    const grows = async (candidate: readonly Step[], hurried = true) =>
      candidate.length > 0 && !aborted() && (await this.#executor.measure(candidate, hurried)) !== undefined
    if (!(await grows(steps, false))) return
    const { steps: shrunk } = await shrink(steps, targets, grows, patience.growth)
    const growth = await this.#executor.measure(shrunk, false)
    if (!growth) return
    const called = shrunk.flatMap((step) => (step.kind === 'call' ? [step.target] : []))
    for (const target of called.slice(-1)) this.#leaking.add(target)
    const names = called.map((target) => targets[target]!.name)
    const message = `memory grew from ${growth.from} to ${growth.to} bytes over ${growth.calls} calls`
    const key = ['growth', ...names].join('\n')
    const failure: Failure = { kind: 'growth', code: 'growth', message, backtrace: [], key }
    this.#add({ failure, trace: growth.trace, count: 1, growth, output: '', minimal: true })
  }

  #add(finding: Finding): void {
    const known = this.findings.find(({ failure }) => failure.key === finding.failure.key)
    if (known) {
      known.count++
      return
    }
    this.findings.push(finding)
    this.#options.onFinding?.(finding)
  }
}
