import type { ValueType } from '../component/value-type.ts'
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
): Promise<readonly Step[]> {
  const shrinker = new Shrinker(targets, stillFails, patience)
  return shrinker.shrink(steps)
}

/** How many attempts may be made to shrink something. */
export interface Patience {
  readonly attempts: number
  /** How many of them may fail as before: of calls that hang, these are what takes time. */
  readonly failures: number
}

class Shrinker {
  readonly #targets: readonly Target[]
  readonly #stillFails: StillFails
  #attempts: number
  #failures: number

  constructor(targets: readonly Target[], stillFails: StillFails, { attempts, failures }: Patience) {
    this.#targets = targets
    this.#stillFails = stillFails
    this.#attempts = attempts
    this.#failures = failures
  }

  get #patient(): boolean {
    return this.#attempts > 0 && this.#failures > 0
  }

  async shrink(steps: readonly Step[]): Promise<readonly Step[]> {
    let best = steps
    for (let before: readonly Step[] | undefined; before !== best && this.#patient; ) {
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
    for (let found = true; found && this.#patient; ) {
      found = false
      for (const simpler of this.#simpler(best[index]!)) {
        const candidate = best.with(index, simpler)
        if (!(await this.#fails(candidate))) {
          if (!this.#patient) break
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
      for (const simpler of candidates(step.args[index], type))
        yield { ...step, args: step.args.with(index, simpler) }
    }
    const arbitrary = arbitraryArguments(target)
    for (const { value } of arbitrary.shrink([...step.args], undefined))
      yield { ...step, args: value } as CallStep
  }

  async #fails(steps: readonly Step[]): Promise<boolean> {
    if (!this.#patient) return false
    this.#attempts--
    const fails = await this.#stillFails(steps)
    if (fails) this.#failures--
    return fails
  }
}

/** What to try before fast-check does: what it would take long to get to. */
function* candidates(value: unknown, type: ValueType): Generator<unknown> {
  yield* withSimplerParts(value, type)
  const simple = simpleIntegers(type)
  // Never back to what is less simple, or there would be no end.
  for (const one of simple.slice(0, simple.includes(value) ? simple.indexOf(value) : undefined)) yield one
}

const small = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const

/** Integers that say more than others: if these fail, so may many. */
function simpleIntegers(type: ValueType): readonly unknown[] {
  switch (type.kind) {
    case 's8':
    case 's16':
    case 's32': {
      const half = 2 ** (Number(type.kind.slice(1)) - 1)
      return [...small, -1, half - 1, -half]
    }
    case 'u8':
    case 'u16':
    case 'u32':
      return [...small, 2 ** Number(type.kind.slice(1)) - 1]
    case 's64':
      return [...small.map(BigInt), -1n, 2n ** 63n - 1n, -(2n ** 63n)]
    case 'u64':
      return [...small.map(BigInt), 2n ** 64n - 1n]
    default:
      return []
  }
}
