/** WIT for CodeMirror: what is a comment, a keyword, a built-in type, and which name is defined where. */
import { StreamLanguage, type StreamParser } from '@codemirror/language'

const keywords = new Set(
  'package world interface import export include use as with from func async static constructor resource record variant enum flags type'.split(
    ' ',
  ),
)

/** After which a name is that of what is defined. */
const definers = new Set('package world interface resource record variant enum flags type'.split(' '))

const builtIns = new Set(
  'bool s8 u8 s16 u16 s32 u32 s64 u64 f32 f64 char string list option result tuple map own borrow stream future error-context'.split(
    ' ',
  ),
)

export interface WitState {
  /** Within `/*`, how deep: they nest. */
  comments: number
  /** The next name is that of what is defined. */
  defines: boolean
}

export const witParser: StreamParser<WitState> = {
  name: 'wit',
  startState: () => ({ comments: 0, defines: false }),
  copyState: (state) => ({ ...state }),
  languageData: { commentTokens: { line: '//', block: { open: '/*', close: '*/' } } },
  token(stream, state) {
    if (state.comments > 0 || stream.match('/*')) {
      if (state.comments === 0) state.comments = 1
      while (state.comments > 0 && !stream.eol()) {
        if (stream.match('*/')) state.comments--
        else if (stream.match('/*')) state.comments++
        else stream.next()
      }
      return 'comment'
    }
    if (stream.eatSpace()) return null
    if (stream.match(/^\/\/\/.*/)) return 'docComment'
    if (stream.match(/^\/\/.*/)) return 'lineComment'
    if (stream.match(/^@[a-z][a-z-]*/)) return 'annotation'
    // `@1.2.0` behind a package's name.
    if (stream.match(/^@?\d[\w.+-]*/)) return 'number'
    // `namespace:name/interface`; where space follows the colon, it is a name and its type.
    if (stream.match(/^%?[a-z][\w-]*(?::%?[a-z][\w-]*)+(?:\/%?[a-z][\w-]*)*/)) {
      const defined = state.defines
      state.defines = false
      return defined ? 'variableName.definition' : 'typeName'
    }
    const name = stream.match(/^%?[A-Za-z_][\w-]*/)
    if (typeof name === 'object' && name !== null) return tokenOfName(name[0], state, stream.peek())
    stream.next()
    state.defines = false
    return 'punctuation'
  },
}

function tokenOfName(name: string, state: WitState, next: string | null | undefined): string {
  const defined = state.defines
  state.defines = false
  if (defined) return 'variableName.definition'
  // A field or a function may be called like a keyword or a type.
  if (next === ':') return 'propertyName'
  if (keywords.has(name)) {
    state.defines = definers.has(name)
    return 'keyword'
  }
  return builtIns.has(name) ? 'typeName.standard' : 'typeName'
}

export const wit: StreamLanguage<WitState> = StreamLanguage.define(witParser)
