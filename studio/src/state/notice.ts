/** What is said to the person. */
import type { Notice } from '../contract/studio.ts'
import type { Refusal } from '../contract/workshop.ts'
import { cut } from '../workshop/limits.ts'

/** Older ones go. */
export const noticeLimit = 5

export function noticeOf({ refused, cure, frame }: Refusal): Omit<Notice, 'id'> {
  return {
    kind: 'problem',
    text: cut(refused),
    cure: cure === undefined ? undefined : cut(cure),
    frame: frame === undefined ? undefined : cut(frame),
  }
}
