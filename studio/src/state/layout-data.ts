/** Layouts that come from elsewhere, a link or the browser's storage: whatever is no layout in them is left out. */
import type { Group, Layout, Origin, Position } from '../contract/studio.ts'

const blockLimit = 5_000
const groupLimit = 1_000
/** Characters of an id or a name. */
const nameLimit = 200
/** Characters of an address that is remembered; signed ones can be longer. */
export const addressLimit = 2_000
/** Units of the canvas, to every side. */
const placeLimit = 1_000_000

export function layoutFrom(data: unknown): Layout {
  const { positions, groups } = recordFrom(data)
  const places = Object.entries(recordFrom(positions)).slice(0, blockLimit)
  return {
    positions: Object.fromEntries(places.flatMap(([id, place]) => positionFrom(id, place))),
    groups: arrayFrom(groups).slice(0, groupLimit).flatMap(groupFrom),
  }
}

function positionFrom(id: string, data: unknown): (readonly [string, Position])[] {
  const { x, y } = recordFrom(data)
  return isName(id) && isPlace(x) && isPlace(y) ? [[id, { x, y }]] : []
}

function groupFrom(data: unknown): Group[] {
  const { id, name, blocks, isCollapsed } = recordFrom(data)
  if (!isName(id) || !isName(name)) return []
  return [
    {
      id,
      name,
      blocks: arrayFrom(blocks).filter(isName).slice(0, blockLimit),
      isCollapsed: isCollapsed === true,
    },
  ]
}

/** Undefined where it is none that can be asked for. */
export function originFrom(data: unknown): Origin | undefined {
  const { kind, name, address, file } = recordFrom(data)
  if (kind === 'file' && isName(name)) return { kind, name }
  if (kind === 'example' && isName(file) && /^[\w-][\w.-]*$/.test(file)) return { kind, file }
  if (
    kind === 'address' &&
    typeof address === 'string' &&
    address.length <= addressLimit &&
    /^https?:\/\//.test(address) &&
    URL.canParse(address)
  ) {
    return { kind, address }
  }
  return undefined
}

export function recordFrom(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
    ? (data as Record<string, unknown>)
    : {}
}

export function arrayFrom(data: unknown): readonly unknown[] {
  return Array.isArray(data) ? data : []
}

export function isName(data: unknown): data is string {
  return typeof data === 'string' && data.length > 0 && data.length <= nameLimit && data !== '__proto__'
}

function isPlace(data: unknown): data is number {
  return typeof data === 'number' && Math.abs(data) <= placeLimit
}
