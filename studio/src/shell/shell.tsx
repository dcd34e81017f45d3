import { useEffect } from 'react'
import { ShareDialog } from '../download/share-dialog.tsx'
import { documentName } from '../state/snapshot.ts'
import { useStudio } from '../state/store.ts'
import { AddressDialog } from './address-dialog.tsx'
import { CommandList } from './command-list.tsx'
import { DocumentsDialog } from './documents-dialog.tsx'
import { DropAnywhere } from './drop-anywhere.tsx'
import { Header } from './header.tsx'
import { KeyList } from './key-list.tsx'
import { Notices } from './notices.tsx'
import { Panes } from './panes.tsx'
import { PhoneTabs } from './phone-tabs.tsx'
import classes from './shell.module.css'
import { useShell } from './shell-state.ts'
import { StartScreen } from './start-screen.tsx'
import { useRoom } from './use-room.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useStarted } from './use-started.ts'
import { WantedPackages } from './wanted-packages.tsx'

export function Shell() {
  const isEmpty = useIsEmpty()
  const room = useRoom()
  useStarted()
  useShortcuts()
  useTitle()
  return (
    <div className={classes.page}>
      <Header room={room} />
      <WantedPackages />
      {isEmpty ? <StartScreen /> : <Panes room={room} />}
      {room === 'one' && !isEmpty && <PhoneTabs />}
      <Notices />
      <DropAnywhere />
      <AddressDialog />
      <DocumentsDialog />
      <ShareDialog />
      <CommandList />
      <KeyList />
      <section id="overlays" aria-label="Menus and dialogs" />
    </div>
  )
}

/** Until something is there, the page says how to begin. */
function useIsEmpty(): boolean {
  const isBegun = useShell((shell) => shell.isBegun)
  const isEmpty = useStudio(
    ({ text, packages, wanted }) => packages.length === 0 && wanted.length === 0 && isNewText(text),
  )
  return isEmpty && !isBegun
}

function isNewText(text: string): boolean {
  return /^\s*package\s+[\w:%-]+\s*;\s*$/.test(text)
}

function useTitle(): void {
  const name = useStudio(({ text }) => documentName(text))
  const isEmpty = useIsEmpty()
  useEffect(() => {
    document.title = isEmpty ? 'Tenon studio' : `${name} · Tenon studio`
  }, [name, isEmpty])
}
