import { Center, Loader } from '@mantine/core'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useStudio } from '../state/store.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { PanelPane } from './panel-pane.tsx'
import classes from './panes.module.css'
import { Separator } from './separator.tsx'
import { useShell } from './shell-state.ts'
import { SideTabs } from './side-tabs.tsx'
import { type Room, visiblePanes } from './visible-panes.ts'

const Canvas = lazy(async () => ({ default: (await import('../canvas/canvas.tsx')).Canvas }))
const Editor = lazy(async () => ({ default: (await import('../editor/editor.tsx')).Editor }))

/** Canvas, source and panel, as far as there is room; whatever is hidden keeps its state. */
export function Panes({ room }: { readonly room: Room }) {
  const pane = useStudio((studio) => studio.pane)
  const panel = useStudio((studio) => studio.panel.kind)
  const isSourceOpen = useShell((shell) => shell.isSourceOpen)
  const widths = useShell((shell) => shell.widths)
  const visible = visiblePanes(room, pane, panel, isSourceOpen)
  const style = { '--source': `${widths.source}px`, '--panel': `${widths.panel}px` }
  const canvas = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // What was clicked on the start screen is gone, and the focus with it.
    if (document.activeElement === document.body) canvas.current?.focus()
  }, [])
  const hasTabs = room === 'two' && panel !== 'none'
  return (
    <main className={classes.panes} data-room={room} style={style as React.CSSProperties}>
      <div ref={canvas} className={classes.canvas} hidden={!visible.canvas} data-pane="canvas" tabIndex={-1}>
        <Part name="The canvas">
          <Canvas />
        </Part>
      </div>
      {room !== 'one' && visible.source && <Separator pane="source" label="Width of the source" />}
      <div className={classes.source} hidden={!visible.source} data-pane="source" tabIndex={-1}>
        {hasTabs && <SideTabs />}
        <Part name="The editor">
          <Editor />
        </Part>
      </div>
      {room !== 'one' && visible.panel && <Separator pane="panel" label="Width of the panel" />}
      <div className={classes.panel} hidden={!visible.panel} data-pane="panel" tabIndex={-1}>
        {hasTabs && <SideTabs />}
        <Part name="The panel">
          <PanelPane room={room} />
        </Part>
      </div>
    </main>
  )
}

function Part({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <ErrorBoundary part={name}>
      <Suspense
        fallback={
          <Center h="100%" mih={120}>
            <Loader size="sm" role="img" aria-label="Loading" />
          </Center>
        }
      >
        {children}
      </Suspense>
    </ErrorBoundary>
  )
}
