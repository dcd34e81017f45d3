import { VisuallyHidden } from '@mantine/core'
import { ChevronRightIcon, DotsHorizontalIcon, ExclamationTriangleIcon } from '@radix-ui/react-icons'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo, type MouseEvent } from 'react'
import { type Box, groupBox } from './box.ts'
import styles from './box.module.css'
import { BoxRow } from './box-row.tsx'
import { canvas, useCanvas } from './canvas-state.ts'
import { cut } from './cut.ts'
import { endKey } from './ends.ts'
import { type BoxNode as BoxFlowNode, wholeKey } from './flow-items.ts'
import { leftShare } from './geometry.ts'
import { NameInput } from './name-input.tsx'
import { beginRenaming, setCollapsed } from './actions.ts'

function BoxNodeComponent({ data: { box }, selected }: NodeProps<BoxFlowNode>) {
  const share = leftShare(box)
  return (
    <section
      className={styles['box']}
      data-box={box.id}
      data-kind={box.kind}
      data-selected={selected || undefined}
      data-broken={box.problem !== undefined || undefined}
      aria-label={boxLabel(box)}
      {...(box.kind === 'imports' ? tracing : {})}
    >
      <BoxTitle box={box} isSelected={selected} />
      {box.left.length + box.right.length > 0 && (
        <div
          className={styles['rows']}
          style={{ gridTemplateColumns: `minmax(0, ${share}fr) minmax(0, ${1 - share}fr)` }}
        >
          <div>
            {box.left.map((row) => (
              <BoxRow key={row.key} box={box.id} row={row} side="left" />
            ))}
          </div>
          <div>
            {box.right.map((row) => (
              <BoxRow key={row.key} box={box.id} row={row} side="right" />
            ))}
          </div>
        </div>
      )}
      {box.problem !== undefined && (
        <p className={styles['problem']} title={cut(box.problem, 1_000)}>
          <ExclamationTriangleIcon aria-hidden />
          <span>{cut(box.problem, 300)}</span>
        </p>
      )}
    </section>
  )
}

const tracing = {
  onPointerEnter: () => canvas.set({ isTracing: true }),
  onPointerLeave: () => canvas.set({ isTracing: false }),
  onFocus: () => canvas.set({ isTracing: true }),
  onBlur: () => canvas.set({ isTracing: false }),
}

/** While a box is dragged only its place changes, which is not drawn here. */
export const BoxNode = memo(
  BoxNodeComponent,
  (before, after) => before.data.box === after.data.box && before.selected === after.selected,
)

function BoxTitle({ box, isSelected }: { readonly box: Box; readonly isSelected: boolean }) {
  const isRenaming = useCanvas((state) => state.renaming === box.id)
  const isFrame = box.blocks.length === 0
  const openMenu = (event: MouseEvent) => {
    event.stopPropagation()
    const { left, bottom } = event.currentTarget.getBoundingClientRect()
    canvas.set({ menu: { at: { x: left, y: bottom }, target: { kind: 'box', box: box.id } } })
  }
  return (
    <header className={styles['header']}>
      {isRenaming ? (
        <NameInput id={box.id} name={box.title} label={`New name of ${cut(box.title, 100)}`} />
      ) : (
        <button
          type="button"
          className={styles['title']}
          data-title
          {...(isFrame ? {} : { 'aria-pressed': isSelected })}
          title={box.package ?? box.title}
          onDoubleClick={() => !isFrame && beginRenaming(box.id)}
        >
          <Unseen text={kindWord(box)} />
          <span className={styles['name']}>{cut(box.title, 200)}</span>
          <Unseen text={box.kind === 'instance' && box.subtitle !== undefined ? ' of ' : ' '} />
          <span className={styles['package']}>{cut(box.subtitle ?? '', 200)}</span>
          <Unseen text={box.problem === undefined ? '' : `, problem: ${cut(box.problem, 300)}`} />
        </button>
      )}
      {box.kind === 'group' && (
        <button
          type="button"
          className={`${styles['more']} nodrag`}
          aria-label={`Expand ${cut(box.title, 100)}`}
          aria-expanded={false}
          tabIndex={-1}
          onClick={() => setCollapsed(box.id.slice(groupBox('').length), false)}
        >
          <ChevronRightIcon aria-hidden />
        </button>
      )}
      {!isFrame && (
        <button
          type="button"
          className={`${styles['more']} nodrag`}
          aria-label={`Actions for ${cut(box.title, 100)}`}
          aria-haspopup="menu"
          tabIndex={-1}
          onClick={openMenu}
        >
          <DotsHorizontalIcon aria-hidden />
        </button>
      )}
      {box.whole !== undefined && (
        <Handle
          id={wholeKey(box)}
          type="source"
          position={Position.Right}
          className={`${styles['whole']} react-flow__handle-whole`}
          data-end={endKey(box.whole)}
          title={`${cut(box.title, 100)} as a whole`}
        />
      )}
    </header>
  )
}

function boxLabel(box: Box): string {
  switch (box.kind) {
    case 'instance':
      return `Instance ${cut(box.title, 100)}`
    case 'import':
      return `Import ${cut(box.title, 100)}`
    case 'group':
      return `Group ${cut(box.title, 100)}`
    case 'imports':
      return 'Imports of the composition'
    case 'exports':
      return 'Exports of the composition'
  }
}

/** For those who hear what others see by where it stands. */
function Unseen({ text }: { readonly text: string }) {
  return text === '' ? null : <VisuallyHidden component="span">{text}</VisuallyHidden>
}

function kindWord({ kind }: Box): string {
  const words: Partial<Record<Box['kind'], string>> = {
    instance: 'Instance ',
    import: 'Import ',
    group: 'Group ',
  }
  return words[kind] ?? ''
}
