import type { Place } from './problems.ts'
import type { Name } from './type-scope.ts'

/** A name in a text, and where what it names is defined or, for what a `use` brought, named in that. */
export interface Reference {
  readonly from: Place
  readonly to: Place
  /** `from` gives what `to` names a name of its own: `use i.{to as from}`. */
  readonly renames: boolean
}

/** What is known of the names of one text, by where each begins: they do not overlap. */
interface TextNames {
  readonly references: Map<number, Reference>
  /** The names of each interface and world, by the place of its own. */
  readonly scopes: Map<number, ReadonlyMap<string, Name>>
}

/** Which names refer to what: collected while names are looked up, for tools that go from one to the other. */
export class References {
  readonly #own = new Map<string, TextNames>()
  /** By text: those of its own, and those that were found before. */
  readonly #texts = new Map<string, TextNames[]>()

  /** What is known in binary form alone has no place that could be gone to. */
  add(from: Place, to: Place, renames = false): void {
    if (to.span.end === to.span.start) return
    this.#ofText(from.source.name).references.set(from.span.start, { from, to, renames })
  }

  addScope(place: Place, names: ReadonlyMap<string, Name>): void {
    this.#ofText(place.source.name).scopes.set(place.span.start, names)
  }

  /** All that others know; nothing is copied. */
  include(others: References): void {
    for (const [text, names] of others.#texts)
      this.#texts.set(text, [...(this.#texts.get(text) ?? []), ...names])
  }

  *all(): Iterable<Reference> {
    for (const text of this.#texts.keys()) yield* this.in(text)
  }

  /** Those of one text. */
  *in(text: string): Iterable<Reference> {
    for (const { references } of this.#texts.get(text) ?? []) yield* references.values()
  }

  at({ source, span }: Place): Reference | undefined {
    for (const { references } of this.#texts.get(source.name) ?? []) {
      const found = references.get(span.start)
      if (found !== undefined) return found
    }
    return undefined
  }

  scope({ source, span }: Place): ReadonlyMap<string, Name> | undefined {
    for (const { scopes } of this.#texts.get(source.name) ?? []) {
      const found = scopes.get(span.start)
      if (found !== undefined) return found
    }
    return undefined
  }

  #ofText(text: string): TextNames {
    let names = this.#own.get(text)
    if (names === undefined) {
      names = { references: new Map(), scopes: new Map() }
      this.#own.set(text, names)
      this.#texts.set(text, [...(this.#texts.get(text) ?? []), names])
    }
    return names
  }
}

/** Names do not overlap: where one begins says which it is. */
export function keyOf({ source, span }: Place): string {
  return `${span.start} ${source.name}`
}
