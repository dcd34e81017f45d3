import { type ConnectionLineComponentProps, getBezierPath, Position } from '@xyflow/react'
import type { BoxNode } from './flow-items.ts'

type Props = ConnectionLineComponentProps<BoxNode>

/** The wire in somebody's hand: from the border of the box, though the whole row begins it. */
export function DrawnWire({ fromNode, fromHandle, toNode, toHandle, toX, toY, connectionStatus }: Props) {
  const from = atBorder(fromNode, fromHandle)
  const isCaught = connectionStatus === 'valid' && toNode !== null && toHandle !== null
  const to = isCaught ? atBorder(toNode, toHandle) : { x: toX, y: toY }
  const sourcePosition = fromHandle.position
  const [path] = getBezierPath({
    sourceX: from.x,
    sourceY: from.y,
    sourcePosition,
    targetX: to.x,
    targetY: to.y,
    targetPosition: sourcePosition === Position.Right ? Position.Left : Position.Right,
  })
  return <path className="react-flow__connection-path" d={path} fill="none" />
}

function atBorder({ internals }: Props['fromNode'], { x, y, width, height, position }: Props['fromHandle']) {
  const { positionAbsolute } = internals
  return {
    x: positionAbsolute.x + x + (position === Position.Right ? width : 0),
    y: positionAbsolute.y + y + height / 2,
  }
}
