import { Combobox, Kbd, Modal, Text, useCombobox } from '@mantine/core'
import { useState } from 'react'
import { isMac, useCommandContext } from './command-context.ts'
import classes from './command-list.module.css'
import { commands, isFound, keysText } from './commands.ts'
import { useShell } from './shell-state.ts'

/** All commands, found by what is typed. */
export function CommandList() {
  const isOpen = useShell(({ dialog }) => dialog === 'commands')
  const close = useShell((shell) => shell.close)
  return (
    <Modal opened={isOpen} onClose={close} title="Commands" padding="sm" yOffset="12vh" centered={false}>
      <List close={close} />
    </Modal>
  )
}

function List({ close }: { close(): void }) {
  const context = useCommandContext()
  // The list is open as long as the dialog is: what closes the one, Escape, closes the other.
  const combobox = useCombobox({ opened: true, onDropdownClose: close })
  const [typed, setTyped] = useState('')
  const found = commands.filter(
    ({ id, label, isPossible }) =>
      id !== 'commands' && isFound(label, typed) && (isPossible?.(context.studio) ?? true),
  )
  const run = (id: string) => {
    close()
    commands.find((command) => command.id === id)?.run(context)
  }
  return (
    <Combobox store={combobox} onOptionSubmit={run} withinPortal={false}>
      <Combobox.EventsTarget>
        <input
          className={classes.input}
          aria-label="Find a command"
          placeholder="What do you want to do?"
          value={typed}
          data-autofocus
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value)
            combobox.updateSelectedOptionIndex()
          }}
        />
      </Combobox.EventsTarget>
      <Combobox.Options className={classes.options} aria-label="Commands" tabIndex={0}>
        {found.length === 0 && <Combobox.Empty>No command has these words</Combobox.Empty>}
        {found.map(({ id, label, keys: [key] }, index) => (
          <Combobox.Option key={id} value={id} selected={index === 0} className={classes.option}>
            <Text size="sm">{label}</Text>
            {key !== undefined && <Kbd size="xs">{keysText(key, isMac)}</Kbd>}
          </Combobox.Option>
        ))}
      </Combobox.Options>
    </Combobox>
  )
}
