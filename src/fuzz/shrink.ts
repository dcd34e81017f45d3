import type { ValueType } from '../component/value-type.ts'
import { type IntegerKind, integerRange } from '../wave/integer-range.ts'
import { arbitraryArguments } from './session.ts'
import { withSimplerParts } from './simplify.ts'
import type { CallStep, Step } from './step.ts'
import type { Target } from './target.ts'

/** Whether these steps still go wrong in the same way. */
export type StillFails = (steps: readonly Step[]) => Promise<boolean>

/**
 * Fewer steps with simpler arguments that go wrong in the same way: first steps are left away, many at once and then one by
 * one, then each call's arguments are shrunk, most by fast-check, until nothing helps or the patience is at its end.
 */
export async function shrink(
  steps: readonly Step[],
  targets: readonly Target[],
  stillFails: StillFails,
  patience: Patience,
): Promise<Shrunk> {
  const shrinker = new Shrinker(targets, stillFails, patience)
  return { steps: await shrinker.shrink(steps), complete: shrinker.patient }
}

export interface Shrunk {
  readonly steps: readonly Step[]
  /** Whether nothing more helps; the patience may have come to its end before. */
  readonly complete: boolean
}

/** How many attempts may be made to shrink something, and for how long. */
export interface Patience {
  readonly attempts: number
  /** How many of them may fail as before: of calls that hang, these are what takes time. */
  readonly failures: number
  /** Seconds. A call may take long each time, and neither hang nor return. */
  readonly time: number
}

class Shrinker {
  readonly #targets: readonly Target[]
  readonly #stillFails: StillFails
  /** Where the least and the greatest integers were tried: once, or there would be no end. */
  readonly #extremes = new Set<string>()
  readonly #end: number
  #attempts: number
  #failures: number

  constructor(targets: readonly Target[], stillFails: StillFails, { attempts, failures, time }: Patience) {
    this.#targets = targets
    this.#stillFails = stillFails
    this.#attempts = attempts
    this.#failures = failures
    this.#end = performance.now() + time * 1000
  }

  get patient(): boolean {
    return this.#attempts > 0 && this.#failures > 0 && performance.now() < this.#end
  }

  async shrink(steps: readonly Step[]): Promise<readonly Step[]> {
    let best = steps
    for (let before: readonly Step[] | undefined; before !== best && this.patient; ) {
      before = best
      best = await this.#withFewer(best)
      for (let index = 0; index < best.length; index++) best = await this.#withSimpler(best, index)
    }
    return best
  }

  async #withFewer(steps: readonly Step[]): Promise<readonly Step[]> {
    const last = steps.slice(-1)
    if (steps.length > 1 && (await this.#fails(last))) return last
    let best = steps
    for (let size = Math.ceil(best.length / 2); size >= 1; size = Math.floor(size / 2)) {
      for (let end = best.length; end > 0 && best.length > 1; ) {
        const start = Math.max(0, end - size)
        const fewer = best.toSpliced(start, end - start)
        if (fewer.length > 0 && (await this.#fails(fewer))) best = fewer
        end = start
      }
    }
    return best
  }

  async #withSimpler(steps: readonly Step[], index: number): Promise<readonly Step[]> {
    let best = steps
    for (let found = true; found && this.patient; ) {
      found = false
      for (const simpler of this.#simpler(best[index]!)) {
        const candidate = best.with(index, simpler)
        if (!(await this.#fails(candidate))) {
          if (!this.patient) break
          continue
        }
        best = candidate
        found = true
        break
      }
    }
    return best
  }

  *#simpler(step: Step): Generator<Step> {
    if (step.kind === 'drop') {
      if (step.pick > 0) yield { ...step, pick: 0 }
      return
    }
    const target = this.#targets[step.target]!
    for (const [index, { type }] of target.function.type.parameters.entries()) {
      const where = `${step.target} ${index}`
      const extremes = !this.#extremes.has(where)
      this.#extremes.add(where)
      for (const simpler of candidates(step.args[index], type, extremes))
        yield { ...step, args: step.args.with(index, simpler) }
    }
    const arbitrary = arbitraryArguments(target)
    for (const { value } of arbitrary.shrink([...step.args], undefined))
      yield { ...step, args: value } as CallStep
  }

  async #fails(steps: readonly Step[]): Promise<boolean> {
    if (!this.patient) return false
    this.#attempts--
    const fails = await this.#stillFails(steps)
    if (fails) this.#failures--
    return fails
  }
}

/** What to try before fast-check does: what it would take long to get to. */
function* candidates(value: unknown, type: ValueType, extremes: boolean): Generator<unknown> {
  yield* withSimplerParts(value, type)
  if (!/^[su](8|16|32|64)$/.test(type.kind)) return
  const { least, greatest, big } = integerRange(type.kind as IntegerKind)
  // From small to large: never back to what is less simple, or there would be no end.
  const simple = [0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n, 10n]
  const known = simple.indexOf(BigInt(value as number | bigint))
  const all = known === -1 ? [...simple, ...(extremes ? [-1n, greatest, least] : [])] : simple.slice(0, known)
  for (const one of all) if (one >= least) yield big ? one : Number(one)
}
