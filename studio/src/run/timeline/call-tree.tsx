import { type CSSProperties, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import type { CallEvent } from '../../contract/run.ts'
import { brief } from '../brief.ts'
import { duration } from '../session-state.ts'
import { passedText } from './passages.ts'
import { barOf, type CallRow, functionName, type Span } from './rows.ts'
import classes from './timeline.module.css'

/** Pixels: fingers need more of them. */
const rowHeight = matchMedia('(pointer: coarse)').matches ? 40 : 28
/** Rows that are drawn above and below those that are seen. */
const margin = 10
/** Levels that are indented; what is deeper stands below the last of them, with its level said. */
const deepestIndent = 12

interface CallTreeProps {
  readonly rows: readonly CallRow[]
  readonly span: Span
  readonly selected: number | undefined
  readonly onSelect: (call: CallEvent) => void
  readonly onFold: (id: number, isFolded: boolean) => void
}

/** Calls as a tree grid, of which only the rows that are seen are drawn. */
export function CallTree({ rows, span, selected, onSelect, onFold }: CallTreeProps) {
  const box = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ first: 0, count: 40 })
  const active = rows.findIndex(({ call }) => call.id === selected)

  useLayoutEffect(() => {
    const element = box.current!
    const measure = () => {
      const first = Math.floor(element.scrollTop / rowHeight)
      const count = Math.ceil(element.clientHeight / rowHeight)
      setSeen((before) => (before.first === first && before.count === count ? before : { first, count }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [])

  const go = (index: number) => {
    const row = rows[Math.max(0, Math.min(index, rows.length - 1))]
    if (row === undefined) return
    onSelect(row.call)
    const element = box.current!
    const top = rows.indexOf(row) * rowHeight
    if (top < element.scrollTop) element.scrollTop = top
    // The heading stays above the rows.
    else if (top + 2 * rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + 2 * rowHeight - element.clientHeight
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active]
    const page = Math.max(1, seen.count - 2)
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: Math.max(0, active - 1),
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: rows.length - 1,
    }
    const target = targets[event.key]
    if (target !== undefined) go(target)
    else if (event.key === 'ArrowRight' && row?.hasCallsInside) {
      if (row.isFolded) onFold(row.call.id, false)
      else go(active + 1)
    } else if (event.key === 'ArrowLeft' && row !== undefined) {
      if (row.hasCallsInside && !row.isFolded) onFold(row.call.id, true)
      else go(rows.findLastIndex(({ level }, index) => index < active && level < row.level))
    } else return
    event.preventDefault()
  }

  const first = Math.max(0, seen.first - margin)
  const drawn = rows.slice(first, seen.first + seen.count + margin)
  const isActiveDrawn = active >= first && active < first + drawn.length
  return (
    <div ref={box} className={classes.tree} style={{ '--row-height': `${rowHeight}px` } as CSSProperties}>
      <table
        className={classes.table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows and cells of a table are those of its grid
        role="treegrid"
        aria-label="Calls"
        aria-rowcount={rows.length + 1}
        aria-activedescendant={isActiveDrawn ? rowId(rows[active]!.call) : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">Function</th>
            <th scope="col" className={classes.wide}>
              From → to
            </th>
            <th scope="col">Result</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          <Gap rows={first} />
          {drawn.map((row, index) => (
            <Row
              key={row.call.id}
              row={row}
              index={first + index}
              span={span}
              isSelected={row.call.id === selected}
              onSelect={onSelect}
              onFold={onFold}
            />
          ))}
          <Gap rows={rows.length - first - drawn.length} />
        </tbody>
      </table>
    </div>
  )
}

/** In the place of rows that are not drawn. */
function Gap({ rows }: { readonly rows: number }) {
  return <tr aria-hidden style={{ height: rows * rowHeight }} />
}

interface RowProps {
  readonly row: CallRow
  readonly index: number
  readonly span: Span
  readonly isSelected: boolean
  readonly onSelect: (call: CallEvent) => void
  readonly onFold: (id: number, isFolded: boolean) => void
}

/** The keyboard is the grid's. */
function Row({ row, index, span, isSelected, onSelect, onFold }: RowProps) {
  const { call, level, hasCallsInside, isFolded } = row
  const bar = barOf(call, span)
  const passed = passedText(call)
  const indent = Math.min(level - 1, deepestIndent) * 12
  return (
    <tr
      id={rowId(call)}
      className={classes.row}
      aria-rowindex={index + 2}
      aria-level={level}
      aria-selected={isSelected}
      aria-expanded={hasCallsInside ? !isFolded : undefined}
      onClick={() => onSelect(call)}
    >
      <td style={{ paddingInlineStart: indent }}>
        <span
          aria-hidden
          className={classes.triangle}
          onClick={(event) => {
            if (!hasCallsInside) return
            event.stopPropagation()
            onFold(call.id, !isFolded)
          }}
        >
          {hasCallsInside ? (isFolded ? '▸' : '▾') : ''}
        </span>
        {level - 1 > deepestIndent && <span className={classes.dimmed}>{`${level} `}</span>}
        {brief(functionName(call.function), 80)}
        <span className={classes.dimmed}>{`(${brief(call.parameters.join(', '), 80)})`}</span>
      </td>
      <td className={classes.wide}>{`${placeName(call.from)} → ${placeName(call.to)}`}</td>
      <td className={call.end === undefined || call.end.outcome === 'ok' ? undefined : classes.problem}>
        {passed !== undefined && <span className={classes.dimmed}>{`${passed} `}</span>}
        {outcomeText(call)}
      </td>
      <td>
        <span className={classes.time}>
          <span
            className={classes.bar}
            style={{ insetInlineStart: `${bar.left}%`, width: `${bar.width}%` }}
          />
          <span className={classes.duration}>
            {call.end === undefined ? 'not ended' : duration(call.end.milliseconds)}
          </span>
        </span>
      </td>
    </tr>
  )
}

function rowId(call: CallEvent): string {
  return `call-${call.id}`
}

export function placeName(block: string | undefined): string {
  return block === undefined ? 'host' : brief(block, 60)
}

function outcomeText({ end }: CallEvent): string {
  if (end === undefined) return '…'
  if (end.outcome === 'trap') return 'trap'
  const result = end.result === undefined ? '' : brief(end.result, 80)
  return end.outcome === 'error' ? `error ${result}` : result
}
