import { Badge, Group, SegmentedControl, Text } from '@mantine/core'
import { CheckCircledIcon, ExclamationTriangleIcon } from '@radix-ui/react-icons'
import { useEffect, useRef, useState } from 'react'
import type { CallResult } from '../../contract/run.ts'
import { cutText } from '../../inspect/visible-text.ts'
import { brief } from '../brief.ts'
import type { CallRecord } from '../call-records.ts'
import { CopyText } from '../copy-text.tsx'
import { FailureView } from '../failure-view.tsx'
import { shownCharacters } from '../limits.ts'
import { ScrollText } from '../scroll-text.tsx'
import { isFailure } from '../session.ts'
import { duration } from '../session-state.ts'
import classes from './calls.module.css'

/** What came of a call. */
export function AnswerView({ record }: { readonly record: CallRecord }) {
  const { answer } = record
  const box = useRef<HTMLDivElement>(null)
  // Long forms leave no room for it below: it comes into sight, and the focus stays where it is.
  useEffect(() => {
    if (answer !== undefined) box.current?.scrollIntoView({ block: 'nearest' })
  }, [answer])
  return (
    <div ref={box}>
      <Answer record={record} />
    </div>
  )
}

function Answer({ record }: { readonly record: CallRecord }) {
  const { answer, text } = record
  const title = brief(text, 80)
  if (answer === undefined) return <Text size="sm">{`Calling ${title}`}</Text>
  if (answer === 'stopped') return <Text size="sm">{`${title} was stopped.`}</Text>
  if (isFailure(answer)) return <FailureView failure={answer} title={`${title} failed`} />
  return <ResultView key={record.id} result={answer} title={title} />
}

function ResultView({ result, title }: { readonly result: CallResult; readonly title: string }) {
  const [format, setFormat] = useState<'wave' | 'json'>('wave')
  const value = format === 'json' ? (result.json ?? result.wave) : result.wave
  const isError = result.outcome === 'error'
  const cut = cutText(value ?? '', shownCharacters)
  return (
    <section className={classes.result} aria-label="Result">
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          {isError ? (
            <Badge
              color="orange"
              variant="outline"
              className={classes.badge!}
              leftSection={<ExclamationTriangleIcon aria-hidden />}
            >
              declared error
            </Badge>
          ) : (
            <Badge
              color="teal"
              variant="outline"
              className={classes.badge!}
              leftSection={<CheckCircledIcon aria-hidden />}
            >
              returned
            </Badge>
          )}
          <Text size="xs" c="dimmed">
            {duration(result.milliseconds)}
          </Text>
        </Group>
        {result.json !== undefined && (
          <SegmentedControl
            size="xs"
            aria-label="Format of the result"
            value={format}
            onChange={(next) => setFormat(next === 'json' ? 'json' : 'wave')}
            data={[
              { value: 'wave', label: 'WAVE' },
              { value: 'json', label: 'JSON' },
            ]}
          />
        )}
      </Group>
      <Text size="xs" c="dimmed" className={classes.title}>
        {title}
      </Text>
      {value === undefined ? (
        <Text size="sm">Returned nothing, as its type says.</Text>
      ) : (
        <>
          <ScrollText text={cut.shown} label={`Result as ${format === 'json' ? 'JSON' : 'WAVE'}`} />
          {cut.more > 0 && (
            <Text size="xs">{`${cut.more.toLocaleString('en')} more characters are not shown: copy the result to have them.`}</Text>
          )}
          <Group>
            <CopyText text={value} label="Copy the result" />
          </Group>
        </>
      )}
    </section>
  )
}
