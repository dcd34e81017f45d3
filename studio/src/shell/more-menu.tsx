import { ActionIcon, Menu, Text, Tooltip } from '@mantine/core'
import { DotsVerticalIcon } from '@radix-ui/react-icons'
import { DownloadMenuItems } from '../download/download-menu.tsx'
import { ShareMenuItem } from '../download/share-menu.tsx'
import { useStudio } from '../state/store.ts'
import { isMac, useCommandContext } from './command-context.ts'
import { commands, keysText } from './commands.ts'
import classes from './shell.module.css'
import { useIsWide } from './use-room.ts'
import type { Room } from './visible-panes.ts'

/** What has no place in the header. */
export function MoreMenu({ room }: { readonly room: Room }) {
  const isWide = useIsWide()
  const ids =
    room === 'one'
      ? ['arrange', 'auto-wire', 'new', 'documents', 'commands', 'theme', 'keys']
      : ['new', 'documents', 'source', 'commands', 'keys']
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label="More">
          <ActionIcon aria-label="More">
            <DotsVerticalIcon aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {!isWide && (
          <>
            <DownloadMenuItems />
            <ShareMenuItem />
            <Menu.Divider />
          </>
        )}
        {ids.map((id) => (
          <CommandItem key={id} id={id} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function CommandItem({ id }: { readonly id: string }) {
  const command = commands.find((one) => one.id === id)!
  const isPossible = useStudio((studio) => command.isPossible?.(studio) ?? true)
  const context = useCommandContext()
  const key = command.keys[0]
  return (
    <Menu.Item
      disabled={!isPossible}
      onClick={() => command.run(context)}
      rightSection={
        key === undefined ? undefined : (
          <Text size="xs" c="dimmed" className={classes.key}>
            {keysText(key, isMac)}
          </Text>
        )
      }
    >
      {command.label}
    </Menu.Item>
  )
}
