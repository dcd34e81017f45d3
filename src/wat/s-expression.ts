import type { Source } from '../diagnostics/source.ts'
import type { Span } from '../diagnostics/span.ts'
import { Lexer } from './lexer.ts'
import { literalBytes, literalText } from './string-literal.ts'

export { watError } from './wat-error.ts'

/** A node of the text format's S-expressions; its text is `source.text` at `span`. */
export type Node = ListNode | AtomNode | StringNode

/** A list in parentheses. An annotation is one whose first item is an atom such as `@name`. */
export interface ListNode {
  readonly kind: 'list'
  readonly items: readonly Node[]
  readonly span: Span
}

/** A keyword, number or identifier. `text` of an identifier is `$` and its name, also where it was quoted (`$"a b"`). */
export interface AtomNode {
  readonly kind: 'atom'
  readonly text: string
  readonly span: Span
}

/** Its span includes the quotes; {@link stringBytes} gives what it denotes. */
export interface StringNode {
  readonly kind: 'string'
  readonly span: Span
}

/**
 * Reads S-expressions without knowing what they mean; comments are dropped. Nesting is bounded by memory alone. Lists
 * that begin with `func` are only looked into when their items are asked for: most of a module is function bodies,
 * and those are read from the text, without a tree.
 *
 * @throws {WatError} for a parenthesis, string or comment that does not close, or closes too much
 *
 * @example
 * const [node] = parseSExpressions(new Source('x', '(register "a" $i)'))
 * node.items[2].text // '$i'
 */
export function parseSExpressions(source: Source): Node[] {
  return new Parser(new Lexer(source), true).parse()
}

/** A list whose items are read when they are asked for. */
class LateList implements ListNode {
  readonly kind = 'list'
  readonly span: Span
  readonly #source: Source
  #items: readonly Node[] | undefined

  constructor(source: Source, span: Span) {
    this.#source = source
    this.span = span
  }

  get items(): readonly Node[] {
    if (!this.#items) {
      const { start, end } = this.span
      this.#items = new Parser(new Lexer(this.#source, start + 1, end - 1), false).parse()
    }
    return this.#items
  }
}

interface OpenList {
  readonly span: Span
  /** The items of the list around it, so far. */
  readonly outer: Node[]
}

class Parser {
  readonly #lexer: Lexer
  readonly #late: boolean
  #items: Node[] = []
  /** Lists that are still open, outermost first. */
  readonly #open: OpenList[] = []

  constructor(lexer: Lexer, late: boolean) {
    this.#lexer = lexer
    this.#late = late
  }

  parse(): Node[] {
    while (this.#lexer.kind !== 'end') this.#step()
    const unclosed = this.#open.at(-1)
    if (unclosed) this.#lexer.fail('this parenthesis does not close', unclosed.span)
    return this.#items
  }

  #step(): void {
    const lexer = this.#lexer
    switch (lexer.kind) {
      case '(':
        if (!this.#late || !this.#isFunction()) this.#openList()
        else this.#items.push(new LateList(lexer.source, this.#skipList()))
        break
      case ')':
        this.#closeList()
        break
      case 'string':
        this.#items.push({ kind: 'string', span: lexer.span })
        break
      case 'atom':
        this.#items.push({ kind: 'atom', text: lexer.identifier ?? lexer.text, span: lexer.span })
        break
      case 'annotation':
        this.#openAnnotation()
        break
      case 'end':
        return
    }
    lexer.next()
  }

  /** Whether the list that opens here is `(func …)`. */
  #isFunction(): boolean {
    const { text } = this.#lexer.source
    const { end } = this.#lexer
    return text.startsWith('func', end) && /[\s()]/.test(text[end + 4] ?? '')
  }

  #openList(): void {
    this.#open.push({ span: this.#lexer.span, outer: this.#items })
    this.#items = []
  }

  #openAnnotation(): void {
    const { annotation, start, end } = this.#lexer
    this.#openList()
    this.#items.push({ kind: 'atom', text: `@${annotation}`, span: { start: start + 1, end } })
  }

  #skipList(): Span {
    const { start } = this.#lexer
    this.#lexer.skipList()
    return { start, end: this.#lexer.end }
  }

  #closeList(): void {
    const list = this.#open.pop()
    if (!list) this.#lexer.fail('this parenthesis closes nothing')
    const span = { start: list.span.start, end: this.#lexer.end }
    list.outer.push({ kind: 'list', items: this.#items, span })
    this.#items = list.outer
  }
}

/** The bytes that a string literal denotes: `\hh` is one byte, any other character its UTF-8. */
export function stringBytes(source: Source, { span }: StringNode): Uint8Array<ArrayBuffer> {
  return literalBytes(source, span)
}

/** What a string literal denotes, as text. */
export function stringText(source: Source, { span }: StringNode): string {
  return literalText(source, span)
}
