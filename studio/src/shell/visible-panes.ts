/** Which of the page's parts are seen, by the room that there is. */
import type { Pane, Panel } from '../contract/studio.ts'

/** `one`: phones; `two`: the canvas, and beside it the source or a panel; `three`: all of them. */
export type Room = 'one' | 'two' | 'three'

export interface Visible {
  readonly canvas: boolean
  readonly source: boolean
  readonly panel: boolean
}

export function visiblePanes(room: Room, pane: Pane, panel: Panel['kind'], isSourceOpen: boolean): Visible {
  if (room === 'one') {
    return {
      canvas: pane === 'canvas',
      source: pane === 'source',
      panel: pane === 'inspect' || pane === 'run',
    }
  }
  const isPanel = panel !== 'none'
  // Also where a place in it is to be seen.
  const isSource = isSourceOpen || pane === 'source'
  if (room === 'three') return { canvas: true, source: isSource, panel: isPanel }
  const showsPanel = isPanel && pane !== 'source'
  return { canvas: true, source: isSource && !showsPanel, panel: showsPanel }
}
