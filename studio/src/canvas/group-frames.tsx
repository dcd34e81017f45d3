import { ChevronDownIcon } from '@radix-ui/react-icons'
import { useStore, ViewportPortal } from '@xyflow/react'
import { memo, useCallback } from 'react'
import { shallow } from 'zustand/shallow'
import type { Group } from '../contract/studio.ts'
import { useStudio } from '../state/store.ts'
import { beginRenaming, setCollapsed } from './actions.ts'
import { GROUP_MARGIN } from './group-margin.ts'
import { groupBox } from './box.ts'
import { useCanvas } from './canvas-state.ts'
import { cut } from './cut.ts'
import styles from './group.module.css'
import { boundsOf } from './geometry.ts'
import { NameInput } from './name-input.tsx'

/** Around the members of groups that are open, and after them while they are dragged. */
export function GroupFrames() {
  const groups = useStudio((studio) => studio.layout.groups)
  return (
    <ViewportPortal>
      {groups
        .filter(({ isCollapsed }) => !isCollapsed)
        .map((group) => (
          <GroupFrame key={group.id} group={group} />
        ))}
    </ViewportPortal>
  )
}

const GroupFrame = memo(({ group }: { readonly group: Group }) => {
  const isRenaming = useCanvas((state) => state.renaming === groupBox(group.id))
  const rect = useStore(
    useCallback(
      ({ nodeLookup }) => {
        const rects = group.blocks.flatMap((id) => {
          const node = nodeLookup.get(id)
          if (node === undefined) return []
          return [
            {
              ...node.internals.positionAbsolute,
              width: node.measured.width ?? 0,
              height: node.measured.height ?? 0,
            },
          ]
        })
        const { x, y, width, height } = boundsOf(rects)
        return [rects.length, x, y, width, height] as const
      },
      [group.blocks],
    ),
    shallow,
  )
  const [count, x, y, width, height] = rect
  if (count === 0) return null
  const { side, top } = GROUP_MARGIN
  const name = cut(group.name, 200)
  return (
    <section
      className={styles['frame']}
      data-box={groupBox(group.id)}
      aria-label={`Group ${name}`}
      style={{
        transform: `translate(${x - side}px, ${y - top}px)`,
        width: width + 2 * side,
        height: height + side + top,
      }}
    >
      <header className={`${styles['header']} nopan`}>
        <button
          type="button"
          className={styles['collapse']}
          aria-expanded
          aria-label={`Collapse group ${name}`}
          onClick={() => setCollapsed(group.id, true)}
        >
          <ChevronDownIcon aria-hidden />
        </button>
        {isRenaming ? (
          <NameInput id={groupBox(group.id)} name={group.name} label={`New name of group ${name}`} />
        ) : (
          <button
            type="button"
            className={styles['name']}
            data-title
            aria-label={`Group ${name}, ${group.blocks.length} blocks: select them`}
            onClick={() => useStudio.getState().select(group.blocks)}
            onDoubleClick={() => beginRenaming(groupBox(group.id))}
          >
            {name}
          </button>
        )}
      </header>
    </section>
  )
})
