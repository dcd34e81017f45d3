/** What is said of a port. */
import type { PortRow } from './box.ts'
import { cut } from './cut.ts'

const STATES: Readonly<Record<PortRow['state'], string>> = {
  wired: 'wired',
  host: 'the host gives it',
  open: 'open',
  wrong: 'does not fit',
  free: 'not wired',
  exported: 'exported by the composition',
}

export function portLabel({ end, label, state, goes }: PortRow): string {
  const direction = end.side === 'import' ? 'from' : 'to'
  const where = goes === undefined ? '' : `, ${direction} ${cut(goes, 300)}`
  // That it is wrong is also seen: speech input looks for the words as they are seen.
  const pause = state === 'wrong' ? ' ' : ', '
  return `${end.side === 'import' ? 'Import' : 'Export'} ${cut(label, 200)}${pause}${STATES[state]}${where}`
}

/** With its whole name and its type. */
export function portTitle({ name, type, state, goes }: PortRow): string {
  const where = goes === undefined ? '' : `: ${goes}`
  return cut(`${name}\n${type}\n${STATES[state]}${where}`, 1_200)
}
