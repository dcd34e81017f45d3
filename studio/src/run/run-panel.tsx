import { Tabs } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useStudio } from '../state/store.ts'
import { Announcement } from './announcement.tsx'
import { CallsPane } from './calls/calls-pane.tsx'
import { functionGroups } from './calls/function-groups.ts'
import classes from './run.module.css'
import { RunHeader } from './run-header.tsx'
import { useRun } from './run-store.ts'
import { FilesPane } from './setup/files-pane.tsx'
import { SetupPane } from './setup/setup-pane.tsx'
import { TerminalPane } from './terminal/terminal-pane.tsx'
import { TimelinePane } from './timeline/timeline-pane.tsx'

const tabs = {
  setup: ['Setup', SetupPane],
  terminal: ['Terminal', TerminalPane],
  calls: ['Calls', CallsPane],
  files: ['Files', FilesPane],
  timeline: ['Timeline', TimelinePane],
} as const

type Tab = keyof typeof tabs

function isTab(name: string | null): name is Tab {
  return name !== null && Object.hasOwn(tabs, name)
}

/** Runs the composition, or one block of it alone, right there. */
export function RunPanel() {
  const session = useRun((run) => run.session)
  const panel = useStudio((studio) => studio.panel)
  const [tab, setTab] = useState<Tab>('setup')

  useEffect(() => {
    if (panel.kind === 'run') useRun.getState().setTarget(panel.block)
  }, [panel])

  // What a person would look at next: a command's terminal, a reactor's functions.
  useEffect(() => {
    if (session.started === undefined) return
    const hasFunctions = functionGroups(session.started.exports).length > 0
    setTab(session.started.isCommand || !hasFunctions ? 'terminal' : 'calls')
  }, [session.started])

  // What failed stands above what was written until then.
  useEffect(() => {
    if (session.failure !== undefined) setTab('terminal')
  }, [session.failure])

  return (
    <section aria-label="Run" className={classes.panel}>
      <RunHeader />
      <Announcement />
      <Tabs
        value={tab}
        onChange={(next) => isTab(next) && setTab(next)}
        keepMounted={false}
        classNames={{ root: classes.tabs!, list: classes.tabList!, tab: classes.tab!, panel: classes.body! }}
      >
        <Tabs.List aria-label="Parts of the run">
          {Object.entries(tabs).map(([name, [label]]) => (
            <Tabs.Tab key={name} value={name}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {Object.entries(tabs).map(([name, [, Pane]]) => (
          <Tabs.Panel key={name} value={name}>
            <Pane />
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  )
}
