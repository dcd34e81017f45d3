/** The statements of what is selected on the canvas, marked by a bar beside their lines. */
import { type Range, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import type { TextRange } from '../contract/graph.ts'

export const markStatements = StateEffect.define<readonly TextRange[]>()

const line = Decoration.line({ class: 'cm-markedStatement' })

export const markedStatements = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marked, { changes, effects, state }) {
    let next = marked.map(changes)
    for (const effect of effects) {
      if (!effect.is(markStatements)) continue
      const lines = new Map<number, Range<Decoration>>()
      for (const { start, end } of effect.value) {
        const last = state.doc.lineAt(Math.min(end, state.doc.length)).number
        for (
          let number = state.doc.lineAt(Math.min(start, state.doc.length)).number;
          number <= last;
          number++
        ) {
          const { from } = state.doc.line(number)
          lines.set(from, line.range(from))
        }
      }
      next = Decoration.set([...lines.values()], true)
    }
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})
