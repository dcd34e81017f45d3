import { type Completion, type LanguageDocument, wacDocument } from 'tenon/lsp'
import type { Completions } from '../contract/workshop.ts'
import { cut, limits } from './limits.ts'
import type { PackageStore } from './package-store.ts'
import { textName } from './problems.ts'

/** What the editor asks while people type: of one text after the other. */
export class Language {
  readonly #store: PackageStore
  #last: { readonly text: string; readonly document: LanguageDocument } | undefined

  constructor(store: PackageStore) {
    this.#store = store
  }

  /** What packages there are has changed. */
  forget(): void {
    this.#last = undefined
  }

  complete(text: string, offset: number): Completions {
    const found = this.#document(text).complete(offset)
    const from = found[0]?.span.start ?? offset
    // An editor replaces one part of the text, whichever of them is taken.
    const items = found.filter(({ span }) => span.start === from)
    return { from, items: items.slice(0, limits.items).map(toItem) }
  }

  hover(text: string, offset: number): string | undefined {
    const found = this.#document(text).hover(offset)
    return found && cut(found.markdown, limits.message)
  }

  #document(text: string): LanguageDocument {
    if (this.#last?.text !== text)
      this.#last = { text, document: wacDocument({ name: textName, text }, this.#store.finder) }
    return this.#last.document
  }
}

type Item = Completions['items'][number]

function toItem({ label, kind, text, detail, docs }: Completion): Item {
  return {
    label: cut(label, limits.line),
    kind: kindOf(kind),
    detail: detail && cut(detail, limits.line),
    docs: docs && cut(docs),
    insert: text,
  }
}

function kindOf(kind: Completion['kind']): Item['kind'] {
  switch (kind) {
    case 'keyword':
    case 'package':
    case 'instance':
    case 'function':
    case 'import':
    case 'export':
      return kind
    default:
      return 'type'
  }
}
