import type { PackageFinder } from '../compose/wac/package-finder.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { Source } from '../diagnostics/source.ts'
import type { Span } from '../diagnostics/span.ts'
import { parseWitFile } from '../wit/analyze.ts'
import type { WitFile } from '../wit/package-sources.ts'
import type { Completion } from './completion-item.ts'
import type { Texts } from './texts.ts'
import { Unit } from './unit.ts'
import { WacText } from './wac-text.ts'

/** What a name means. */
export interface Hover extends Span {
  /** The type or the definition, where it stands, its docs. */
  readonly markdown: string
}

/**
 * What an editor asks of one text, which may be broken: places are UTF-16 offsets. It answers for the text that it was made of; another text
 * is another document. What is asked for is computed then, and once.
 */
export class LanguageDocument {
  readonly #texts: Texts
  readonly #source: Source

  /** @internal */
  constructor(texts: Texts, source: Source) {
    this.#texts = texts
    this.#source = source
  }

  /** As the command line shows them; the first label is the place. */
  get problems(): readonly Diagnostic[] {
    return this.#texts.problems.filter(({ labels }) => labels[0]?.source.name === this.#source.name)
  }

  /** What may be typed at an offset: nothing in comments. */
  complete(offset: number): readonly Completion[] {
    if (this.#texts.tokens(this.#source).isInComment(offset)) return []
    return this.#texts.completions(this.#source.name, offset)
  }

  hover(offset: number): Hover | undefined {
    const occurrence = this.#texts.occurrence(this.#source, offset)
    if (occurrence === undefined) return this.#texts.use(this.#source, offset)
    const markdown = this.#texts.describe(this.#texts.meaning(occurrence))
    return markdown === undefined ? undefined : { ...occurrence.span, markdown }
  }

  /** Where the name at an offset is defined; undefined for what is defined in another text. */
  definition(offset: number): Span | undefined {
    const occurrence = this.#texts.occurrence(this.#source, offset)
    const place = occurrence && this.#texts.meaning(occurrence)
    return place?.source.name === this.#source.name ? place.span : undefined
  }

  /**
   * Comments and blank lines stay.
   *
   * @throws {WitError | WacError} where the text does not parse
   */
  format(): string {
    return this.#texts.format(this.#source)
  }
}

/**
 * A WAC text as an editor has it.
 *
 * @param finder where its packages come from: the same object for the same package is read once
 *
 * @example
 * const adder = { kind: 'component', component: await assemble('(component (import "log" (func)) (export "add" (func 0)))') }
 * const finder = { find: (name) => (name === 'docs:adder' ? adder : undefined), names: () => ['docs:adder'] }
 * const text = 'package my:app; let a = new docs:adder { ... }; export a.'
 * const document = wacDocument({ name: 'app.wac', text }, finder)
 * document.complete(text.length).map(({ label }) => label) // ['add']
 * document.hover(20).markdown.split('\n')[1] // a: instance { add }
 */
export function wacDocument({ name, text }: TextFile, finder: PackageFinder): LanguageDocument {
  const source = new Source(name, text)
  return new LanguageDocument(new WacText(source, finder), source)
}

/**
 * A WIT text as an editor has it, alone or with the packages that it uses.
 *
 * @param dependencies one entry for each package: its files
 *
 * @example
 * const text = 'package my:app; interface clock { type time = u64; now: func() -> ti'
 * witDocument({ name: 'app.wit', text }).complete(text.length).filter(({ label }) => label === 'time').length // 1
 */
export function witDocument(
  { name, text }: TextFile,
  dependencies: readonly (readonly WitFile[])[] = [],
): LanguageDocument {
  const own = parseWitFile({ name, text })
  const texts = new Unit([[own], ...dependencies.map((files) => files.map(parseWitFile))])
  return new LanguageDocument(texts, own.syntax.source)
}

/** A text and what it is called in messages. */
export interface TextFile {
  readonly name: string
  readonly text: string
}
