import { Group, Input, SegmentedControl, Text, Textarea } from '@mantine/core'
import { useId } from 'react'
import type { ExportedFunction } from '../../contract/run.ts'
import { brief } from '../brief.ts'
import { callName } from '../form/call-text.ts'
import type { Draft, TextFormat } from '../form/draft.ts'
import { shownText } from '../form/form-limits.ts'
import classes from './calls.module.css'

interface CallTextProps {
  readonly callable: ExportedFunction
  readonly draft: Draft
  change(text: string): void
  choose(format: TextFormat): void
}

/** The same call as a text, to be read, pasted and edited. */
export function CallText({ callable, draft, change, choose }: CallTextProps) {
  const { format, text, wrongText } = draft
  const isJson = format === 'json'
  const id = useId()
  const example = isJson ? '[…]' : `${brief(callName(callable))}(…)`
  return (
    <div className={classes.callText}>
      <Group justify="space-between" gap="xs">
        <Input.Label size="xs" htmlFor={id}>
          {isJson ? 'The arguments as JSON' : 'The call as WAVE'}
        </Input.Label>
        <SegmentedControl
          size="xs"
          aria-label="Format of the call"
          value={format}
          onChange={(next) => choose(next === 'json' ? 'json' : 'wave')}
          data={[
            { value: 'wave', label: 'WAVE' },
            { value: 'json', label: 'JSON' },
          ]}
        />
      </Group>
      {text.length > shownText ? (
        <Text size="xs" c="dimmed">
          {`As ${isJson ? 'JSON' : 'WAVE'} this call has ${text.length.toLocaleString('en')} characters, which are too many to be shown.`}
        </Text>
      ) : (
        <Textarea
          size="xs"
          id={id}
          description={
            wrongText !== undefined && draft.forms !== undefined
              ? 'The fields show the last text that could be read.'
              : undefined
          }
          placeholder={draft.problems.length > 0 ? 'Follows when the fields above are right' : example}
          autosize
          minRows={1}
          maxRows={10}
          spellCheck={false}
          autoCapitalize="none"
          value={text}
          onChange={({ currentTarget }) => change(currentTarget.value)}
          error={wrongText && <WrongText {...wrongText} />}
          classNames={{ input: classes.code! }}
        />
      )}
    </div>
  )
}

function WrongText({ problem, frame }: { readonly problem: string; readonly frame: string }) {
  return (
    <>
      <span className={classes.frame}>{frame}</span>
      <span className={classes.problem}>{problem}</span>
    </>
  )
}
