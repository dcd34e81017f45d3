import { Cross2Icon, ExclamationTriangleIcon } from '@radix-ui/react-icons'
import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { remove } from './actions.ts'
import { cut } from './cut.ts'
import type { WireEdge as WireFlowEdge } from './flow-items.ts'
import { useStudio } from '../state/store.ts'
import { wirePath } from './wire-path.ts'
import styles from './wire.module.css'

/** Fingers and mice find a wire within this many pixels. */
const REACH = 24

function WireEdgeComponent(props: EdgeProps<WireFlowEdge>) {
  const { id, data, selected, sourceX, sourceY, targetX, targetY } = props
  const [path, x, y] = wirePath({ sourceX, sourceY, targetX, targetY, lane: data?.lane ?? 0 })
  const wire = data?.wire
  const hasLabel = wire?.problem !== undefined || (selected === true && wire?.kind !== 'open')
  return (
    <>
      <g
        className={styles['wire']}
        data-kind={wire?.kind}
        data-selected={selected || undefined}
        data-broken={wire?.problem !== undefined || undefined}
      >
        <BaseEdge path={path} interactionWidth={REACH} />
      </g>
      {hasLabel && wire !== undefined && (
        <EdgeLabelRenderer>
          <div
            className={`${styles['label']} nodrag nopan`}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          >
            {wire.problem !== undefined && <WireProblem wire={wire} />}
            {selected === true && (
              <button
                type="button"
                className={styles['remove']}
                aria-label="Remove this wire"
                onClick={() => void remove([id])}
              >
                <Cross2Icon aria-hidden />
              </button>
            )}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
}

export const WireEdge = memo(WireEdgeComponent)

function WireProblem({
  wire: { from, to, problem },
}: {
  readonly wire: NonNullable<WireFlowEdge['data']>['wire']
}) {
  const compare = () => {
    if (from !== undefined && !('exported' in to)) useStudio.getState().show({ kind: 'compare', from, to })
  }
  return (
    <button
      type="button"
      className={styles['problem']}
      title={cut(problem ?? '', 1_000)}
      aria-label={`This wire does not fit: ${cut(problem ?? '', 300)}. Compare both ends.`}
      onClick={compare}
    >
      <ExclamationTriangleIcon aria-hidden />
      does not fit
    </button>
  )
}
