import { brief } from '../brief.ts'
import type { CallRecord } from '../call-records.ts'
import { isFailure } from '../session.ts'
import { duration } from '../session-state.ts'

/** What came of a call, in a line. */
export function answerText({ answer }: CallRecord): string {
  if (answer === undefined) return 'under way'
  if (answer === 'stopped') return 'stopped'
  if (isFailure(answer)) return `failed: ${brief(answer.failed.split('\n')[0]!, 200)}`
  const value = answer.wave === undefined ? 'returned nothing' : brief(answer.wave, 200)
  return `${answer.outcome === 'error' ? 'declared error: ' : ''}${value} in ${duration(answer.milliseconds)}`
}
