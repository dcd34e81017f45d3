/** Boxes and wires as React Flow wants them: sizes and handles are given, so it measures nothing. */
import type { Edge, Node, NodeHandle } from '@xyflow/react'
import type { Position as Place } from '../contract/studio.ts'
import type { Box, DrawnWire, Drawing } from './box.ts'
import { headerMiddle, type Metrics, rowMiddle, sizeOf } from './geometry.ts'

export type BoxNode = Node<{ readonly box: Box }, 'box'>
export type WireEdge = Edge<{ readonly wire: DrawnWire; readonly lane: number }, 'wire'>

/** Of a handle, so that the row's middle is its middle. */
const HANDLE = 8

export function boxNodes(
  drawing: Drawing,
  positions: Readonly<Record<string, Place>>,
  metrics: Metrics,
): readonly BoxNode[] {
  return drawing.boxes.map((box): BoxNode => {
    const size = sizeOf(box, metrics)
    return {
      id: box.id,
      type: 'box',
      position: placeOf(box, positions),
      data: { box },
      ...size,
      measured: size,
      handles: handlesOf(box, size.width, metrics),
    }
  })
}

/** A collapsed group stands where its first members begin. */
export function placeOf(box: Box, positions: Readonly<Record<string, Place>>): Place {
  if (box.kind !== 'group') return positions[box.id] ?? { x: 0, y: 0 }
  const places = box.blocks.flatMap((id) => positions[id] ?? [])
  if (places.length === 0) return { x: 0, y: 0 }
  return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) }
}

function handlesOf(box: Box, width: number, metrics: Metrics): NodeHandle[] {
  const size = { width: HANDLE, height: HANDLE }
  const left = box.left.map(({ key }, index): NodeHandle => {
    const y = rowMiddle(index, metrics) - HANDLE / 2
    return { id: key, type: 'target', position: 'left' as NodeHandle['position'], x: -HANDLE / 2, y, ...size }
  })
  const right = box.right.map(({ key }, index): NodeHandle => {
    const y = rowMiddle(index, metrics) - HANDLE / 2
    return sourceHandle(key, width, y)
  })
  const y = headerMiddle(metrics) - HANDLE / 2
  const whole = box.whole === undefined ? [] : [sourceHandle(wholeKey(box), width, y)]
  return [...left, ...right, ...whole]
}

function sourceHandle(id: string, width: number, y: number): NodeHandle {
  return {
    id,
    type: 'source',
    position: 'right' as NodeHandle['position'],
    x: width - HANDLE / 2,
    y,
    width: HANDLE,
    height: HANDLE,
  }
}

export function wholeKey(box: Box): string {
  return `export/${encodeURIComponent(box.id)}`
}

export function wireEdges(drawing: Drawing): readonly WireEdge[] {
  const lanes = new Map<string, number>()
  return drawing.wires.map((wire): WireEdge => {
    const pair = `${wire.fromBox} ${wire.toBox}`
    const lane = lanes.get(pair) ?? 0
    lanes.set(pair, lane + 1)
    return {
      id: wire.id,
      type: 'wire',
      source: wire.fromBox,
      sourceHandle: wire.fromKey,
      target: wire.toBox,
      targetHandle: wire.toKey,
      data: { wire, lane },
      selectable: wire.kind !== 'open',
      reconnectable: wire.kind !== 'open',
    }
  })
}

/**
 * Where blocks are after boxes were moved: a collapsed group takes its members along.
 *
 * @returns by id of block
 */
export function movedBlocks(
  boxes: readonly { readonly box: Box; readonly place: Place }[],
  positions: Readonly<Record<string, Place>>,
): Readonly<Record<string, Place>> {
  const moved: Record<string, Place> = {}
  for (const { box, place } of boxes) {
    if (box.kind !== 'group') {
      moved[box.id] = { x: Math.round(place.x), y: Math.round(place.y) }
      continue
    }
    const before = placeOf(box, positions)
    for (const id of box.blocks) {
      const old = positions[id]
      if (old === undefined) continue
      moved[id] = { x: Math.round(old.x + place.x - before.x), y: Math.round(old.y + place.y - before.y) }
    }
  }
  return moved
}
