import { VisuallyHidden } from '@mantine/core'
import { brief } from './brief.ts'
import type { CallRecord } from './call-records.ts'
import { answerText } from './calls/answer-text.ts'
import { useRun } from './run-store.ts'
import { describe, type SessionState, statusOf } from './session-state.ts'

/** What a screen reader says: how runs and calls end, and when a run waits. */
export function Announcement() {
  const session = useRun((run) => run.session)
  const newest = useRun((run) => run.history[0])
  return <VisuallyHidden role="status">{announce(session, newest)}</VisuallyHidden>
}

function announce(session: SessionState, newest: CallRecord | undefined): string {
  switch (session.phase) {
    case 'idle':
      return ''
    // Each step of it would be said.
    case 'loading':
      return 'Loading'
    case 'ready':
      return newest?.answer === undefined
        ? describe(session)
        : `${brief(newest.text, 200)}: ${answerText(newest)}`
    default:
      return brief(statusOf(session), 300)
  }
}
