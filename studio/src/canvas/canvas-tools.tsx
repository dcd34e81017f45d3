import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import {
  EnterFullScreenIcon,
  KeyboardIcon,
  LayoutIcon,
  ListBulletIcon,
  PlusIcon,
  TransformIcon,
  ZoomInIcon,
  ZoomOutIcon,
} from '@radix-ui/react-icons'
import type { ReactNode } from 'react'
import { useStudio } from '../state/store.ts'
import { instantiate } from './actions.ts'
import { canvas, useCanvas } from './canvas-state.ts'
import { cut } from './cut.ts'
import { fitAll } from './fit.ts'
import styles from './toolbar.module.css'

/** Beside the drawing and the outline. */
export function CanvasTools() {
  const view = useCanvas((state) => state.view)
  const isDrawing = view === 'drawing'
  return (
    <>
      <div className={`${styles['tools']} ${styles['top']}`} role="toolbar" aria-label="Canvas">
        <AddBlock />
        <Tool
          label="Arrange blocks"
          icon={<TransformIcon />}
          onClick={() => useStudio.getState().arrange()}
          isDisabled={!isDrawing}
        />
        <Tool
          label={isDrawing ? 'Show as outline (O)' : 'Show as drawing (O)'}
          icon={isDrawing ? <ListBulletIcon /> : <LayoutIcon />}
          onClick={() => canvas.set({ view: isDrawing ? 'outline' : 'drawing' })}
        />
        <Tool label="Keys (?)" icon={<KeyboardIcon />} onClick={() => canvas.set({ isHelpShown: true })} />
      </div>
      {isDrawing && (
        <div className={`${styles['tools']} ${styles['bottom']}`} role="toolbar" aria-label="Zoom">
          <Tool label="Larger (+)" icon={<ZoomInIcon />} onClick={() => void canvas.get().flow?.zoomIn()} />
          <Tool
            label="Smaller (−)"
            icon={<ZoomOutIcon />}
            onClick={() => void canvas.get().flow?.zoomOut()}
          />
          <Tool label="Fit all (1)" icon={<EnterFullScreenIcon />} onClick={fitAll} />
        </div>
      )}
    </>
  )
}

function AddBlock() {
  const packages = useStudio((studio) => studio.packages)
  if (packages.length === 0) return null
  return (
    <Menu position="bottom-start" shadow="md" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label="Add an instance">
          <PlusIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        <Menu.Label>New instance of</Menu.Label>
        {packages.map(({ name }) => (
          <Menu.Item key={name} onClick={() => void instantiate(name, undefined)}>
            {cut(name, 80)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Tool({
  label,
  icon,
  onClick,
  isDisabled = false,
}: {
  readonly label: string
  readonly icon: ReactNode
  readonly onClick: () => void
  readonly isDisabled?: boolean
}) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label={label}
        disabled={isDisabled}
        onClick={onClick}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}
