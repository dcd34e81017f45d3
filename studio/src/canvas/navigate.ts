/** Where keys lead: from end to end of a block, along wires, and from block to block. */
import type { Box, Drawing } from './box.ts'
import { rowsOf } from './box.ts'
import type { Rect } from './geometry.ts'

/** A box's title (`row` undefined), or one of its rows. */
export interface Spot {
  readonly box: string
  readonly row: string | undefined
}

export type Direction = 'up' | 'down' | 'left' | 'right'

/**
 * From a row: up and down to its neighbours on the same side, above the first one to the title; outwards along the wire; inwards to the
 * other side of the box.
 *
 * @returns undefined where nothing is that way
 */
export function fromRow(drawing: Drawing, at: Spot, direction: Direction): Spot | undefined {
  const box = drawing.boxes.find(({ id }) => id === at.box)
  if (box === undefined || at.row === undefined) return undefined
  const isLeft = box.left.some(({ key }) => key === at.row)
  const side = isLeft ? box.left : box.right
  const index = side.findIndex(({ key }) => key === at.row)
  if (index < 0) return undefined
  if (direction === 'up') return { box: box.id, row: index === 0 ? undefined : side[index - 1]!.key }
  if (direction === 'down')
    return index + 1 < side.length ? { box: box.id, row: side[index + 1]!.key } : undefined
  if (direction === (isLeft ? 'left' : 'right')) return alongWire(drawing, at)
  const across = isLeft ? box.right : box.left
  const row = across[Math.min(index, across.length - 1)]
  return row === undefined ? undefined : { box: box.id, row: row.key }
}

/** The other end of the first wire at a row. */
function alongWire({ boxes, wires }: Drawing, { box, row }: Spot): Spot | undefined {
  for (const { fromBox, fromKey, toBox, toKey } of wires) {
    if (fromBox === box && fromKey === row) return visible(boxes, { box: toBox, row: toKey })
    if (toBox === box && toKey === row) return visible(boxes, { box: fromBox, row: fromKey })
  }
  return undefined
}

/** The title, where a row is not drawn: whole instances are wired there. */
function visible(boxes: readonly Box[], { box, row }: Spot): Spot {
  const found = boxes.find(({ id }) => id === box)
  return { box, row: found !== undefined && rowsOf(found).some(({ key }) => key === row) ? row : undefined }
}

export function firstRow(box: Box): string | undefined {
  return (box.left[0] ?? box.right[0])?.key
}

/**
 * The next box in a direction: the nearest one, where going astray counts twice.
 *
 * @param rects by id of box
 */
export function nextBox(
  rects: ReadonlyMap<string, Rect>,
  from: string,
  direction: Direction,
): string | undefined {
  const start = rects.get(from)
  if (start === undefined) return undefined
  const [x, y] = middle(start)
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const [id, rect] of rects) {
    if (id === from) continue
    const [otherX, otherY] = middle(rect)
    const isAcross = direction === 'left' || direction === 'right'
    const along = (isAcross ? otherX - x : otherY - y) * (direction === 'left' || direction === 'up' ? -1 : 1)
    const astray = Math.abs(isAcross ? otherY - y : otherX - x)
    if (along <= 0) continue
    const cost = along + 2 * astray
    if (cost < least) {
      least = cost
      best = id
    }
  }
  return best
}

function middle({ x, y, width, height }: Rect): readonly [number, number] {
  return [x + width / 2, y + height / 2]
}
