/** Colours of WIT and WAC, for light and dark. */
import { HighlightStyle } from '@codemirror/language'
import { tags } from '@lezer/highlight'
import classes from './highlight.module.css'

export const highlight = HighlightStyle.define([
  { tag: tags.comment, class: classes.comment! },
  { tag: [tags.keyword, tags.operator], class: classes.keyword! },
  { tag: tags.standard(tags.typeName), class: classes.builtIn! },
  { tag: tags.typeName, class: classes.type! },
  { tag: tags.definition(tags.variableName), class: classes.definition! },
  { tag: tags.propertyName, class: classes.property! },
  { tag: tags.string, class: classes.string! },
  { tag: [tags.number, tags.annotation], class: classes.number! },
])
