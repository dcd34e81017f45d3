/** Calls that move numbers only: what a call itself costs. */
import type { Scenario } from '../scenario.ts'

const hostCalls = 100

export const calls: readonly Scenario[] = [
  {
    name: 'add(s32, s32)',
    goal: 1.2,
    orMore: 3,
    prepare({ values: { add } }) {
      return (times) => {
        let sum = 0
        for (let i = 0; i < times; i++) sum = add(sum, 3)
        return sum === ((times * 3) | 0)
      }
    },
  },
  {
    name: 'resource method',
    goal: 1.5,
    prepare({ values: { counters } }) {
      return (times) => {
        const counter = new counters.Counter(1)
        let last = 0
        for (let i = 0; i < times; i++) last = counter.next()
        return last === times
      }
    },
  },
  {
    name: 'host import, from the guest',
    goal: 1.5,
    operations: hostCalls,
    prepare({ values: { callHost } }) {
      return (times) => {
        let sum = 0
        for (let i = 0; i < times; i++) sum = callHost(hostCalls)
        return sum
      }
    },
  },
]
