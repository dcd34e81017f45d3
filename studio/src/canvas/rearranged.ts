import type { Position } from '../contract/studio.ts'

type Places = Readonly<Record<string, Position>>

/**
 * Whether blocks were laid out anew: most moved, and not all by the same way, as those do that are dragged together.
 *
 * @param ids of the blocks
 */
export function isRearranged(before: Places, after: Places, ids: readonly string[]): boolean {
  const ways = ids.flatMap((id) => {
    const [from, to] = [before[id], after[id]]
    return from === undefined || to === undefined ? [] : [`${to.x - from.x} ${to.y - from.y}`]
  })
  const moved = ways.filter((way) => way !== '0 0')
  return moved.length > 1 && moved.length * 2 > ways.length && new Set(moved).size > 1
}
