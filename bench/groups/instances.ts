/** Instantiating a component that was compiled before. */
import type { Scenario } from '../scenario.ts'

export const instances: readonly Scenario[] = [
  {
    name: 'instantiate the Rust adder',
    goal: 1.3,
    prepare({ instantiateAdder }) {
      return async (times) => {
        for (let i = 0; i < times; i++) await instantiateAdder()
      }
    },
  },
]
