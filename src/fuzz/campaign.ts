/** From a seed to findings: searches, and shrinks what the search comes upon. */
import type { Failure } from './failure.ts'
import { shrink } from './shrink.ts'
import type { Step, TracedStep } from './step.ts'
import type { Targets } from './target.ts'

/** Who has the guest: on another thread, so that it can be ended. */
export interface Executor {
  /** Goes through sessions until something is found, the calls are used up, or `stop` is called. */
  search(request: SearchRequest): Promise<SearchResult>
  /** Runs steps in a fresh instance. */
  replay(steps: readonly Step[]): Promise<Replay>
  /** Runs the same steps over and over in one instance, and measures its memory. */
  measure(steps: readonly Step[]): Promise<Growth | undefined>
}

export interface SearchRequest {
  readonly seed: number
  /** Number of the first session. */
  readonly session: number
  readonly calls: number
  /** Keys of failures that are known: not worth stopping for. */
  readonly known: readonly string[]
  /** From which session on growth is worth stopping for. */
  readonly growthFrom: number
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

export type Found =
  | { readonly kind: 'failure'; readonly failure: Failure; readonly steps: readonly Step[] }
  /** The instance has more memory after all handles were dropped than it began with; that may be all right. */
  | { readonly kind: 'grown'; readonly steps: readonly Step[] }

export interface Replay {
  /** What was done, up to and with what failed. */
  readonly trace: readonly TracedStep[]
  readonly failure: Failure | undefined
}

/** Memory that keeps growing, in bytes. */
export interface Growth {
  readonly calls: number
  readonly from: number
  readonly to: number
  readonly trace: readonly TracedStep[]
}

export interface Finding {
  readonly failure: Failure
  readonly trace: readonly TracedStep[]
  /** How often it was met, shrinking not counted. */
  count: number
  readonly growth: Growth | undefined
}

export interface CampaignOptions {
  readonly seed: number
  /** How many calls to make. */
  readonly runs: number
  /** Asked between searches. */
  readonly ended: () => boolean
  readonly onFinding?: (finding: Finding) => void
}

/** How often a failure is replayed to shrink it; one that hangs costs its time limit each time. */
const attempts = { cheap: 2_000, growth: 300, dear: 40 } as const

export class Campaign {
  readonly findings: Finding[] = []
  calls = 0
  readonly #executor: Executor
  readonly #targets: Targets
  readonly #options: CampaignOptions
  readonly #leaking = new Set<number>()
  #growthFrom = 0
  /** Sessions to wait after growth that was none: doubled each time, or guests that allocate would be measured for ever. */
  #growthPause = 1

  constructor(executor: Executor, targets: Targets, options: CampaignOptions) {
    this.#executor = executor
    this.#targets = targets
    this.#options = options
  }

  async run(): Promise<void> {
    const { seed, runs, ended } = this.#options
    for (let session = 0; this.calls < runs && !ended(); ) {
      const result = await this.#executor.search({
        seed,
        session,
        calls: runs - this.calls,
        known: this.findings.map(({ failure }) => failure.key),
        growthFrom: this.#growthFrom,
      })
      this.calls += result.calls
      session = result.session
      for (const finding of this.findings) finding.count += result.again[finding.failure.key] ?? 0
      if (result.found?.kind === 'failure') await this.#examine(result.found)
      if (result.found?.kind === 'grown') await this.#examineGrowth(result.found.steps, session)
    }
  }

  async #examine({ failure, steps }: Found & { readonly kind: 'failure' }): Promise<void> {
    const { targets } = this.#targets
    const isSame = async (candidate: readonly Step[]) =>
      (await this.#executor.replay(candidate)).failure?.key === failure.key
    const dear = failure.kind === 'hang' || failure.kind === 'crash'
    const shrunk = await shrink(steps, targets, isSame, dear ? attempts.dear : attempts.cheap)
    const replay = await this.#executor.replay(shrunk)
    // Chance may have had a hand in it: then what was seen is told as it was seen.
    this.#add(
      { failure: replay.failure ?? failure, trace: replay.trace, count: 1, growth: undefined },
      failure.key,
    )
  }

  async #examineGrowth(steps: readonly Step[], session: number): Promise<void> {
    const { targets } = this.#targets
    const unexplained = steps.filter((step) => step.kind === 'drop' || !this.#leaking.has(step.target))
    const grows = async (candidate: readonly Step[]) =>
      candidate.length > 0 && (await this.#executor.measure(candidate)) !== undefined
    if (!(await grows(unexplained))) {
      this.#growthFrom = session + this.#growthPause
      this.#growthPause *= 2
      return
    }
    const shrunk = await shrink([...unexplained], targets, grows, attempts.growth)
    const growth = await this.#executor.measure(shrunk)
    if (!growth) return
    const called = shrunk.flatMap((step) => (step.kind === 'call' ? [step.target] : []))
    for (const target of called.slice(-1)) this.#leaking.add(target)
    const names = called.map((target) => targets[target]!.name)
    const message = `memory grew from ${growth.from} to ${growth.to} bytes over ${growth.calls} calls`
    const key = ['growth', ...names].join('\n')
    const failure: Failure = { kind: 'growth', code: 'growth', message, backtrace: [], key }
    this.#add({ failure, trace: growth.trace, count: 1, growth }, key)
  }

  #add(finding: Finding, key: string): void {
    const known = this.findings.find(
      (one) => one.failure.key === key || one.failure.key === finding.failure.key,
    )
    if (known) {
      known.count++
      return
    }
    this.findings.push({ ...finding, failure: { ...finding.failure, key } })
    this.#options.onFinding?.(this.findings.at(-1)!)
  }
}
