import { Button, Text } from '@mantine/core'
import { useStudio } from '../state/store.ts'
import { brief } from './brief.ts'
import classes from './run.module.css'
import { useRun } from './run-store.ts'

/** Of the mistakes in the text that keep all of it from being run the first, and the way to it. */
export function FirstMistake() {
  const text = useStudio((studio) => studio.text)
  const problems = useStudio((studio) => studio.problems)
  const isAlone = useRun(({ target }) => target !== undefined)
  const first = problems.find(({ severity }) => severity === 'error') ?? problems[0]
  if (first === undefined || isAlone) return null
  const line = text.slice(0, first.start).split('\n').length
  return (
    <div className={classes.mistake}>
      <Text size="sm" component="span" className={classes.mistakeText}>
        {`Line ${line}: ${brief(first.message, 200)}`}
      </Text>
      <Button size="compact-sm" variant="default" onClick={() => useStudio.getState().reveal(first)}>
        Show it in the source
      </Button>
    </div>
  )
}
