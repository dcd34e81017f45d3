import { Text, TextInput, Tooltip, UnstyledButton } from '@mantine/core'
import { useRef, useState } from 'react'
import { documentName } from '../state/snapshot.ts'
import { useStudio } from '../state/store.ts'
import classes from './document-name.module.css'

/** The text's package name: changing it edits the text. */
export function DocumentName() {
  const name = useStudio(({ text }) => documentName(text))
  const [isEdited, setEdited] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const stop = () => {
    setEdited(false)
    requestAnimationFrame(() => button.current?.focus())
  }
  if (isEdited) return <NameField name={name} stop={stop} />
  return (
    <div className={classes.document}>
      <Tooltip label="Rename the document">
        <UnstyledButton ref={button} className={classes.name} onClick={() => setEdited(true)}>
          {name.slice(0, 200)}
        </UnstyledButton>
      </Tooltip>
      <Saving />
    </div>
  )
}

function NameField({ name, stop }: { readonly name: string; stop(): void }) {
  const [typed, setTyped] = useState(name)
  const [problem, setProblem] = useState<string>()
  const rename = async () => {
    if (typed === name) return stop()
    const refusal = await useStudio.getState().edit({ kind: 'name-document', to: typed })
    if (refusal === undefined) stop()
    else setProblem(refusal.refused.slice(0, 200))
  }
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        void rename()
      }}
    >
      <TextInput
        aria-label="Name of the document: namespace:name, with @version where it has one"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && stop()}
        onBlur={stop}
        error={problem !== undefined}
        autoFocus
        spellCheck={false}
        maxLength={200}
        classNames={{ input: classes.input! }}
      />
    </form>
  )
}

const states = { new: '', saving: 'Saving…', saved: 'Saved in this browser', off: 'Not saved' } as const

function Saving() {
  const saving = useStudio((studio) => studio.saving)
  return (
    <Text size="xs" c={saving === 'off' ? 'var(--studio-problem)' : 'dimmed'} className={classes.saving}>
      {states[saving]}
    </Text>
  )
}
