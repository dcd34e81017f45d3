/** What is said to the person. */
import type { Notice } from '../contract/studio.ts'
import type { Refusal } from '../contract/workshop.ts'

/** Older ones go. */
export const noticeLimit = 5

/** Characters: what components say of themselves may be of any length. */
const textLimit = 2_000

export function noticeOf({ refused, cure, frame }: Refusal): Omit<Notice, 'id'> {
  return {
    kind: 'problem',
    text: cut(refused),
    cure: cure === undefined ? undefined : cut(cure),
    frame: frame === undefined ? undefined : cut(frame),
  }
}

export function cut(text: string): string {
  return text.length <= textLimit ? text : `${text.slice(0, textLimit)}…`
}
