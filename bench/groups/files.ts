/** Bytes from the guest to a file of the host's. */
import type { Scenario } from '../scenario.ts'

export const files: readonly Scenario[] = [
  {
    name: '1 MiB from the guest to a file',
    goal: 1.2,
    // Its host refuses to create a file for the guest.
    without: ['jco', 'transpiled'],
    prepare({ openFile }) {
      const write = openFile!()
      return (times) => {
        write(times)
        return true
      }
    },
  },
]
