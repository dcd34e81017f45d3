import type { Span } from '../diagnostics/span.ts'
import { type Analysis, analyzeWit, type ParsedFile } from '../wit/analyze.ts'
import type { WitFile } from '../wit/package-sources.ts'
import type { Place } from '../wit/problems.ts'
import { keyOf, type Reference } from '../wit/references.ts'
import { type Definition, definitionsIn } from './definitions.ts'
import { TextLines } from './text-lines.ts'
import { Tokens } from './tokens.ts'

/** A definition, and what it stands in, the outermost first. */
export interface PlacedDefinition {
  readonly definition: Definition
  readonly place: Place
  readonly around: readonly Definition[]
}

/** A name in a text, and what it means. */
export interface Occurrence {
  readonly span: Span
  readonly place: Place
}

/** Packages that are looked at together: those of a folder, and what is in its `deps`. What is asked for is computed then. */
export class Unit {
  readonly groups: readonly (readonly ParsedFile[])[]
  /** Packages in binary form. */
  readonly binary: readonly WitFile[]
  readonly files: ReadonlyMap<string, ParsedFile>
  #analysis: Analysis | undefined
  #definitions: ReadonlyMap<string, PlacedDefinition> | undefined
  #references: ReadonlyMap<string, readonly Reference[]> | undefined
  readonly #lines = new Map<string, TextLines>()
  readonly #tokens = new Map<string, Tokens>()

  constructor(groups: readonly (readonly ParsedFile[])[], binary: readonly WitFile[] = []) {
    this.groups = groups
    this.binary = binary
    this.files = new Map(groups.flat().map((file) => [file.syntax.source.name, file]))
  }

  get analysis(): Analysis {
    this.#analysis ??= analyzeWit(this.groups, this.binary)
    return this.#analysis
  }

  lines(path: string): TextLines {
    let lines = this.#lines.get(path)
    if (lines === undefined) {
      lines = new TextLines(this.files.get(path)?.syntax.source.text ?? '')
      this.#lines.set(path, lines)
    }
    return lines
  }

  tokens(path: string): Tokens {
    let tokens = this.#tokens.get(path)
    if (tokens === undefined) {
      tokens = new Tokens(this.files.get(path)!.syntax.source)
      this.#tokens.set(path, tokens)
    }
    return tokens
  }

  /** By the places of their names. */
  get definitions(): ReadonlyMap<string, PlacedDefinition> {
    this.#definitions ??= new Map(
      [...this.files.values()].flatMap(({ syntax }) =>
        Array.from(placed(definitionsIn(syntax), []), ({ definition, around }) => {
          const place = { source: syntax.source, span: definition.span }
          return [keyOf(place), { definition, around, place }] as const
        }),
      ),
    )
    return this.#definitions
  }

  /** The name at an offset, if it means something. */
  occurrence(path: string, offset: number): Occurrence | undefined {
    const touches = ({ span }: Place): boolean => span.start <= offset && offset <= span.end
    const reference = this.#referencesIn(path).find(({ from }) => touches(from))
    if (reference !== undefined) return { span: reference.from.span, place: reference.from }
    for (const { place } of this.definitions.values())
      if (place.source.name === path && touches(place)) return { span: place.span, place }
    return undefined
  }

  /** What a name is in the end, whatever it was renamed to on the way. */
  meaning(place: Place): Place {
    return this.#follow(place, () => true)
  }

  /** The place that gave the name its text: the definition, or the `as` that renamed it. */
  namer(place: Place): Place {
    return this.#follow(place, ({ renames }) => !renames)
  }

  /** All places that say the name that one place gives. */
  namedBy(namer: Place): Place[] {
    const key = keyOf(namer)
    const found = new Map([[key, namer]])
    for (const { from } of this.analysis.references.all())
      if (keyOf(this.namer(from)) === key) found.set(keyOf(from), from)
    return [...found.values()]
  }

  #follow(place: Place, goesOn: (reference: Reference) => boolean): Place {
    const seen = new Set<string>()
    let at = place
    for (;;) {
      const next = this.analysis.references.at(at)
      if (next === undefined || !goesOn(next) || seen.has(keyOf(at))) return at
      seen.add(keyOf(at))
      at = next.to
    }
  }

  #referencesIn(path: string): readonly Reference[] {
    this.#references ??= Map.groupBy(this.analysis.references.all(), ({ from }) => from.source.name)
    return this.#references.get(path) ?? []
  }
}

function* placed(
  definitions: readonly Definition[],
  around: readonly Definition[],
): Generator<{ readonly definition: Definition; readonly around: readonly Definition[] }> {
  for (const definition of definitions) {
    yield { definition, around }
    yield* placed(definition.children, [...around, definition])
  }
}
