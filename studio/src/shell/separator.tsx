import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import classes from './separator.module.css'
import { usualWidths, useShell } from './shell-state.ts'

const least = { source: 256, panel: 288 }
const step = 24

/** The left border of a pane: dragged, or moved by arrows; a double click gives the usual width. */
export function Separator({ pane, label }: { readonly pane: 'source' | 'panel'; readonly label: string }) {
  const width = useShell(({ widths }) => widths[pane])
  const start = useRef<{ readonly x: number; readonly width: number }>(undefined)
  const set = (wanted: number) => {
    const most = Math.round(innerWidth * 0.6)
    useShell.getState().setWidth(pane, Math.min(most, Math.max(least[pane], Math.round(wanted))))
  }
  const down = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, width }
  }
  const move = ({ clientX }: PointerEvent) => {
    if (start.current !== undefined) set(start.current.width + start.current.x - clientX)
  }
  const key = (event: KeyboardEvent) => {
    const change = { ArrowLeft: step, ArrowRight: -step }[event.key]
    if (change === undefined) return
    event.preventDefault()
    set(width + change)
  }
  return (
    <hr
      className={classes.separator}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={least[pane]}
      aria-valuemax={Math.round(innerWidth * 0.6)}
      tabIndex={0}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={() => {
        start.current = undefined
      }}
      onDoubleClick={() => set(usualWidths[pane])}
      onKeyDown={key}
    />
  )
}
