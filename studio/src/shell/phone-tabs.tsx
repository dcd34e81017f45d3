import { UnstyledButton } from '@mantine/core'
import { CodeIcon, Component1Icon, MagnifyingGlassIcon, PlayIcon } from '@radix-ui/react-icons'
import type { ReactNode } from 'react'
import type { Pane } from '../contract/studio.ts'
import { useStudio } from '../state/store.ts'
import classes from './phone-tabs.module.css'

const tabs: readonly { readonly pane: Pane; readonly label: string; readonly icon: ReactNode }[] = [
  { pane: 'canvas', label: 'Canvas', icon: <Component1Icon aria-hidden /> },
  { pane: 'source', label: 'Source', icon: <CodeIcon aria-hidden /> },
  { pane: 'inspect', label: 'Inspect', icon: <MagnifyingGlassIcon aria-hidden /> },
  { pane: 'run', label: 'Run', icon: <PlayIcon aria-hidden /> },
]

/** The parts of the page, where there is room for one. */
export function PhoneTabs() {
  const current = useStudio((studio) => studio.pane)
  const setPane = useStudio((studio) => studio.setPane)
  return (
    <nav className={classes.tabs} aria-label="Parts of the page">
      {tabs.map(({ pane, label, icon }) => (
        <UnstyledButton
          key={pane}
          className={classes.tab}
          aria-current={pane === current ? 'page' : undefined}
          onClick={() => setPane(pane)}
        >
          {icon}
          {label}
        </UnstyledButton>
      ))}
    </nav>
  )
}
