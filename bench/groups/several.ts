/** Eight instances of one component, called in turn, as a host of plug-ins does: what is compiled for one must serve all. */
import type { Scenario } from '../scenario.ts'
import type { Contestant, Values } from '../values.ts'

const count = 8

/** Times a loop over the instances, which are made when it first runs: those of the other groups are alone in their processes. */
function inTurn<T>(
  name: string,
  each: (values: Values, i: number) => T,
  call: (one: T, i: number) => unknown,
): Scenario {
  return {
    name: `${name}, ${count} instances`,
    prepare({ instantiateValues }: Contestant) {
      let all: T[] | undefined
      return async (times) => {
        if (all === undefined) {
          const values = await Promise.all(Array.from({ length: count }, () => instantiateValues()))
          all = values.map(each)
        }
        return loop(all, times)
      }
    },
  }

  function loop(all: readonly T[], times: number): unknown {
    let last: unknown
    for (let i = 0; i < times; i++) last = call(all[i % count]!, i)
    return typeof last
  }
}

const text = 'sixteen bytes ok'

export const several: readonly Scenario[] = [
  inTurn(
    'add(s32, s32)',
    (values) => values,
    ({ add }, i) => add(i, 3),
  ),
  inTurn(
    'resource method',
    ({ counters }) => new counters.Counter(1),
    (counter) => counter.next(),
  ),
  inTurn(
    'string in, ASCII 16 B',
    (values) => values,
    ({ stringLength }) => stringLength(text),
  ),
  inTurn(
    'string out, ASCII 16 B',
    (values) => {
      values.setString(text)
      return values
    },
    ({ getString }) => getString(),
  ),
]
