import type { Source } from '../diagnostics/source.ts'
import { decodeChar, decodeMultilineString, decodeString } from './string-literal.ts'
import type { Punctuation, Token } from './token.ts'
import { waveProblem } from './wave-problem.ts'

/** Whitespace and comments: insignificant between tokens. */
const trivia = /(?:[ \t\r\n]|\/\/[^\n]*)*/y
const punctuation = /[()[\]{}:,]/y
const number = /-inf(?![0-9A-Za-z-])|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y
/** `%`? fragments separated by `-`, each in one case; a word that does not begin the label may begin with a digit. */
const label = /%?(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?:[a-z0-9]+|[A-Z0-9]+))*/y
/** Anything that goes on after a number or label makes it a malformed one. */
const wordRest = /[0-9A-Za-z_.+-]*/y

/** Tokens of a WAVE text one by one, from `offset` on. */
export class Lexer {
  readonly source: Source
  #offset: number

  constructor(source: Source, offset = 0) {
    this.source = source
    this.#offset = offset
  }

  next(): Token {
    this.#match(trivia)
    const { text } = this.source
    const start = this.#offset
    const char = text[start]
    if (char === undefined) return { kind: 'end', span: { start, end: start } }
    if (char === "'") return this.#take('char', decodeChar(this.source, start))
    if (text.startsWith('"""', start)) return this.#take('string', decodeMultilineString(this.source, start))
    if (char === '"') return this.#take('string', decodeString(this.source, start))
    const mark = this.#match(punctuation)
    if (mark !== '') return { kind: 'punctuation', text: mark as Punctuation, span: this.#since(start) }
    const digits = this.#word(number, start, 'number')
    if (digits !== '') return { kind: 'number', text: digits, span: this.#since(start) }
    const name = this.#word(label, start, 'label')
    if (name !== '') {
      const escaped = name.startsWith('%')
      return { kind: 'label', name: escaped ? name.slice(1) : name, escaped, span: this.#since(start) }
    }
    throw this.#malformed(start)
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#offset
    const found = pattern.exec(this.source.text)?.[0] ?? ''
    this.#offset += found.length
    return found
  }

  #word(pattern: RegExp, start: number, what: string): string {
    const found = this.#match(pattern)
    if (found !== '' && this.#match(wordRest) !== '') throw this.#malformed(start, what)
    return found
  }

  #take(kind: 'char' | 'string', literal: { readonly value: string; readonly end: number }): Token {
    const start = this.#offset
    this.#offset = literal.end
    return { kind, value: literal.value, span: { start, end: literal.end } }
  }

  #since(start: number) {
    return { start, end: this.#offset }
  }

  #malformed(start: number, what?: string): Error {
    this.#offset = start
    const text = this.#match(/[^\s()[\]{}:,"']+/y)
    const end = Math.max(this.#offset, start + 1)
    const span = { start, end }
    const found = text || this.source.text.slice(start, end)
    const lower = found.toLowerCase()
    if (/^-?(nan|inf|infinity)$/.test(lower)) {
      return waveProblem(this.source, span, `\`${found}\` is no number`, 'not a number', [
        'write `nan`, `inf` or `-inf`',
      ])
    }
    if (/^[-+.]?[0-9]/.test(found)) {
      const cure = 'numbers are decimal: `12`, `-3`, `0.5`, `6.02e23`'
      return waveProblem(this.source, span, `malformed number \`${found}\``, 'malformed number', [cure])
    }
    if (what === 'label' || /^%?[A-Za-z]/.test(found)) {
      const cure = 'labels are words joined by hyphens, each in one case: `get-value`, `HTTP3`'
      return waveProblem(this.source, span, `malformed label \`${found}\``, 'malformed label', [cure])
    }
    return waveProblem(this.source, span, `unexpected character \`${found}\``, 'unexpected')
  }
}
