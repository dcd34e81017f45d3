/** CodeMirror for WAC, and the store: the text is the store's, and what is typed goes there at once. */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, indentWithTab } from '@codemirror/commands'
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  type ViewUpdate,
} from '@codemirror/view'
import { complete, hover } from './assistance.ts'
import { keys, undoneByMenu } from './commands.ts'
import { highlight } from './highlight.ts'
import { markedStatements } from './marked-statement.ts'
import { textChanges } from './text-changes.ts'
import { wac } from './wac-language.ts'

/** A change that the store told of: it is not told back. */
const fromStore = Annotation.define<boolean>()

const scheme = new Compartment()

/** Running, wiring, arranging: these keys mean the same on the whole page. */
const pageKeys = new Set(['Mod-Enter', 'Shift-Mod-k', 'Mod-Shift-l'])

export interface ViewEvents {
  typed(text: string): void
  /** The person put the cursor there. */
  cursor(offset: number): void
}

export function createView(
  parent: HTMLElement,
  text: string,
  describedBy: string,
  events: ViewEvents,
): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        ...appearance(describedBy),
        ...language,
        keymap.of([
          ...keys,
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...[...searchKeymap, ...lintKeymap, ...defaultKeymap].filter(({ key }) => !pageKeys.has(key ?? '')),
          indentWithTab,
        ]),
        EditorView.domEventHandlers({ beforeinput: undoneByMenu }),
        EditorView.updateListener.of((update) => tell(update, events)),
      ],
    }),
  })
}

function appearance(describedBy: string): Extension[] {
  return [
    lineNumbers(),
    lintGutter(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    drawSelection(),
    EditorView.lineWrapping,
    scheme.of([]),
    markedStatements,
    EditorView.contentAttributes.of({
      'aria-label': 'WAC source',
      'aria-describedby': describedBy,
      spellcheck: 'false',
      autocorrect: 'off',
      autocapitalize: 'off',
    }),
  ]
}

const language: Extension[] = [
  wac,
  syntaxHighlighting(highlight),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  autocompletion({ override: [complete], activateOnTypingDelay: 200, icons: false }),
  hover,
  search({ top: true }),
  highlightSelectionMatches(),
]

function tell(update: ViewUpdate, events: ViewEvents): void {
  const isTold = update.transactions.some((transaction) => transaction.annotation(fromStore))
  if (isTold) return
  if (update.docChanged) events.typed(update.state.doc.toString())
  else if (update.transactions.some((transaction) => transaction.isUserEvent('select'))) {
    events.cursor(update.state.selection.main.head)
  }
}

/** The cursor, the selection and what is seen stay where they are in the text. */
export function setText(view: EditorView, text: string): void {
  const changes = textChanges(view.state.doc.toString(), text)
  if (changes.length > 0) view.dispatch({ changes: [...changes], annotations: fromStore.of(true) })
}

/** Without saying that a person did it. */
export function showRange(view: EditorView, from: number, to: number, isSelected: boolean): void {
  const { length } = view.state.doc
  const start = Math.min(from, length)
  const end = Math.min(to, length)
  view.dispatch({
    annotations: fromStore.of(true),
    effects: EditorView.scrollIntoView(start, { y: 'nearest', yMargin: 40 }),
    ...(isSelected ? { selection: { anchor: start, head: end } } : {}),
  })
}

export function setScheme(view: EditorView, isDark: boolean): void {
  view.dispatch({ effects: scheme.reconfigure(EditorView.darkTheme.of(isDark)) })
}
