import { memoize } from '../abi/memoize.ts'
import type { Item } from '../compile/plan.ts'

/** How deep instances nest in an item. */
export const depthOf: (item: Item) => number = memoize((item) =>
  item.kind === 'instance' ? 1 + item.exports.reduce((most, one) => Math.max(most, depthOf(one.item)), 0) : 0,
)
