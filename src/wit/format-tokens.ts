import { hardLine, type Layout, lineEnd } from './format-layout.ts'
import { endOfBlockComment } from './lex.ts'
import { parseVersionSyntax } from './parse-version.ts'
import type { TokenKind } from './token.ts'
import { TokenReader } from './token-reader.ts'

interface Comment {
  /** Ended by `\n`, without spaces at its end. */
  readonly text: string
  /** `//`: the line ends with it. */
  readonly endsLine: boolean
  /** Line breaks between it and what stands before it. */
  readonly newlines: number
}

/**
 * The tokens of a text without errors, given back as they are written, each with the comments before it. A comment stays between the
 * same two tokens, where it is documentation or is not; its text stays as it is, for it is the documentation's.
 */
export class FormatTokens extends TokenReader {
  /** Comments before the current token that are not printed yet. */
  #comments: Comment[] = []
  /** Line breaks between the last of the comments and the current token. */
  #newlines = 0
  #gapEnd = -1

  /** Before the current token, not printed yet. */
  get hasComments(): boolean {
    this.#scan()
    return this.#comments.length > 0
  }

  /** The current token; comments before it stay in its line if they can. `before` is a space or nothing. */
  token(before: '' | ' ' = ''): Layout {
    const comments = this.#take()
    const text = this.text()
    this.advance()
    const last = comments.at(-1)
    if (last === undefined) return [before, text]
    const isClose = /^[,;:.)>]/.test(text)
    return [joined(comments), last.endsLine ? hardLine : isClose ? '' : ' ', text]
  }

  /** A comma that is printed where something follows it. */
  comma(close: TokenKind): Layout {
    const comments = this.#take()
    this.advance()
    const isLast = this.kind === close
    const endsLine = comments.at(-1)?.endsLine ?? false
    const end = isLast ? lineEnd('', endsLine) : endsLine ? [hardLine, ','] : ','
    return [joined(comments), end]
  }

  /** A version, whose letters and digits are no tokens of their own. */
  version(): Layout {
    const comments = this.inline()
    return [comments, parseVersionSyntax(this).version]
  }

  /** Comments at the end of the line of the token before this one. */
  lineEnd(isFirst = false): Layout {
    this.#scan()
    const comments = this.#comments
    let count = comments.findIndex(({ newlines }) => newlines > 0)
    if (count === -1) count = comments.length
    if (count === 0) return ''
    const isAll = count === comments.length
    const closes = this.kind === '}' || this.kind === ')' || this.kind === '>'
    const endsLine =
      comments[count - 1]!.endsLine ||
      !isAll ||
      this.#newlines > 0 ||
      this.kind === 'eof' ||
      (closes && !isFirst)
    if (!endsLine) return ''
    const taken = comments.splice(0, count)
    return taken.map(({ text, endsLine }) => lineEnd(` ${text}`, endsLine || text.includes('\n')))
  }

  /** Comments in lines of their own, then the line of the current token; `isFirst`: nothing is before it that a blank line could separate. */
  lines(isFirst: boolean, isSeparate = false): Layout[] {
    const parts = this.comments(isFirst, isSeparate)
    const blank = parts.length > 0 ? this.#newlines > 1 : !isFirst && (isSeparate || this.#newlines > 1)
    parts.push(blank ? [hardLine, hardLine] : hardLine)
    return parts
  }

  /** Comments in lines of their own. */
  comments(isFirst: boolean, isSeparate = false): Layout[] {
    return this.#take().map(({ text, newlines }, index) => {
      const blank = index === 0 ? !isFirst && (isSeparate || newlines > 1) : newlines > 1
      return [blank ? [hardLine, hardLine] : hardLine, text]
    })
  }

  /** Comments before the first token of a list's element. */
  inline(): Layout[] {
    return this.#take().map(({ text, endsLine }) => [text, endsLine || text.includes('\n') ? hardLine : ' '])
  }

  /** Comments behind the last element of a list, each with `before`. */
  inlineBefore(before: Layout): Layout[] {
    return this.#take().map(({ text, endsLine }) => [before, text, lineEnd('', endsLine)])
  }

  #take(): Comment[] {
    this.#scan()
    return this.#comments.splice(0)
  }

  #scan(): void {
    if (this.#gapEnd === this.start) return
    this.#gapEnd = this.start
    const text = this.source.text.slice(this.previousEnd, this.start)
    const comments: Comment[] = []
    let newlines = 0
    for (let at = 0; at < text.length; at++) {
      if (text[at] === '\n') newlines++
      if (text[at] !== '/') continue
      const endsLine = text[at + 1] === '/'
      const newline = text.indexOf('\n', at)
      const lineEnd = newline === -1 ? text.length : newline
      const end = endsLine ? lineEnd : endOfBlockComment(text, at)
      const written = text.slice(at, end).replaceAll('\r\n', '\n').trimEnd()
      comments.push({ text: written, endsLine, newlines })
      newlines = 0
      at = end - 1
    }
    this.#comments = comments
    this.#newlines = newlines
  }
}

function joined(comments: readonly Comment[]): Layout {
  return comments.map(({ text }, index) => [comments[index - 1]?.endsLine ? hardLine : ' ', text])
}
