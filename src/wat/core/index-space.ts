import { nearest } from '../../diagnostics/nearest.ts'
import type { Span } from '../../diagnostics/span.ts'
import { WatError } from '../../errors.ts'
import type { Identifier, TokenReader } from '../token-reader.ts'

/** What the identifiers of one sort mean: `$f` is the function with that index. */
export class IndexSpace {
  /** For messages: `func`, `local` … */
  readonly sort: string
  /** How many items there are. */
  length = 0
  readonly #items = new Map<string, { readonly index: number; readonly span: Span }>()
  /** Names by index, where there is one: for the name section. */
  readonly names = new Map<number, string>()

  constructor(sort: string) {
    this.sort = sort
  }

  /** Adds an item; `name` is what the name section calls it instead of its identifier. Returns its index. */
  define(tokens: TokenReader, id: Identifier | undefined, name?: string): number {
    const index = this.length++
    if (id) this.#bind(tokens, id, index)
    const shown = name ?? id?.text.slice(1)
    if (shown !== undefined) this.names.set(index, shown)
    return index
  }

  /** Takes an index or an identifier and returns the index. */
  take(tokens: TokenReader): number {
    const id = tokens.takeIdentifier()
    return id ? this.find(tokens, id) : tokens.takeIndex(`an index or identifier of a ${this.sort}`)
  }

  find(tokens: TokenReader, id: Identifier): number {
    const found = this.#items.get(id.text)
    if (found) return found.index
    const names = nearest(id.text, this.#items.keys())
    const notes = names.length > 0 ? [`did you mean ${names.map((name) => `\`${name}\``).join(' or ')}?`] : []
    return tokens.fail(`unknown ${this.sort}: nothing is called \`${id.text}\``, id.span, notes)
  }

  #bind(tokens: TokenReader, id: Identifier, index: number): void {
    const first = this.#items.get(id.text)
    if (first) {
      const { source } = tokens
      throw new WatError({
        message: `duplicate ${this.sort} identifier \`${id.text}\``,
        labels: [
          { source, span: id.span, text: 'again here' },
          { source, span: first.span, text: 'first here' },
        ],
        notes: [],
      })
    }
    this.#items.set(id.text, { index, span: id.span })
  }
}
