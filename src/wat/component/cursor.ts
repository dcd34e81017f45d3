import { ByteWriter } from '../../binary/byte-writer.ts'
import { limits } from '../../component/limits.ts'
import type { Source } from '../../diagnostics/source.ts'
import type { Span } from '../../diagnostics/span.ts'
import { indexOf } from '../number-literal.ts'
import { didYouMean } from '../did-you-mean.ts'
import { TokenReader } from '../token-reader.ts'
import {
  type AtomNode,
  type ListNode,
  type Node,
  stringBytes,
  stringText,
  watError,
} from '../s-expression.ts'

/** The identifier and the `(@name "…")` that a definition may have. */
export interface Binding {
  readonly id: AtomNode | undefined
  /** What the name section calls it. */
  readonly name: string | undefined
}

/**
 * Walks over the items of one list, after its head: the keyword, or two where the first is `core`. Every list is
 * entered through {@link Cursor.enter}, which bounds how deep they nest.
 */
export class Cursor {
  readonly source: Source
  readonly list: ListNode
  /** `func`, `core func` …; empty for a list without a keyword. */
  readonly head: string
  readonly #depth: number
  #next: number

  constructor(source: Source, list: ListNode, depth = 0) {
    this.source = source
    this.list = list
    this.head = headOf(list)
    this.#depth = depth
    this.#next = this.head === '' ? 0 : this.head.split(' ').length
    if (depth > limits.textDepth) {
      this.fail(`nesting is too deep: the limit is ${limits.textDepth} parentheses`, list.span)
    }
  }

  get done(): boolean {
    return this.#next >= this.list.items.length
  }

  /** The next item. */
  get node(): Node | undefined {
    return this.list.items[this.#next]
  }

  /** The head of the next item, empty unless it is a list with one. */
  get nextHead(): string {
    const { node } = this
    return node?.kind === 'list' ? headOf(node) : ''
  }

  /** The next item as a keyword; undefined for anything else, identifiers and numbers included. */
  get keyword(): string | undefined {
    const { node } = this
    return node?.kind === 'atom' && isKeyword(node.text) ? node.text : undefined
  }

  /** Whether an index stands next, as an identifier or a number. */
  get atIndex(): boolean {
    const { node } = this
    return node?.kind === 'atom' && isIndex(node)
  }

  take(): Node {
    const { node } = this
    if (!node) this.expected('more')
    this.#next++
    return node
  }

  /** Takes the next item if it is this keyword. */
  takes(keyword: string): boolean {
    if (this.keyword !== keyword) return false
    this.#next++
    return true
  }

  /** The next item, for what reads tokens. */
  takeTokens(what: string): TokenReader {
    if (this.done) this.expected(what)
    const { span } = this.take()
    return new TokenReader(this.source, span.start, span.end)
  }

  /** All items that are left, for what reads tokens. */
  restTokens(): TokenReader {
    const end = this.list.span.end - 1
    const tokens = new TokenReader(this.source, this.node?.span.start ?? end, end)
    this.#next = this.list.items.length
    return tokens
  }

  /** Enters the next item, which must be a list with a keyword. */
  enter(what: string): Cursor {
    const { node } = this
    if (node?.kind !== 'list') this.expected(what)
    this.#next++
    return new Cursor(this.source, node, this.#depth + 1)
  }

  /** Enters the next item if it is a list with this head. */
  enters(head: string): Cursor | undefined {
    return this.nextHead === head ? this.enter(head) : undefined
  }

  /** `<id>?`, and an annotation with a name. */
  binding(): Binding {
    const { node } = this
    const id = node?.kind === 'atom' && node.text.startsWith('$') ? node : undefined
    if (id) this.#next++
    const annotation = this.enters('@name')
    const name = annotation?.string('a name')
    annotation?.end()
    return { id, name: name ?? id?.text.slice(1) }
  }

  string(what: string): string {
    const { node } = this
    if (node?.kind !== 'string') this.expected(what)
    this.#next++
    return stringText(this.source, node)
  }

  /** All that is left: strings of bytes, joined. */
  bytes(): Uint8Array<ArrayBuffer> {
    const writer = new ByteWriter()
    while (!this.done) {
      const { node } = this
      if (node?.kind !== 'string') this.expected('a string')
      this.#next++
      writer.bytes(stringBytes(this.source, node))
    }
    return writer.finish()
  }

  /** An unsigned 32-bit integer. */
  u32(what: string): number {
    const { node } = this
    const value = node?.kind === 'atom' ? indexOf(node.text) : undefined
    if (value === undefined) this.expected(what)
    if (Number.isNaN(value)) this.fail(`${what} is out of range: at most 4294967295`)
    this.#next++
    return value
  }

  /** Nothing may be left. */
  end(): void {
    if (!this.done) this.fail(`unexpected token: ${describe(this.node)}, where nothing more is expected`)
  }

  /** `words`: what could stand here, where the next item may be one of them mistyped. */
  expected(what: string, words: Iterable<string> = []): never {
    const notes = didYouMean(this.keyword ?? '', words)
    return this.fail(`unexpected token: expected ${what}, found ${describe(this.node)}`, undefined, notes)
  }

  /** Points at the next item; at the closing parenthesis if there is none. */
  fail(message: string, span?: Span, notes?: readonly string[]): never {
    const { end } = this.list.span
    throw watError(this.source, span ?? this.node?.span ?? { start: end - 1, end }, message, notes)
  }
}

export function headOf({ items }: ListNode): string {
  const [first, second] = items
  if (first?.kind !== 'atom') return ''
  return first.text === 'core' && second?.kind === 'atom' && isKeyword(second.text)
    ? `core ${second.text}`
    : first.text
}

export function isIndex(node: AtomNode): boolean {
  return node.text.startsWith('$') || indexOf(node.text) !== undefined
}

function isKeyword(text: string): boolean {
  return /^[a-z]/.test(text)
}

function describe(node: Node | undefined): string {
  if (!node) return 'the end of the list'
  if (node.kind === 'atom') return `\`${node.text}\``
  if (node.kind === 'string') return 'a string'
  const head = headOf(node)
  return head === '' ? 'a list' : `\`(${head} …)\``
}
