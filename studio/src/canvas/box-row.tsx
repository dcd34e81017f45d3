import { ChevronDownIcon, ChevronRightIcon, Cross2Icon, Pencil1Icon } from '@radix-ui/react-icons'
import { Handle, Position } from '@xyflow/react'
import type { ReactNode } from 'react'
import { beginRenaming, removeExport } from './actions.ts'
import type { ExportRow, HostRow, OpenRow, PortRow, Row } from './box.ts'
import styles from './box.module.css'
import { toggleHost, useCanvas } from './canvas-state.ts'
import { cut } from './cut.ts'
import { rowText } from './geometry.ts'
import { NameInput } from './name-input.tsx'
import { portLabel, portTitle } from './port-words.ts'
import { pickEnd } from './wiring.ts'

interface RowProps<Kind extends Row> {
  readonly box: string
  readonly row: Kind
  readonly side: 'left' | 'right'
}

export function BoxRow({ box, row, side }: RowProps<Row>) {
  switch (row.kind) {
    case 'port':
      return <Port box={box} row={row} side={side} />
    case 'host':
      return <Host box={box} row={row} side={side} />
    case 'export':
      return <Exported row={row} />
    case 'export-here':
      return (
        <RowHandle row={row} side="left" state="free" isStart={false}>
          <span className={styles['hint']}>{rowText(row)}</span>
        </RowHandle>
      )
    case 'open':
      return <Open row={row} />
  }
}

function Port({ row, side }: RowProps<PortRow>) {
  const fit = useFit(row.key)
  return (
    <RowHandle row={row} side={side} state={row.state} isStart fit={fit}>
      <button
        type="button"
        className={styles['port']}
        tabIndex={-1}
        aria-label={portLabel(row)}
        title={portTitle(row)}
        onClick={() => void pickEnd(row.end)}
      >
        <span className={styles['label']}>{cut(row.label, 200)}</span>{' '}
        {row.state === 'wrong' && (
          <span className={styles['mark']} aria-hidden>
            does not fit
          </span>
        )}
      </button>
    </RowHandle>
  )
}

/** How an end answers to the wire that is being dragged. */
function useFit(key: string): string | undefined {
  return useCanvas(({ wiring }) => wiring?.fits?.get(key)?.verdict)
}

function Host({ box, row, side }: RowProps<HostRow>) {
  const Icon = row.isOpen ? ChevronDownIcon : ChevronRightIcon
  const hasFit = useCanvas(({ wiring }) =>
    row.names.some((name) =>
      [...(wiring?.fits?.values() ?? [])].some(
        ({ port, verdict }) => port.block === box && port.port === name && verdict !== 'differs',
      ),
    ),
  )
  return (
    <RowHandle
      row={row}
      side={side}
      state="host"
      isStart={false}
      isEnd={row.ends.length > 0}
      fit={hasFit ? 'fits' : undefined}
    >
      <button
        type="button"
        className={styles['port']}
        tabIndex={-1}
        aria-expanded={row.isOpen}
        aria-label={`${rowText(row)} that the host gives`}
        title={cut(row.names.join('\n'), 2_000)}
        onClick={() => toggleHost(box)}
      >
        <Icon aria-hidden />
        <span className={styles['label']}>{rowText(row)}</span>
      </button>
    </RowHandle>
  )
}

function Exported({ row }: { readonly row: ExportRow }) {
  const isRenaming = useCanvas((state) => state.renaming === row.key)
  if (isRenaming) {
    return (
      <RowHandle row={row} side="left" state="wired" isStart={false}>
        <NameInput id={row.key} name={row.name} label={`New name of the export ${cut(row.name, 100)}`} />
      </RowHandle>
    )
  }
  const name = cut(row.name, 200)
  return (
    <RowHandle row={row} side="left" state="wired" isStart={false}>
      <button
        type="button"
        className={styles['port']}
        tabIndex={-1}
        aria-label={`Export ${name}, from ${cut(row.source, 200)}. Enter renames it, Delete removes it.`}
        title={cut(`${row.name}: ${row.type}\nfrom ${row.source}`, 1_000)}
        onClick={() => beginRenaming(row.key)}
      >
        <span className={styles['label']}>{name}</span>
        <Pencil1Icon aria-hidden className={styles['pencil']} />
      </button>
      <button
        type="button"
        className={`${styles['remove']} nodrag`}
        tabIndex={-1}
        aria-label={`No longer export ${name}`}
        onClick={() => void removeExport(row.name)}
      >
        <Cross2Icon aria-hidden />
      </button>
    </RowHandle>
  )
}

function Open({ row }: { readonly row: OpenRow }) {
  const start = row.wantedBy[0]
  return (
    <RowHandle row={row} side="right" state="open" isStart={false} isEnd={false}>
      <button
        type="button"
        className={styles['port']}
        tabIndex={-1}
        aria-label={`Open import ${cut(row.name, 200)}, wanted ${row.wantedBy.length} times`}
        title={cut(`${row.name}: ${row.type}`, 1_000)}
        onClick={() => start !== undefined && void pickEnd(start)}
      >
        <span className={styles['label']}>{cut(row.label, 200)}</span>
      </button>
    </RowHandle>
  )
}

/** The whole row takes and begins wires, not only the dot at its end. */
function RowHandle({
  row,
  side,
  state,
  isStart,
  isEnd = true,
  fit,
  children,
}: {
  readonly row: Row
  readonly side: 'left' | 'right'
  readonly state: PortRow['state']
  readonly isStart: boolean
  readonly isEnd?: boolean
  readonly fit?: string | undefined
  readonly children: ReactNode
}) {
  return (
    <Handle
      id={row.key}
      type={side === 'left' ? 'target' : 'source'}
      position={side === 'left' ? Position.Left : Position.Right}
      className={styles['row']}
      isConnectableStart={isStart}
      isConnectableEnd={isEnd}
      isConnectable={isStart || isEnd}
      data-row={row.key}
      data-side={side}
      data-state={state}
      data-fit={fit}
    >
      <i className={styles['dot']} aria-hidden />
      {children}
    </Handle>
  )
}
