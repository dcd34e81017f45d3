import { Menu } from '@mantine/core'
import { useRef } from 'react'
import { canvas, useCanvas } from './canvas-state.ts'
import { cut } from './cut.ts'
import { menuOf } from './menu-items.ts'
import styles from './menu.module.css'

/** Along both edges: it may be taller than what is below it. */
const IN_WINDOW = { flip: true, shift: { crossAxis: true, padding: 8 } }

/** One menu for all blocks, ends and wires, where the pointer or the focus is. */
export function ContextMenu() {
  const menu = useCanvas((state) => state.menu)
  // What it showed stays while it fades away.
  const last = useRef(menu)
  const opener = useRef<Element | null>(null)
  if (menu !== undefined && menu !== last.current) opener.current = document.activeElement
  if (menu !== undefined) last.current = menu
  const shown = last.current
  if (shown === undefined) return null
  const { title, items } = menuOf(shown.target)
  const close = () => {
    canvas.set({ menu: undefined })
    // What was chosen may have moved it.
    requestAnimationFrame(() => {
      const isLost = document.activeElement === null || document.activeElement === document.body
      if (isLost && opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true })
    })
  }
  return (
    <Menu
      opened={menu !== undefined}
      onClose={close}
      position="bottom-start"
      offset={2}
      middlewares={IN_WINDOW}
      hideDetached={false}
      shadow="md"
      returnFocus={false}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <div className={styles['anchor']} style={{ left: shown.at.x, top: shown.at.y }} aria-hidden="true">
          {/* What the menu is called. */}
          {cut(title, 60)}
        </div>
      </Menu.Target>
      <Menu.Dropdown className={styles['dropdown']}>
        <Menu.Label className={styles['title']}>{cut(title, 60)}</Menu.Label>
        {items.map(({ label, keys, isDangerous, run }) => (
          <Menu.Item
            key={label}
            onClick={run}
            {...(isDangerous === true ? { className: styles['dangerous'] } : {})}
            rightSection={keys === undefined ? undefined : <kbd className={styles['keys']}>{keys}</kbd>}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
