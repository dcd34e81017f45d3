/** What an analysis changes in what the page shows. */
import type { Graph } from '../contract/graph.ts'
import type { Layout, Studio } from '../contract/studio.ts'
import type { Analysis } from '../contract/workshop.ts'
import { renameBlocks, renamesBetween } from './layout.ts'

/** Milliseconds after the last key until a text is analyzed. */
export const analysisPause = 150

export const emptyGraph: Graph = { blocks: [], wires: [], exports: [], open: [] }

type Shown = Pick<Studio, 'graph' | 'graphText' | 'isStale' | 'problems' | 'isComplete' | 'selection'>

/**
 * The last graph stays where the text means none.
 *
 * @param analysis undefined where the workshop gave no answer
 */
export function shown(studio: Studio, text: string, analysis: Analysis | undefined): Partial<Shown> {
  if (analysis === undefined) return { isStale: true, isComplete: false }
  const { graph, problems, isComplete } = analysis
  if (graph === undefined) return { isStale: true, problems, isComplete }
  return {
    graph,
    graphText: text,
    isStale: false,
    problems,
    isComplete,
    selection: stillThere(graph, studio),
  }
}

/** After typing: blocks that got other names keep their places. */
export function followNames(studio: Studio, graph: Graph | undefined): Layout {
  if (graph === undefined) return studio.layout
  return renameBlocks(studio.layout, renamesBetween(studio.graph.blocks, graph.blocks))
}

/** The same array where nothing went, so that nothing is drawn anew. */
function stillThere(graph: Graph, { selection, layout }: Studio): readonly string[] {
  const ids = new Set([...graph.blocks, ...graph.wires, ...layout.groups].map(({ id }) => id))
  const kept = selection.filter((id) => ids.has(id))
  return kept.length === selection.length ? selection : kept
}
