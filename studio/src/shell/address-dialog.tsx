import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { addressFrom, SourceError } from '../state/read-source.ts'
import { useStudio } from '../state/store.ts'
import { useShell } from './shell-state.ts'

export function AddressDialog() {
  const isOpen = useShell(({ dialog }) => dialog === 'address')
  const close = useShell((shell) => shell.close)
  return (
    <Modal opened={isOpen} onClose={close} title="Add a component from an address">
      <AddressForm close={close} />
    </Modal>
  )
}

function AddressForm({ close }: { close(): void }) {
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string>()
  const add = () => {
    try {
      const address = addressFrom(typed)
      close()
      void useStudio.getState().open([address])
    } catch (error) {
      if (!(error instanceof SourceError)) throw error
      setProblem(`${error.message}: ${error.cure}`)
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <Stack gap="sm">
        <TextInput
          label="Address"
          placeholder="https://example.org/component.wasm"
          type="url"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          error={problem}
          data-autofocus
          spellCheck={false}
        />
        <Text size="xs" c="dimmed">
          It is fetched from there, without cookies. Its host must let other pages read it (CORS).
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit">Add</Button>
        </Group>
      </Stack>
    </form>
  )
}
