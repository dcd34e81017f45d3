import { Alert, Group, Text } from '@mantine/core'
import { CrossCircledIcon } from '@radix-ui/react-icons'
import type { RunFailure } from '../contract/run.ts'
import { CutText } from '../inspect/cut-text.tsx'
import { cutText } from '../inspect/visible-text.ts'
import { brief } from './brief.ts'
import { CopyText } from './copy-text.tsx'
import { shownCharacters } from './limits.ts'
import classes from './run.module.css'
import { ScrollText } from './scroll-text.tsx'

interface FailureViewProps {
  readonly failure: RunFailure
  /** What failed, where that is not clear from the place. */
  readonly title?: string
}

/** A trap, or whatever else kept a run or a call from its end. All of it is text. */
export function FailureView({ failure, title }: FailureViewProps) {
  const { failed, code, cure, backtrace } = failure
  const [first = '', ...rest] = failed.split('\n')
  const whole = [failed, code && `code: ${code}`, cure && `cure: ${cure}`, backtrace]
    .filter((part) => part)
    .join('\n\n')
  const more = [rest.join('\n').trim(), backtrace?.trim()].filter((part) => part).join('\n\n')
  return (
    <Alert
      // The panel says in a line that something failed: all of this at once would be too much to listen to.
      role="group"
      color="red"
      variant="outline"
      icon={<CrossCircledIcon aria-hidden />}
      title={title ?? <CutText text={first} limit={400} />}
      classNames={{ root: classes.failure!, title: classes.failureTitle!, message: classes.failureMessage! }}
    >
      {title !== undefined && (
        <Text size="sm" component="div">
          <CutText text={first} limit={400} />
        </Text>
      )}
      {code !== undefined && (
        <Text size="xs" c="dimmed" component="div">
          {'Code '}
          <code className={classes.mono}>{brief(code, 100)}</code>
        </Text>
      )}
      {cure !== undefined && (
        <Text size="sm" component="div">
          <CutText text={cure} limit={400} />
        </Text>
      )}
      {more !== '' && <ScrollText text={cutText(more, shownCharacters).shown} label="Backtrace" />}
      <Group>
        <CopyText text={whole} label="Copy the error" />
      </Group>
    </Alert>
  )
}
