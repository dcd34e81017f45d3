import { Button, Group, Loader, Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { CopyText } from '../copy-text.tsx'
import { FailureView } from '../failure-view.tsx'
import { useRun } from '../run-store.ts'
import { isBusy } from '../session-state.ts'
import classes from './terminal.module.css'

const Terminal = lazy(() => import('./terminal.tsx'))

/** What the components write, and what is typed for them. */
export function TerminalPane() {
  const output = useRun((run) => run.output)
  const phase = useRun(({ session }) => session.phase)
  const failure = useRun(({ session }) => session.failure)
  const canWait = useRun(({ session }) => session.started?.canWaitForInput === true)
  const stdinFrom = useRun(({ setup }) => setup.stdinFrom)
  const { stop, type } = useRun.getState()
  const takesInput = isBusy(phase) && canWait && stdinFrom === 'terminal'
  return (
    <div className={classes.pane}>
      {failure !== undefined && <FailureView failure={failure} />}
      <Suspense fallback={<Loader size="sm" role="img" aria-label="Loading the terminal" />}>
        <Terminal output={output} takesInput={takesInput} onInput={type} onInterrupt={stop} />
      </Suspense>
      <Group gap="xs" justify="space-between">
        <Text size="xs" c="dimmed">
          {takesInput
            ? 'Enter sends a line, Ctrl+D ends the input, Ctrl+C stops the run.'
            : 'Tab leaves the terminal.'}
        </Text>
        <Group gap="xs">
          {takesInput && (
            <Button size="compact-sm" variant="default" onClick={() => type(undefined)}>
              End the input
            </Button>
          )}
          <CopyOutput />
        </Group>
      </Group>
    </div>
  )
}

function CopyOutput() {
  const output = useRun((run) => run.output)
  return <CopyText text={() => output.plainText()} label="Copy the output" />
}
