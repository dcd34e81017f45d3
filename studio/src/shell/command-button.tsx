import { ActionIcon, Tooltip } from '@mantine/core'
import { CounterClockwiseClockIcon, Link2Icon, MixIcon, ResetIcon } from '@radix-ui/react-icons'
import type { ReactNode } from 'react'
import { useStudio } from '../state/store.ts'
import { isMac, useCommandContext } from './command-context.ts'
import { commands, keysText } from './commands.ts'
import classes from './command-button.module.css'

const icons: Readonly<Record<string, ReactNode>> = {
  undo: <ResetIcon aria-hidden />,
  redo: <ResetIcon aria-hidden className={classes.mirrored} />,
  arrange: <MixIcon aria-hidden />,
  'auto-wire': <Link2Icon aria-hidden />,
}

/** A command of the table as an icon, with its key. */
export function CommandButton({ id }: { readonly id: string }) {
  const command = commands.find((one) => one.id === id)!
  const isPossible = useStudio((studio) => command.isPossible?.(studio) ?? true)
  const context = useCommandContext()
  const key = command.keys[0]
  const label = key === undefined ? command.label : `${command.label} (${keysText(key, isMac)})`
  return (
    <Tooltip label={label}>
      <ActionIcon
        className={classes.button!}
        aria-label={command.label}
        // Stays in the order of keys, so that the focus is not lost where the last step was undone.
        aria-disabled={!isPossible}
        {...(isPossible ? {} : { 'data-disabled': true })}
        onClick={() => isPossible && command.run(context)}
      >
        {icons[id] ?? <CounterClockwiseClockIcon aria-hidden />}
      </ActionIcon>
    </Tooltip>
  )
}
