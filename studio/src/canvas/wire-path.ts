/** The line of a wire, and the middle of it. */
import { getBezierPath, getSmoothStepPath, Position } from '@xyflow/react'

export interface WireEnds {
  readonly sourceX: number
  readonly sourceY: number
  readonly targetX: number
  readonly targetY: number
  /** From 0: which of the wires between the same two boxes it is. */
  readonly lane: number
}

/** Of rows of a block and the one below it: between such ends there is room for a line. */
const FAR_BELOW = 96
/** Pixels between two wires. */
const LANE = 8
/** Those that run beside each other: more lie on these. */
const LANES = [0, -1, 1]

/** A curve; back to the left, where one block stands below the other, a line between both, as a curve would be hidden behind them. */
export function wirePath({ lane, ...ends }: WireEnds): readonly [path: string, x: number, y: number] {
  const { sourceX, sourceY, targetX, targetY } = ends
  const sides = { sourcePosition: Position.Right, targetPosition: Position.Left }
  if (targetX >= sourceX || Math.abs(targetY - sourceY) < FAR_BELOW) {
    const [path, x, y] = getBezierPath({ ...ends, ...sides })
    return [path, x, y]
  }
  const index = lane % LANES.length
  const centerY = (sourceY + targetY) / 2 + LANE * LANES[index]!
  const [path, x, y] = getSmoothStepPath({
    ...ends,
    ...sides,
    centerY,
    borderRadius: 12,
    offset: 16 + LANE * index,
  })
  return [path, x, y]
}
