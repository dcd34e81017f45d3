/** Random steps for one instance after the other, the same for the same seed. */
import fc from 'fast-check'
import { arbitraryValue } from './arbitrary-value.ts'
import { seededRandom } from './random.ts'
import type { Step } from './step.ts'
import type { Target, Targets } from './target.ts'

/** Steps that one instance goes through, unless it traps before. */
export const sessionLength = 100

/** Elements of the longest lists and strings. */
const longest = 5_000

/** One in how many values is from the edges of its arbitrary (fast-check's bias); more come from `arbitraryValue`. */
const bias = 3

/** One in how many steps drops a handle, where there is one. */
const dropsOneIn = 12

/** Which handle to take: 0 is the newest. It is the one taken most: what is behind several calls is behind calls of one. */
const arbitraryPick = fc.oneof({ weight: 2, arbitrary: fc.nat(15) }, { weight: 3, arbitrary: fc.constant(0) })

const known = new WeakMap<Target, fc.Arbitrary<unknown[]>>()

/** Arguments of a target's function; where a handle belongs stands a number. */
export function arbitraryArguments(target: Target): fc.Arbitrary<unknown[]> {
  const arbitrary = known.get(target) ?? makeArguments(target)
  known.set(target, arbitrary)
  return arbitrary
}

function makeArguments(target: Target): fc.Arbitrary<unknown[]> {
  const handle = () => arbitraryPick
  return fc.tuple(
    ...target.function.type.parameters.map(({ type }) => arbitraryValue(type, { handle, longest })),
  )
}

/** Draws steps. Arbitraries are made once for each target. */
export class Sessions {
  readonly #targets: readonly Target[]
  readonly #resources: number
  readonly #arbitraries: readonly fc.Arbitrary<unknown[]>[]

  constructor({ targets, resources }: Targets) {
    this.#targets = targets
    this.#resources = resources.length
    this.#arbitraries = targets.map(arbitraryArguments)
  }

  /**
   * The steps of session number `session`. What is called depends on which handles there will be if all goes well; the
   * guest may refuse, so that some steps cannot be carried out. Targets in `without` are left out.
   */
  *steps(seed: number, session: number, without: ReadonlySet<number>): Generator<Step> {
    const random = seededRandom(seed, session)
    const expected = new Array<number>(this.#resources).fill(0)
    for (let count = 0; count < sessionLength; count++) {
      const droppable = expected.flatMap((handles, resource) => (handles > 0 ? [resource] : []))
      if (droppable.length > 0 && random.nextInt(1, dropsOneIn) === 1) {
        const resource = pick(droppable, random)
        expected[resource]!--
        yield { kind: 'drop', resource, pick: random.nextInt(0, 15) }
        continue
      }
      const target = this.#choose(expected, without, random)
      if (target === undefined) return
      const { consumes, produces, function: callable } = this.#targets[target]!
      for (const resource of produces) expected[resource]!++
      const takes = callable.type.parameters.some(({ type }) => type.kind === 'own')
      if (takes) for (const resource of consumes) expected[resource] = Math.max(0, expected[resource]! - 1)
      yield { kind: 'call', target, args: this.#arbitraries[target]!.generate(random, bias).value }
    }
  }

  /** Of those whose handles there may be; often one that makes handles that are missing, seldom one that makes more. */
  #choose(expected: readonly number[], without: ReadonlySet<number>, random: fc.Random): number | undefined {
    const possible = this.#targets.flatMap(({ consumes }, index) =>
      !without.has(index) && consumes.every((resource) => expected[resource]! > 0) ? [index] : [],
    )
    if (possible.length === 0) return undefined
    const makers = possible.filter((index) =>
      this.#targets[index]!.produces.some((resource) => expected[resource] === 0),
    )
    if (makers.length > 0 && random.nextInt(0, 1) === 0) return pick(makers, random)
    const users = possible.filter((index) => {
      const { wanted, produces } = this.#targets[index]!
      return wanted && produces.length === 0
    })
    return pick(users.length > 0 && random.nextInt(0, 3) > 0 ? users : possible, random)
  }
}

function pick<T>(items: readonly T[], random: fc.Random): T {
  return items[random.nextInt(0, items.length - 1)]!
}
