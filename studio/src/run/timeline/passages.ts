/** What is said of the streams and futures of a call. */
import type { CallEvent, PassageEvent } from '../../contract/run.ts'
import { countText } from '../../inspect/size-text.ts'
import { duration } from '../session-state.ts'

/** Of all streams and futures of a call together, to stand in its row; undefined where it passes none. */
export function passedText({ passages }: CallEvent): string | undefined {
  if (passages.length === 0) return undefined
  return countText(
    passages.reduce((sum, { count }) => sum + count, 0),
    'element',
  )
}

/** Elements whose values were not kept. */
export function countedOnly({ count, pieces }: PassageEvent): number {
  return count - pieces.reduce((sum, piece) => sum + piece.count, 0)
}

const endings = { ended: 'ended', cancelled: 'not wanted any more', failed: 'failed' } as const

export function passageState({ count, end }: PassageEvent): string {
  const state = end === undefined ? 'not ended' : `${endings[end.how]} ${duration(end.time)} after the start`
  return `${countText(count, 'element')}, ${state}`
}
