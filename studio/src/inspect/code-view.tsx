import { type Language, syntaxHighlighting } from '@codemirror/language'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { highlight } from '../editor/highlight.ts'
import classes from './code-view.module.css'

/** Code to be read: it scrolls, is searched (Ctrl+F) and copied, and draws only the lines that are seen. */
export function CodeView({
  text,
  language,
  label,
}: {
  readonly text: string
  readonly language: Language
  readonly label: string
}) {
  const parent = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const view = new EditorView({
      parent: parent.current!,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorState.readOnly.of(true),
          EditorView.editable.of(false),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
          lineNumbers(),
          language,
          syntaxHighlighting(highlight),
          search({ top: true }),
          highlightSelectionMatches(),
          keymap.of(searchKeymap),
        ],
      }),
    })
    return () => view.destroy()
  }, [text, language, label])
  return <div ref={parent} className={classes.code} />
}
