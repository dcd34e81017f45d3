import { Button, Group, Input, Text } from '@mantine/core'
import { PlayIcon } from '@radix-ui/react-icons'
import { useCallback, useId, useMemo } from 'react'
import type { ExportedFunction } from '../../contract/run.ts'
import { CutText } from '../../inspect/cut-text.tsx'
import { brief } from '../brief.ts'
import { callName } from '../form/call-text.ts'
import { changeFormat, type Draft, editForms, editText, newDraft, waveOf } from '../form/draft.ts'
import { Field } from '../form/field.tsx'
import { FormProvider } from '../form/form-context.ts'
import { suitability } from '../form/form-limits.ts'
import type { FormPath } from '../form/form-path.ts'
import type { FormValue } from '../form/form-value.ts'
import { pathKey, useRun } from '../run-store.ts'
import { isLive } from '../session-state.ts'
import { CallText } from './call-text-field.tsx'
import classes from './calls.module.css'

/** The form of one function, the same call as a text, and the button that calls. */
export function CallForm({ callable }: { readonly callable: ExportedFunction }) {
  const key = pathKey(callable.path)
  const { impossible, textOnly } = useMemo(() => suitability(callable), [callable])
  const callFormat = useRun((run) => run.callFormat)
  const draft = useRun(({ drafts }) => drafts[key]) ?? newDraft(callable, callFormat)
  const resources = useRun((run) => run.resources)
  const phase = useRun(({ session }) => session.phase)
  const isRunning = useRun(({ session }) => isLive(session))
  const { setDraft, setCallFormat, call } = useRun.getState()
  const problemId = useId()

  const update = useCallback(
    (path: FormPath, value: FormValue) => {
      const { drafts, callFormat: format } = useRun.getState()
      const current = drafts[key] ?? newDraft(callable, format)
      setDraft(key, editForms(current, callable, path, value))
    },
    [callable, key, setDraft],
  )
  const form = useMemo(() => ({ update, resources }), [update, resources])

  if (impossible !== undefined) return <Text size="sm">{impossible}</Text>

  const { parameters } = draft
  const send = () =>
    parameters !== undefined && phase === 'ready' && call(callable, waveOf(draft, callable), parameters)
  return (
    <form
      className={classes.form}
      aria-label={brief(callName(callable))}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Text size="xs" className={classes.signature} component="div">
        <CutText text={callable.type} limit={300} />
      </Text>
      {textOnly !== undefined && <Text size="sm">{`${textOnly} Write the call as text.`}</Text>}
      {draft.forms !== undefined && (
        <FormProvider value={form}>
          {/* While the text is wrong, the fields show what could be read before. */}
          <div className={draft.wrongText === undefined ? classes.fields : classes.staleFields}>
            {callable.parameters.map(({ name, type }, index) => (
              <Field
                key={name}
                label={brief(name)}
                type={type}
                value={draft.forms![index]!}
                path={`${index}`}
              />
            ))}
          </div>
        </FormProvider>
      )}
      {(callable.parameters.length > 0 || draft.forms === undefined) && (
        <CallText
          callable={callable}
          draft={draft}
          change={(text) => setDraft(key, editText(draft, callable, text))}
          choose={(format) => {
            setCallFormat(format)
            setDraft(key, changeFormat(draft, callable, format))
          }}
        />
      )}
      {draft.problems.length > 0 && <Input.Error id={problemId}>{problemsText(draft)}</Input.Error>}
      <Group gap="xs">
        <Button
          type="submit"
          size="xs"
          leftSection={<PlayIcon aria-hidden />}
          disabled={parameters === undefined || phase !== 'ready'}
          aria-describedby={draft.problems.length > 0 ? problemId : undefined}
        >
          Call
        </Button>
        {!isRunning && (
          <Text size="xs" c="dimmed">
            Start it again to call.
          </Text>
        )}
        {draft.forms !== undefined && callable.parameters.length > 0 && (
          <Button size="xs" variant="subtle" onClick={() => setDraft(key, newDraft(callable, draft.format))}>
            Clear
          </Button>
        )}
      </Group>
    </form>
  )
}

function problemsText({ problems }: Draft): string {
  const places = problems.slice(0, 5).map(({ path }) => path.join('.'))
  const rest = problems.length > places.length ? ` and ${problems.length - places.length} more` : ''
  return `Missing or wrong: ${places.join(', ')}${rest}`
}
