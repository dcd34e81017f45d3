import { Modal } from '@mantine/core'
import { canvas, useCanvas } from './canvas-state.ts'
import styles from './help.module.css'

const SECTIONS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'Move about',
    [
      ['Tab', 'to the next block'],
      ['Enter', 'on a block: to its ends'],
      ['↑ ↓', 'between the ends of a block'],
      ['← →', 'along a wire, or to the other side of the block'],
      ['Alt + arrows', 'to the next block that way'],
      ['Home, End', 'to the first and the last end'],
      ['Escape', 'from an end to its block'],
    ],
  ],
  [
    'Wire',
    [
      ['Enter', 'on an end: a list of all it can be wired to'],
      ['W', 'on a block: wire it as a whole'],
      ['Delete', 'on an end: remove its wires'],
    ],
  ],
  [
    'Blocks',
    [
      ['Arrows', 'move the block (with Shift: farther)'],
      ['Space', 'selects, or takes out of the selection'],
      ['Shift + drag', 'selects all in a box'],
      ['F2', 'rename'],
      ['Ctrl + D', 'duplicate'],
      ['Ctrl + C, Ctrl + V', 'copy and paste'],
      ['Ctrl + G, Ctrl + Shift + G', 'group and ungroup'],
      ['Ctrl + A', 'select all'],
      ['Delete', 'remove'],
      ['Shift + F10', 'all actions'],
    ],
  ],
  [
    'See',
    [
      ['+, −', 'larger and smaller'],
      ['1', 'fit all to the canvas'],
      ['O', 'outline instead of the drawing'],
      ['?', 'these keys'],
    ],
  ],
]

export function KeysHelp() {
  const isShown = useCanvas((state) => state.isHelpShown)
  return (
    <Modal
      opened={isShown}
      onClose={() => canvas.set({ isHelpShown: false })}
      title="Keys of the canvas"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 0 }}
    >
      <div className={styles['sections']}>
        {SECTIONS.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, text]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
