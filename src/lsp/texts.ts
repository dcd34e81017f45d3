import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Source } from '../diagnostics/source.ts'
import type { Span } from '../diagnostics/span.ts'
import type { Dialect } from '../wit/lex.ts'
import type { WitPackage } from '../wit/package.ts'
import type { Place } from '../wit/problems.ts'
import { keyOf, type Reference, type References } from '../wit/references.ts'
import type { Definition } from './definitions.ts'
import type { Completion } from './completion-item.ts'
import { TextLines } from './text-lines.ts'
import { Tokens } from './tokens.ts'
import type { Use } from './wac-hover.ts'

/** A definition, and what it stands in, the outermost first. */
export interface PlacedDefinition {
  readonly definition: Definition
  readonly place: Place
  readonly around: readonly Definition[]
}

/** Texts that are looked at together. What is asked for is computed then, and once. */
export abstract class Texts {
  /** Those that can be edited, by path. */
  abstract readonly sources: ReadonlyMap<string, Source>
  abstract readonly dialect: Dialect
  abstract readonly problems: readonly Diagnostic[]
  abstract readonly references: References
  /** Of WIT, by name: all that `use` can name. */
  abstract readonly packages: ReadonlyMap<string, WitPackage>
  readonly #lines = new Map<Source, TextLines>()
  readonly #tokens = new Map<Source, Tokens>()
  readonly #definitions = new Map<Source, ReadonlyMap<string, PlacedDefinition>>()

  /** The name of the package that a text is part of. */
  abstract packageOf(source: Source): string | undefined
  abstract completions(path: string, offset: number): Completion[]
  /** What a name means, as Markdown; undefined for what nothing is known of. */
  abstract describe(place: Place): string | undefined
  /** What stands at an offset and is defined in no text. */
  use(_source: Source, _offset: number): Use | undefined {
    return undefined
  }

  /** @throws {TenonError} where the text does not parse */
  abstract format(source: Source): string
  /** What would be wrong with other texts in the place of these. */
  abstract problemsWith(changed: (source: Source) => string): readonly Diagnostic[]
  /** A name alone in the braces of WAC's `new`: it says which import it is for, too. */
  abstract isInferredArgument(place: Place): boolean
  /** What a text defines: of one of these or of a package that they use. */
  abstract outline(source: Source): readonly Definition[]

  lines(source: Source): TextLines {
    return remembered(this.#lines, source, () => new TextLines(source.text))
  }

  tokens(source: Source): Tokens {
    const dialect = source.name.endsWith('.wit') ? 'wit' : this.dialect
    return remembered(this.#tokens, source, () => new Tokens(source, dialect))
  }

  /** What is defined at a place. */
  definition(place: Place): PlacedDefinition | undefined {
    return this.#definitionsIn(place.source).get(keyOf(place))
  }

  /** The place of the name at an offset, if it means something. */
  occurrence(source: Source, offset: number): Place | undefined {
    const touches = ({ span }: { readonly span: Span }): boolean => span.start <= offset && offset <= span.end
    for (const { from } of this.references.in(source.name)) if (touches(from)) return from
    return [...this.#definitionsIn(source).values()].find(({ place }) => touches(place))?.place
  }

  /** What a name is in the end, whatever it was renamed to on the way. */
  meaning(place: Place): Place {
    return this.#follow(place, () => true)
  }

  /** The place that gave the name its text: the definition, or the `as` that renamed it. */
  namer(place: Place): Place {
    return this.#follow(place, ({ renames }) => !renames)
  }

  /** All places that say the name that one place gives; that place first. */
  namedBy(namer: Place): Place[] {
    const key = keyOf(namer)
    const found = new Map([[key, namer]])
    for (const { from } of this.references.all())
      if (keyOf(this.namer(from)) === key) found.set(keyOf(from), from)
    return [...found.values()]
  }

  #follow(place: Place, goesOn: (reference: Reference) => boolean): Place {
    const seen = new Set<string>()
    let at = place
    for (;;) {
      const next = this.references.at(at)
      if (next === undefined || !goesOn(next) || seen.has(keyOf(at))) return at
      seen.add(keyOf(at))
      at = next.to
    }
  }

  #definitionsIn(source: Source): ReadonlyMap<string, PlacedDefinition> {
    return remembered(this.#definitions, source, () => {
      const found = placed(this.outline(source), [], source)
      return new Map(Array.from(found, (each) => [keyOf(each.place), each]))
    })
  }
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  let found = known.get(key)
  if (found === undefined) {
    found = make()
    known.set(key, found)
  }
  return found
}

function* placed(
  definitions: readonly Definition[],
  around: readonly Definition[],
  source: Source,
): Generator<PlacedDefinition> {
  for (const definition of definitions) {
    yield { definition, around, place: { source, span: definition.span } }
    yield* placed(definition.children, [...around, definition], source)
  }
}
