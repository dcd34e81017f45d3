/** Keys of the editor. Undoing is the store's: it is one history with the canvas. */
import { type Command, type EditorView, type KeyBinding, showDialog } from '@codemirror/view'
import { model, useStudio } from '../state/store.ts'
import { definitionOf, nameAt } from './names-in-text.ts'

const undo: Command = () => {
  useStudio.getState().undo()
  return true
}

const redo: Command = () => {
  useStudio.getState().redo()
  return true
}

export const format: Command = () => {
  void model.format()
  return true
}

const goToDefinition: Command = (view) => {
  const { doc, selection } = view.state
  const text = doc.toString()
  const name = nameAt(text, selection.main.head)
  const place = name && definitionOf(text, name.name)
  if (place === undefined) return false
  view.dispatch({
    selection: { anchor: place.start, head: place.end },
    scrollIntoView: true,
    userEvent: 'select.definition',
  })
  return true
}

/** The name under the cursor, where a block has it: everywhere in the text. */
const rename: Command = (view) => {
  const { graph, text } = useStudio.getState()
  const name = nameAt(text, view.state.selection.main.head)?.name
  const block = graph.blocks.find((block) => name !== undefined && block.name?.replace('%', '') === name)
  if (name === undefined || block === undefined) return false
  void askForName(view, name).then(async (to) => {
    if (to !== undefined && to !== name)
      await useStudio.getState().edit({ kind: 'rename', block: block.id, to })
    view.focus()
  })
  return true
}

async function askForName(view: EditorView, name: string): Promise<string | undefined> {
  const { result } = showDialog(view, {
    label: `Rename ${name} to`,
    input: { name: 'name', value: name },
    submitLabel: 'Rename',
    focus: true,
    top: true,
  })
  const form = await result
  const typed = form === null ? null : new FormData(form).get('name')
  return typeof typed === 'string' && typed.trim() !== '' ? typed.trim() : undefined
}

export const keys: readonly KeyBinding[] = [
  { key: 'Mod-z', run: undo, preventDefault: true },
  { key: 'Mod-Shift-z', run: redo, preventDefault: true },
  { key: 'Mod-y', run: redo, preventDefault: true },
  { key: 'Mod-Shift-f', run: format, preventDefault: true },
  { key: 'F12', run: goToDefinition },
  { key: 'F2', run: rename },
]

/** Menus and phones undo without keys. */
export function undoneByMenu(event: InputEvent): boolean {
  if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return false
  event.preventDefault()
  if (event.inputType === 'historyUndo') useStudio.getState().undo()
  else useStudio.getState().redo()
  return true
}
