/** Instantiating a component when an instance of it was disposed before: it gets that one's memory. */
import type { Scenario } from '../scenario.ts'

export const recycling: readonly Scenario[] = [
  {
    name: 'the Rust adder, after a dispose',
    goal: 0.5,
    collectsFirst: true,
    without: ['jco'],
    prepare({ recycleAdder }) {
      return async (times) => {
        for (let i = 0; i < times; i++) await recycleAdder!()
      }
    },
  },
  {
    name: 'the Python adder, the same',
    collectsFirst: true,
    without: ['jco', 'transpiled'],
    prepare({ recyclePythonAdder }) {
      return async (times) => {
        const recycle = await recyclePythonAdder!()
        for (let i = 0; i < times; i++) await recycle()
      }
    },
  },
]
