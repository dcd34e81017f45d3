import type { Studio } from '../contract/studio.ts'
import { emptyGraph } from './analysis.ts'
import type { Snapshot } from './snapshot.ts'

/** What the page's state holds. */
type StudioState = {
  readonly [Name in keyof Studio as Studio[Name] extends (...args: never[]) => unknown
    ? never
    : Name]: Studio[Name]
}

/** The state of a page that has just come. */
export function newStudio(document: Snapshot): StudioState {
  return {
    ...document,
    graph: emptyGraph,
    graphText: document.text,
    isStale: false,
    problems: [],
    isComplete: false,
    incoming: [],
    selection: [],
    notices: [],
    canUndo: false,
    canRedo: false,
    panel: { kind: 'none' },
    pane: 'canvas',
    revealed: undefined,
    origins: {},
    wanted: [],
    examples: [],
    saving: 'new',
    recent: [],
    document: undefined,
    opened: 0,
  }
}
