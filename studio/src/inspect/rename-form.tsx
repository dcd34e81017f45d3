import { Button, Group, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useStudio } from '../state/store.ts'

/** Another name for a package, in the text too. */
export function RenameForm({ package: name, onEnd }: { readonly package: string; onEnd(): void }) {
  const [to, setTo] = useState(name)
  const [problem, setProblem] = useState<string>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (to === name) return onEnd()
    const { renamePackage, show } = useStudio.getState()
    const refusal = await renamePackage(name, to.trim())
    if (refusal !== undefined) return setProblem([refusal.refused, refusal.cure].filter(Boolean).join(' – '))
    onEnd()
    show({ kind: 'inspect', package: to.trim() })
  }
  return (
    <form onSubmit={submit} onKeyDown={({ key }) => key === 'Escape' && onEnd()}>
      <TextInput
        label="Name of the package"
        description="namespace:name, and @version where it has one; the text follows"
        size="sm"
        value={to}
        error={problem}
        spellCheck={false}
        autoCapitalize="off"
        data-autofocus
        autoFocus
        onChange={({ currentTarget }) => setTo(currentTarget.value)}
      />
      <Group gap="xs" mt="xs">
        <Button type="submit" size="compact-sm">
          Rename
        </Button>
        <Button size="compact-sm" variant="default" onClick={onEnd}>
          Cancel
        </Button>
      </Group>
    </form>
  )
}
