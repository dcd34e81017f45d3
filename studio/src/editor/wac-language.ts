/** WAC for CodeMirror: WIT, and what WAC has besides. */
import { StreamLanguage, type StreamParser } from '@codemirror/language'
import { type WitState, witParser } from '../inspect/wit-language.ts'

export interface WacState extends WitState {
  /** Braces and parentheses that are open. */
  depth: number
}

export const wacParser: StreamParser<WacState> = {
  name: 'wac',
  startState: (unit) => ({ ...witParser.startState!(unit), depth: 0 }),
  copyState: (state) => ({ ...state }),
  languageData: {
    ...witParser.languageData,
    closeBrackets: { brackets: ['{', '(', '[', '<', '"'] },
    indentOnInput: /^\s*[})]$/,
  },
  token(stream, state) {
    if (state.comments > 0) return witParser.token(stream, state)
    if (stream.match(/^"[^"]*"?/)) return 'string'
    if (stream.match('...')) return 'operator'
    if (stream.match(/^(?:new|targets)(?![\w-])/)) return 'keyword'
    // `let: …` is an argument that is called so.
    if (stream.match(/^let(?![\w-]|\s*:)/)) {
      state.defines = true
      return 'keyword'
    }
    // `docs:adder@1.2.0`; an argument and its value have a space between them.
    if (stream.match(/^%?[a-z][\w-]*(?::%?[a-z][\w-]*)+/))
      return state.defines ? 'variableName.definition' : 'typeName'
    const kind = witParser.token(stream, state)
    if (/^[{(]$/.test(stream.current())) state.depth++
    else if (/^[})]$/.test(stream.current())) state.depth = Math.max(0, state.depth - 1)
    return kind
  },
  indent: ({ comments, depth }, after, { unit }) =>
    comments > 0 ? null : Math.max(0, depth - (/^\s*[})]/.test(after) ? 1 : 0)) * unit,
}

export const wac: StreamLanguage<WacState> = StreamLanguage.define(wacParser)
