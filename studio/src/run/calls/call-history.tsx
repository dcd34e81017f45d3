import { Button, Group, Text, Title } from '@mantine/core'
import { brief } from '../brief.ts'
import type { CallRecord } from '../call-records.ts'
import { changeFormat, editText, newDraft } from '../form/draft.ts'
import { refocusAfter } from '../refocus.ts'
import { pathKey, useRun } from '../run-store.ts'
import { answerText } from './answer-text.ts'
import classes from './calls.module.css'
import { functionAt } from './function-groups.ts'

/** The calls that were made, newest first; each can be made again, or taken back into the form. */
export function CallHistory() {
  const history = useRun((run) => run.history)
  const { forgetCalls } = useRun.getState()
  if (history.length === 0) return null
  return (
    <section aria-label="Calls that were made">
      <Group justify="space-between">
        <Title order={3} size="xs">
          Calls that were made
        </Title>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={({ currentTarget }) => {
            forgetCalls()
            refocusAfter(currentTarget, undefined)
          }}
        >
          Forget all
        </Button>
      </Group>
      <ol className={classes.list}>
        {history.map((record) => (
          <li key={record.id} className={classes.row}>
            <div className={classes.grow}>
              <div className={classes.line}>{brief(record.text, 300)}</div>
              <Text size="xs" c="dimmed" className={classes.line}>
                {answerText(record)}
              </Text>
            </div>
            {record.callable !== undefined && <Repeat record={record} />}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Repeat({ record }: { readonly record: CallRecord }) {
  const isReady = useRun(({ session }) => session.phase === 'ready')
  // That of the run that is live now: it may be another than the one that was called.
  const callable = useRun(({ session }) => functionAt(session.started?.exports, record.callable?.path))
  const { text, parameters } = record
  const { call, choose, setDraft } = useRun.getState()
  if (callable === undefined) return null
  const name = brief(text, 100)
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Again: ${name}`}
        disabled={!isReady}
        onClick={() => call(callable, text, parameters)}
      >
        Again
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Edit: ${name}`}
        onClick={() => {
          const key = pathKey(callable.path)
          const draft = editText(newDraft(callable), callable, text)
          setDraft(key, changeFormat(draft, callable, useRun.getState().callFormat))
          choose(key)
        }}
      >
        Edit
      </Button>
    </Group>
  )
}
