/** `list<u8>` in and out of the guest. */
import type { Scenario } from '../scenario.ts'

const sizes = { '64 KiB': 65536, '1 MiB': 1048576 }

export const bytes: readonly Scenario[] = Object.entries(sizes).flatMap(([size, length]): Scenario[] => [
  {
    name: `list<u8> in, ${size}`,
    goal: 1.2,
    prepare({ values: { bytesLength } }) {
      const list = new Uint8Array(length).fill(7)
      return (times) => {
        let sum = 0
        for (let i = 0; i < times; i++) sum = bytesLength(list)
        return sum
      }
    },
  },
  {
    name: `list<u8> out, ${size}`,
    goal: 1.2,
    prepare({ values: { getBytes } }) {
      return (times) => {
        let list: Uint8Array = new Uint8Array()
        for (let i = 0; i < times; i++) list = getBytes(length)
        return [list.length, list[0], list.at(-1)]
      }
    },
  },
])
