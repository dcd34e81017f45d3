import { Button, Text, TextInput, Title } from '@mantine/core'
import { refocusAfter } from '../refocus.ts'
import { useRun } from '../run-store.ts'
import { limitFields, rangeText, readLimits, usualLimits } from './limit-fields.ts'
import classes from './setup.module.css'

/** What a run may take. */
export function Limits() {
  const limits = useRun((run) => run.setup.limits)
  const { changeSetup } = useRun.getState()
  const read = readLimits(limits)
  const problems = 'problems' in read ? read.problems : {}
  const isUsual = limitFields.every(({ name }) => limits[name] === usualLimits[name])
  return (
    <section aria-label="Limits" className={classes.section}>
      <Title order={3} size="xs">
        Limits
      </Title>
      <div className={classes.limits}>
        {limitFields.map((field) => (
          <TextInput
            key={field.name}
            size="xs"
            label={`${field.label}, ${field.unit}`}
            description={`${rangeText(field).replace(/^.* from /, 'From ')}. ${field.about}`}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            placeholder={field.isOptional ? 'none' : undefined}
            inputMode={field.isWhole ? 'numeric' : 'decimal'}
            value={limits[field.name]}
            onChange={({ currentTarget }) =>
              changeSetup({ limits: { ...limits, [field.name]: currentTarget.value } })
            }
            error={problems[field.name]}
            classNames={{ input: classes.code! }}
          />
        ))}
      </div>
      {!isUsual && (
        <Button
          size="compact-sm"
          variant="default"
          className={classes.add!}
          onClick={({ currentTarget }) => {
            changeSetup({ limits: usualLimits })
            refocusAfter(currentTarget, undefined)
          }}
        >
          Take the usual limits
        </Button>
      )}
      <Text size="xs" c="dimmed">
        They hold from the next start on.
      </Text>
    </section>
  )
}
