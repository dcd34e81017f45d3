/** Problems of the text where they are, in the words of the command line. */
import { type Diagnostic, setDiagnostics } from '@codemirror/lint'
import type { EditorView } from '@codemirror/view'
import type { Problem } from '../contract/workshop.ts'

/** Characters: names in messages may be of any length. */
const wordsLimit = 2_000

/** @param problems of the text that the view shows */
export function showProblems(view: EditorView, problems: readonly Problem[]): void {
  const { length } = view.state.doc
  const diagnostics = problems
    .filter(({ start }) => start <= length)
    .map((problem): Diagnostic => diagnosticOf(view, problem, length))
  view.dispatch(setDiagnostics(view.state, diagnostics))
}

function diagnosticOf(view: EditorView, problem: Problem, length: number): Diagnostic {
  const { start, end, severity, message } = problem
  return {
    from: start,
    to: Math.min(end, length),
    severity,
    message,
    renderMessage: () => messageElement(view, problem),
  }
}

/** Texts only: what components say of themselves stands in messages. */
function messageElement(view: EditorView, { message, notes, related }: Problem): HTMLElement {
  const element = document.createElement('div')
  const add = (text: string, name: string) => {
    const line = document.createElement('div')
    line.className = name
    line.textContent = text.length > wordsLimit ? `${text.slice(0, wordsLimit)}…` : text
    element.append(line)
  }
  add(message, 'cm-problem')
  for (const { start, text } of related) {
    const { number } = view.state.doc.lineAt(Math.min(start, view.state.doc.length))
    add(`line ${number}: ${text}`, 'cm-problemNote')
  }
  for (const note of notes) add(note, 'cm-problemNote')
  return element
}
