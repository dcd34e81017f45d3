import { Text, Title } from '@mantine/core'
import { useId } from 'react'
import type { PassageEvent } from '../../contract/run.ts'
import { CutText } from '../../inspect/cut-text.tsx'
import { countText } from '../../inspect/size-text.ts'
import { duration } from '../session-state.ts'
import { countedOnly, passageState } from './passages.ts'
import classes from './timeline.module.css'

/** What went through a stream or future: when, how many elements, and which. */
export function PassageDetails({ passage }: { readonly passage: PassageEvent }) {
  const { kind, place, pieces } = passage
  const title = useId()
  const more = countedOnly(passage)
  return (
    <section className={classes.passage} aria-labelledby={title}>
      <Title order={4} size="xs" id={title}>
        {kind === 'stream' ? 'Stream ' : 'Future '}
        <span className={classes.mono}>
          <CutText text={place} limit={80} />
        </span>
      </Title>
      <Text size="xs" c="dimmed">
        {passageState(passage)}
      </Text>
      {pieces.length > 0 && (
        <table className={classes.pieces} aria-labelledby={title}>
          <thead>
            <tr>
              <th scope="col">After</th>
              <th scope="col">Elements</th>
              <th scope="col">Values</th>
            </tr>
          </thead>
          <tbody>
            {pieces.map(({ time, count, values }, index) => (
              <tr key={index}>
                <td>{duration(time)}</td>
                <td>{count.toLocaleString('en')}</td>
                <td className={classes.mono}>
                  {values === undefined ? 'without a value' : <CutText text={values} limit={160} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more > 0 && (
        <Text size="xs" c="dimmed">
          {`${countText(more, 'more element')} counted only, because there were too many`}
        </Text>
      )}
    </section>
  )
}
