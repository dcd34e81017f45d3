import { Text, Title } from '@mantine/core'
import type { CallEvent } from '../../contract/run.ts'
import { CutText } from '../../inspect/cut-text.tsx'
import { countText } from '../../inspect/size-text.ts'
import { duration } from '../session-state.ts'
import { placeName } from './call-tree.tsx'
import { PassageDetails } from './passage-details.tsx'
import { functionName } from './rows.ts'
import classes from './timeline.module.css'

/** All that is known of one call. */
export function CallDetails({ call }: { readonly call: CallEvent }) {
  const { end } = call
  return (
    <section className={classes.details} aria-label="The selected call">
      <Title order={3} size="xs" className={classes.mono}>
        <CutText
          text={[call.interface, functionName(call.function)].filter((part) => part).join(' ')}
          limit={160}
        />
      </Title>
      <Text size="xs" c="dimmed">
        {`${placeName(call.from)} → ${placeName(call.to)}, ${duration(call.start)} after the start`}
        {end !== undefined && `, took ${duration(end.milliseconds)}`}
      </Text>
      <dl className={classes.values}>
        {call.parameters.map((parameter, index) => (
          <Value key={`${index} ${parameter}`} name={`parameter ${index + 1}`} text={parameter} />
        ))}
        {end === undefined ? (
          <Value name="result" text="not ended" />
        ) : (
          <Value
            name={outcomeName[end.outcome]}
            text={end.result ?? (end.outcome === 'ok' ? 'nothing' : '')}
          />
        )}
      </dl>
      {call.passages.map((passage, index) => (
        <PassageDetails key={index} passage={passage} />
      ))}
      {call.morePassages > 0 && (
        <Text size="xs" c="dimmed">
          {`${countText(call.morePassages, 'more stream or future', 'more streams and futures')} not looked at, because there were too many`}
        </Text>
      )}
    </section>
  )
}

const outcomeName = { ok: 'result', error: 'declared error', trap: 'trap' } as const

function Value({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className={classes.mono}>
        <CutText text={text} limit={400} />
      </dd>
    </>
  )
}
