import { HighlightStyle, type Language, syntaxHighlighting } from '@codemirror/language'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef } from 'react'
import classes from './code-view.module.css'

const highlight = HighlightStyle.define([
  { tag: tags.comment, class: classes.comment! },
  { tag: tags.keyword, class: classes.keyword! },
  { tag: tags.standard(tags.typeName), class: classes.builtIn! },
  { tag: tags.typeName, class: classes.type! },
  { tag: tags.definition(tags.variableName), class: classes.definition! },
  { tag: tags.propertyName, class: classes.property! },
  { tag: [tags.number, tags.annotation], class: classes.number! },
])

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
