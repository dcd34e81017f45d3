import { ActionIcon, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import {
  CopyIcon,
  ExternalLinkIcon,
  LinkBreak2Icon,
  MagnifyingGlassIcon,
  Pencil1Icon,
  PlayIcon,
  TrashIcon,
} from '@radix-ui/react-icons'
import { NodeToolbar, Position, useStore } from '@xyflow/react'
import type { ReactNode } from 'react'
import { useStudio } from '../state/store.ts'
import { beginRenaming, disconnectAll, duplicate, inspect, remove, run } from './actions.ts'
import { useCanvas } from './canvas-state.ts'
import { cut } from './cut.ts'
import { useDrawing } from './drawing.ts'
import { NARROW } from './fit.ts'
import styles from './toolbar.module.css'
import { pickExport } from './wiring.ts'

/** Above the one block that is selected, with what is done most; the menu has the rest. */
export function BlockToolbar() {
  const selection = useStudio((studio) => studio.selection)
  const drawing = useDrawing()
  const isNarrow = useMediaQuery(NARROW) ?? false
  const isWiring = useCanvas(({ wiring }) => wiring !== undefined)
  const isDragging = useStore((state) => state.nodes.some(({ dragging }) => dragging === true))
  const box = selection.length === 1 ? drawing.boxes.find(({ id }) => id === selection[0]) : undefined
  if (box === undefined || box.blocks.length === 0 || isWiring || isDragging) return null
  const { id } = box
  const isInstance = box.kind === 'instance'
  const tools = (
    <div className={styles['toolbar']} role="toolbar" aria-label={`Actions for ${cut(box.title, 100)}`}>
      {isInstance && <Tool label="Inspect" icon={<MagnifyingGlassIcon />} onClick={() => inspect(id)} />}
      {isInstance && <Tool label="Run alone" icon={<PlayIcon />} onClick={() => run(id)} />}
      {isInstance && (
        <Tool label="Duplicate (Ctrl+D)" icon={<CopyIcon />} onClick={() => void duplicate([id])} />
      )}
      <Tool label="Rename (F2)" icon={<Pencil1Icon />} onClick={() => beginRenaming(id)} />
      {box.kind !== 'group' && (
        <Tool label="Export…" icon={<ExternalLinkIcon />} onClick={() => pickExport(id)} />
      )}
      <Tool label="Disconnect all" icon={<LinkBreak2Icon />} onClick={() => void disconnectAll(box.blocks)} />
      <Tool label="Remove (Delete)" icon={<TrashIcon />} onClick={() => void remove([id])} />
    </div>
  )
  // Beside a block it would not fit on a narrow screen.
  if (isNarrow) return <div className={styles['docked']}>{tools}</div>
  return (
    <NodeToolbar nodeId={id} isVisible position={Position.Top} offset={8}>
      {tools}
    </NodeToolbar>
  )
}

function Tool({
  label,
  icon,
  onClick,
}: {
  readonly label: string
  readonly icon: ReactNode
  readonly onClick: () => void
}) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}
