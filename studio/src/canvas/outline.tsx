import { Button, Group as Buttons } from '@mantine/core'
import { ExclamationTriangleIcon } from '@radix-ui/react-icons'
import { useMemo } from 'react'
import { useStudio } from '../state/store.ts'
import { beginRenaming, disconnect, duplicate, inspect, remove, removeExport } from './actions.ts'
import type { Box, PortRow, Row } from './box.ts'
import { rowsOf } from './box.ts'
import { canvas, toggleHost, useCanvas } from './canvas-state.ts'
import { cut } from './cut.ts'
import { draw } from './draw.ts'
import { rowText } from './geometry.ts'
import { NameInput } from './name-input.tsx'
import styles from './outline.module.css'
import { pickEnd, pickExport } from './wiring.ts'

/** All blocks, their ends and where those go, as a page that is read from top to bottom, with the same actions. */
export function Outline() {
  const graph = useStudio((studio) => studio.graph)
  const opened = useCanvas((state) => state.opened)
  // Collapsed groups are a matter of the drawing: here everything is said.
  const { boxes } = useMemo(() => draw(graph, [], opened), [graph, opened])
  const count = boxes.filter(({ blocks }) => blocks.length > 0).length
  return (
    <section className={styles['outline']} aria-label="Outline of the composition">
      {count === 0 && <p>There are no blocks yet. Add a component to begin.</p>}
      {boxes.map((box) => (
        <BoxOutline key={box.id} box={box} />
      ))}
    </section>
  )
}

function BoxOutline({ box }: { readonly box: Box }) {
  const isRenaming = useCanvas((state) => state.renaming === box.id)
  const isSelected = useStudio((studio) => studio.selection.includes(box.id))
  const rows = rowsOf(box)
  return (
    <section
      className={styles['box']}
      data-box={box.id}
      data-selected={isSelected || undefined}
      aria-label={cut(box.title, 100)}
    >
      <header className={styles['header']}>
        {isRenaming ? (
          <NameInput id={box.id} name={box.title} label={`New name of ${cut(box.title, 100)}`} />
        ) : (
          <h2 className={styles['title']}>
            {cut(box.title, 200)} <span className={styles['package']}>{cut(box.subtitle ?? '', 200)}</span>
          </h2>
        )}
        <BoxActions box={box} />
      </header>
      {box.problem !== undefined && (
        <p className={styles['problem']}>
          <ExclamationTriangleIcon aria-hidden /> {cut(box.problem, 1_000)}
        </p>
      )}
      {box.kind === 'exports' && box.left.length === 1 && <p>Nothing is exported yet.</p>}
      {rows.length > 0 && (
        <ul className={styles['rows']}>
          {rows.map((row) => (
            <RowOutline key={row.key} box={box.id} row={row} />
          ))}
        </ul>
      )}
    </section>
  )
}

function BoxActions({ box: { id, kind, title, blocks } }: { readonly box: Box }) {
  if (blocks.length === 0) return null
  const of = `: ${cut(title, 100)}`
  return (
    <Buttons gap={4}>
      {kind === 'instance' && <Action label="Inspect" of={of} onClick={() => inspect(id)} />}
      {kind === 'instance' && <Action label="Duplicate" of={of} onClick={() => void duplicate([id])} />}
      {kind !== 'group' && <Action label="Export…" of={of} onClick={() => pickExport(id)} />}
      <Action label="Rename" of={of} onClick={() => beginRenaming(id)} />
      <Action
        label="More"
        of={of}
        onClick={({ left, bottom }) =>
          canvas.set({ menu: { at: { x: left, y: bottom }, target: { kind: 'box', box: id } } })
        }
      />
      <Action label="Remove" of={of} onClick={() => void remove([id])} />
    </Buttons>
  )
}

function RowOutline({ box, row }: { readonly box: string; readonly row: Row }) {
  const isRenaming = useCanvas((state) => state.renaming === row.key)
  switch (row.kind) {
    case 'port':
      return <PortOutline row={row} />
    case 'host':
      return (
        <li data-row={row.key}>
          <span className={styles['side']}>import</span>
          <span className={styles['name']}>{rowText(row)}</span>
          <Action
            label={row.isOpen ? 'Hide' : 'Show'}
            of=": what the host gives"
            onClick={() => toggleHost(box)}
          />
        </li>
      )
    case 'export':
      return (
        <li data-row={row.key}>
          <span className={styles['side']}>export</span>
          {isRenaming ? (
            <NameInput id={row.key} name={row.name} label={`New name of the export ${cut(row.name, 100)}`} />
          ) : (
            <span className={styles['name']}>{cut(row.name, 300)}</span>
          )}
          <span className={styles['goes']}>from {cut(row.source, 300)}</span>
          <Action
            label="Rename"
            of={`: export ${cut(row.name, 100)}`}
            onClick={() => beginRenaming(row.key)}
          />
          <Action
            label="Remove"
            of={`: export ${cut(row.name, 100)}`}
            onClick={() => void removeExport(row.name)}
          />
        </li>
      )
    case 'export-here':
      return null
    case 'open': {
      const start = row.wantedBy[0]
      return (
        <li data-row={row.key}>
          <span className={styles['side']}>import</span>
          <span className={styles['name']}>{cut(row.name, 300)}</span>
          <span className={styles['goes']}>left open</span>
          {start !== undefined && (
            <Action label="Wire…" of={`: ${cut(row.name, 100)}`} onClick={() => void pickEnd(start)} />
          )}
        </li>
      )
    }
  }
}

const STATES: Readonly<Record<PortRow['state'], string>> = {
  wired: 'wired',
  host: 'given by the host',
  open: 'open',
  wrong: 'does not fit',
  free: 'not wired',
  exported: 'exported',
}

function PortOutline({ row }: { readonly row: PortRow }) {
  const { end, name, label, state, goes, type } = row
  const of = `: ${end.side} ${cut(label, 100)} of ${cut(end.block, 100)}`
  const isWired = state === 'wired' || state === 'wrong' || state === 'exported'
  const arrow = end.side === 'import' ? 'from' : 'to'
  return (
    <li data-row={row.key}>
      <span className={styles['side']}>{end.side}</span>
      <span className={styles['name']} title={cut(type, 1_000)}>
        {cut(name, 300)}
      </span>
      <span className={styles['goes']}>
        {STATES[state]}
        {goes === undefined ? '' : `, ${arrow} ${cut(goes, 300)}`}
      </span>
      <Action label="Wire…" of={of} onClick={() => void pickEnd(end)} />
      {isWired && <Action label="Disconnect" of={of} onClick={() => void disconnect(end)} />}
    </li>
  )
}

function Action({
  label,
  of,
  onClick,
}: {
  readonly label: string
  readonly of: string
  readonly onClick: (at: DOMRect) => void
}) {
  return (
    <Button
      variant="default"
      size="compact-xs"
      className={styles['action']}
      aria-label={`${label}${of}`}
      onClick={(event) => onClick(event.currentTarget.getBoundingClientRect())}
    >
      {label}
    </Button>
  )
}
