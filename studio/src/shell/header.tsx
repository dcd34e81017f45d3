import { Button, Divider } from '@mantine/core'
import { PlayIcon } from '@radix-ui/react-icons'
import { DownloadMenu } from '../download/download-menu.tsx'
import { ShareMenu } from '../download/share-menu.tsx'
import { useStudio } from '../state/store.ts'
import { AddMenu } from './add-menu.tsx'
import { CommandButton } from './command-button.tsx'
import { useCommandContext } from './command-context.ts'
import { DocumentName } from './document-name.tsx'
import classes from './header.module.css'
import { Mark } from './mark.tsx'
import { MoreMenu } from './more-menu.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import { useIsWide } from './use-room.ts'
import type { Room } from './visible-panes.ts'

export function Header({ room }: { readonly room: Room }) {
  const isPhone = room === 'one'
  const isWide = useIsWide()
  return (
    <header className={classes.header} data-pane="header" tabIndex={-1}>
      <Mark />
      <DocumentName />
      <div className={classes.space} />
      <div className={classes.tools} role="toolbar" aria-label="Document tools">
        <CommandButton id="undo" />
        <CommandButton id="redo" />
        {!isPhone && <CommandButton id="arrange" />}
        {!isPhone && <CommandButton id="auto-wire" />}
        {!isPhone && <Divider orientation="vertical" my={8} mx={4} />}
        <AddMenu isShort={!isWide} />
        {isWide && <DownloadMenu />}
        {isWide && <ShareMenu />}
        <RunButton isShort={isPhone} />
        {!isPhone && <ThemeSwitch />}
        <MoreMenu room={room} />
      </div>
    </header>
  )
}

function RunButton({ isShort }: { readonly isShort: boolean }) {
  const context = useCommandContext()
  const isPossible = useStudio(({ graph, problems }) => graph.blocks.length > 0 || problems.length > 0)
  if (isShort) return null
  return (
    <Button
      leftSection={<PlayIcon aria-hidden />}
      disabled={!isPossible}
      onClick={() => context.studio.show({ kind: 'run' })}
      ml={4}
    >
      Run
    </Button>
  )
}
