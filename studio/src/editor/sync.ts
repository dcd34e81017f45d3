/** The view follows the store: text, problems, what is selected, what is to be seen. */
import type { EditorView } from '@codemirror/view'
import type { TextRange } from '../contract/graph.ts'
import type { Studio } from '../contract/studio.ts'
import { useStudio } from '../state/store.ts'
import { setText, showRange } from './create-view.ts'
import { showProblems } from './diagnostics.ts'
import { markStatements } from './marked-statement.ts'
import { blockAt } from './names-in-text.ts'

/** A block is selected because the cursor is in its statement: the text needs not scroll to it. */
let isSelectedByCursor = false

/** The cursor is in a block's statement: it is selected on the canvas. */
export function selectAt(offset: number): void {
  const { graph, graphText, text, selection, select } = useStudio.getState()
  const block = graphText === text ? blockAt(graph, offset) : undefined
  if (block === undefined || (selection.length === 1 && selection[0] === block.id)) return
  isSelectedByCursor = true
  select([block.id])
  isSelectedByCursor = false
}

/** @returns what ends it */
export function follow(view: EditorView): () => void {
  const studio = useStudio.getState()
  showProblems(view, studio.problems)
  mark(view, studio)
  return useStudio.subscribe((now, before) => {
    if (now.text !== before.text && now.text !== view.state.doc.toString()) setText(view, now.text)
    // Problems of an older text would stand in wrong places; CodeMirror moves those that it has.
    if (now.problems !== before.problems) showProblems(view, now.problems)
    if (now.selection !== before.selection || now.graph !== before.graph) {
      const isByCanvas = now.selection !== before.selection && !isSelectedByCursor
      mark(view, now)
      if (isByCanvas) scrollToSelected(view, now)
    }
    if (now.revealed !== before.revealed) reveal(view, now.revealed)
  })
}

function statements({ graph, graphText, text, selection }: Studio): readonly TextRange[] {
  if (graphText !== text) return []
  const blocks = graph.blocks.filter(({ id }) => selection.includes(id)).map(({ statement }) => statement)
  const wires = graph.wires.filter(({ id }) => selection.includes(id)).flatMap(({ place }) => place ?? [])
  return [...blocks, ...wires]
}

function mark(view: EditorView, studio: Studio): void {
  view.dispatch({ effects: markStatements.of(statements(studio)) })
}

function scrollToSelected(view: EditorView, studio: Studio): void {
  const [first] = statements(studio)
  if (first !== undefined) showRange(view, first.start, first.end, false)
}

function reveal(view: EditorView, revealed: Studio['revealed']): void {
  if (revealed === undefined) return
  showRange(view, revealed.range.start, revealed.range.end, true)
  // The pane may be hidden until it is drawn.
  requestAnimationFrame(() => view.focus())
}
