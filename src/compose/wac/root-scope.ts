import type { Span } from '../../diagnostics/span.ts'
import { TypeScope } from '../../wit/type-scope.ts'
import type { Document } from './document.ts'

/** The types of a document among its other names. */
export class RootScope extends TypeScope {
  readonly #document: Document

  constructor(document: Document) {
    super(document.source, document.problems, document.references)
    this.#document = document
  }

  override lookUp(name: string, span: Span): ReturnType<TypeScope['lookUp']> {
    const other = this.#document.names.get(name)
    if (other === undefined || this.names.has(name)) return super.lookUp(name, span)
    if (other.item !== undefined)
      this.report(span, `\`${name}\` (${this.#document.describe(other.item)}) is not a type of values`, {
        related: [{ ...other.place, text: 'defined here' }],
      })
    return undefined
  }
}
