import { CloseButton, Text } from '@mantine/core'
import { lazy, useEffect, useState } from 'react'
import type { Panel } from '../contract/studio.ts'
import { useStudio } from '../state/store.ts'
import { PackageList } from './package-list.tsx'
import classes from './panel-pane.module.css'
import { panelTitles } from './panel-titles.ts'
import type { Room } from './visible-panes.ts'

const RunPanel = lazy(async () => ({ default: (await import('../run/run-panel.tsx')).RunPanel }))
const InspectPanel = lazy(async () => ({
  default: (await import('../inspect/inspect-panel.tsx')).InspectPanel,
}))
const ComparePanel = lazy(async () => ({
  default: (await import('../compare/compare-panel.tsx')).ComparePanel,
}))

/** What is beside the canvas. A run goes on while something else is looked at. */
export function PanelPane({ room }: { readonly room: Room }) {
  const panel = useStudio((studio) => studio.panel)
  const pane = useStudio((studio) => studio.pane)
  const show = useStudio((studio) => studio.show)
  const kind = room === 'one' && pane === 'run' ? 'run' : panel.kind
  const wasRun = useWas(kind === 'run')
  // Beside the source, the tabs say what it is, and close it.
  const hasTabs = room === 'two' && kind !== 'none'
  return (
    <div className={classes.pane}>
      <div className={hasTabs ? classes.unseen : classes.head}>
        <Text component="h2" fw={600} size="sm">
          {panelTitles[kind]}
        </Text>
        {!hasTabs && kind !== 'none' && (room !== 'one' || kind !== 'run') && (
          <CloseButton aria-label={`Close ${panelTitles[kind]}`} onClick={() => show({ kind: 'none' })} />
        )}
      </div>
      <div className={classes.body} hidden={kind !== 'run'}>
        {wasRun && <RunPanel />}
      </div>
      {kind !== 'run' && (
        <div className={classes.body}>
          <Content panel={panel} />
        </div>
      )}
    </div>
  )
}

function Content({ panel }: { readonly panel: Panel }) {
  if (panel.kind === 'inspect') return <InspectPanel package={panel.package} />
  if (panel.kind === 'compare') return <ComparePanel from={panel.from} to={panel.to} />
  return <PackageList />
}

/** Whether something was so once. */
function useWas(isNow: boolean): boolean {
  const [was, setWas] = useState(isNow)
  useEffect(() => {
    if (isNow) setWas(true)
  }, [isNow])
  return was || isNow
}
