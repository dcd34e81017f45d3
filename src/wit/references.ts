import type { Place } from './problems.ts'
import type { Name } from './type-scope.ts'

/** A name in a text, and where what it names is defined or, for what a `use` brought, named in that. */
export interface Reference {
  readonly from: Place
  readonly to: Place
  /** `from` gives what `to` names a name of its own: `use i.{to as from}`. */
  readonly renames: boolean
}

/** Which names refer to what: collected while names are looked up, for tools that go from one to the other. */
export class References {
  readonly #all = new Map<string, Reference>()
  /** The names of each interface and world, by the place of its own. */
  readonly #scopes = new Map<string, ReadonlyMap<string, Name>>()

  /** What is known in binary form alone has no place that could be gone to. */
  add(from: Place, to: Place, renames = false): void {
    if (to.span.end === to.span.start) return
    this.#all.set(keyOf(from), { from, to, renames })
  }

  addScope(place: Place, names: ReadonlyMap<string, Name>): void {
    this.#scopes.set(keyOf(place), names)
  }

  all(): Iterable<Reference> {
    return this.#all.values()
  }

  at(place: Place): Reference | undefined {
    return this.#all.get(keyOf(place))
  }

  scope(place: Place): ReadonlyMap<string, Name> | undefined {
    return this.#scopes.get(keyOf(place))
  }
}

/** Names do not overlap: where one begins says which it is. */
export function keyOf({ source, span }: Place): string {
  return `${span.start} ${source.name}`
}
