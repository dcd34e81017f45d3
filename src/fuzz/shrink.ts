import { arbitraryArguments } from './session.ts'
import type { CallStep, Step } from './step.ts'
import type { Target } from './target.ts'

/** Whether these steps still go wrong in the same way. */
export type StillFails = (steps: readonly Step[]) => Promise<boolean>

/**
 * Fewer steps with simpler arguments that go wrong in the same way: first steps are left away, many at once and then one by
 * one, then each call's arguments are shrunk by fast-check, until nothing helps or `attempts` are used up.
 */
export async function shrink(
  steps: readonly Step[],
  targets: readonly Target[],
  stillFails: StillFails,
  attempts: number,
): Promise<readonly Step[]> {
  const shrinker = new Shrinker(targets, stillFails, attempts)
  return shrinker.shrink(steps)
}

class Shrinker {
  readonly #targets: readonly Target[]
  readonly #stillFails: StillFails
  #left: number

  constructor(targets: readonly Target[], stillFails: StillFails, attempts: number) {
    this.#targets = targets
    this.#stillFails = stillFails
    this.#left = attempts
  }

  async shrink(steps: readonly Step[]): Promise<readonly Step[]> {
    let best = steps
    for (let before: readonly Step[] | undefined; before !== best && this.#left > 0; ) {
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
    for (let found = true; found && this.#left > 0; ) {
      found = false
      for (const simpler of this.#simpler(best[index]!)) {
        const candidate = best.with(index, simpler)
        if (!(await this.#fails(candidate))) {
          if (this.#left === 0) break
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
    const arbitrary = arbitraryArguments(this.#targets[step.target]!)
    for (const { value } of arbitrary.shrink([...step.args], undefined))
      yield { ...step, args: value } as CallStep
  }

  async #fails(steps: readonly Step[]): Promise<boolean> {
    if (this.#left === 0) return false
    this.#left--
    return this.#stillFails(steps)
  }
}
