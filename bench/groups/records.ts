/** A list of 1,000 records in and out of the guest: numbers, a boolean and a short string each. */
import type { Scenario } from '../scenario.ts'
import type { Item } from '../values.ts'

const count = 1000

export const records: readonly Scenario[] = [
  {
    name: '1,000 records in',
    goal: 0.9,
    prepare({ values: { total } }) {
      const items = Array.from({ length: count }, (_, id) => ({
        id,
        name: `item ${id}`,
        price: id / 4,
        quantity: id % 10,
        inStock: id % 3 !== 0,
      }))
      return (times) => {
        let sum = 0
        for (let i = 0; i < times; i++) sum = total(items)
        return sum
      }
    },
  },
  {
    name: '1,000 records out',
    goal: 0.9,
    prepare({ values: { getItems } }) {
      return (times) => {
        let items: Item[] = []
        for (let i = 0; i < times; i++) items = getItems(count)
        return items
      }
    },
  },
]
