import { analyzeWac, type WacAnalysis, type WacName } from '../compose/wac/analyze.ts'
import { formatWac } from '../compose/wac/format.ts'
import type { PackageFinder } from '../compose/wac/package-finder.ts'
import type { StatementSyntax } from '../compose/wac/syntax.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Source } from '../diagnostics/source.ts'
import { parseWitFile } from '../wit/analyze.ts'
import type { WitPackage } from '../wit/package.ts'
import type { Place } from '../wit/problems.ts'
import { keyOf, type References } from '../wit/references.ts'
import { type Definition, definitionsIn, definitionsOf, define } from './definitions.ts'
import { describeDefinition } from './hover.ts'
import type { Completion } from './completion-item.ts'
import { Texts } from './texts.ts'
import { wacCompletions } from './wac-completion.ts'
import { type Use, useAt } from './wac-hover.ts'

/** A WAC text, with the packages that it names. */
export class WacText extends Texts {
  override readonly dialect = 'wac'
  override readonly sources: ReadonlyMap<string, Source>
  /** They are found one by one. */
  override readonly packages: ReadonlyMap<string, WitPackage> = new Map()
  readonly finder: PackageFinder
  readonly #source: Source
  #analysis: WacAnalysis | undefined

  constructor(source: Source, finder: PackageFinder) {
    super()
    this.finder = finder
    this.#source = source
    this.sources = new Map([[source.name, source]])
  }

  override get problems(): readonly Diagnostic[] {
    return this.#analyzed().problems
  }

  override get references(): References {
    return this.#analyzed().references
  }

  /** What is defined in the text, by name. */
  get names(): ReadonlyMap<string, WacName> {
    return this.#analyzed().names
  }

  override packageOf(): undefined {}

  override completions(_path: string, offset: number): Completion[] {
    return wacCompletions(this, this.#source, offset)
  }

  /** Of an instance what it exports, of all else how it is defined. */
  override describe(place: Place): string | undefined {
    const found = this.definition(place)
    const name = [...this.names].find(([, each]) => keyOf(each.place) === keyOf(place))
    const isDefinition = found !== undefined && !/^(import|let)$/.test(found.definition.kind)
    if (isDefinition || name === undefined) return found && describeDefinition(this, found)
    const [own, { text }] = name
    return text === undefined ? undefined : `\`\`\`wac\n${own}: ${text}\n\`\`\``
  }

  override use(_source: Source, offset: number): Use | undefined {
    return useAt(this.#analyzed(), offset)
  }

  override format({ name, text }: Source): string {
    return formatWac(text, name)
  }

  override problemsWith(changed: (source: Source) => string): readonly Diagnostic[] {
    return analyzeWac({ name: this.#source.name, text: changed(this.#source) }, this.finder).problems
  }

  override isInferredArgument({ source, span }: Place): boolean {
    const { all } = this.tokens(source)
    const at = all.findIndex(({ start }) => start === span.start)
    const [before, after] = [all[at - 1]?.kind, all[at + 1]?.kind]
    return (before === '{' || before === ',') && (after === ',' || after === '}')
  }

  override outline(source: Source): readonly Definition[] {
    if (source.name !== this.#source.name) return definitionsIn(parseWitFile(source).syntax)
    return (this.#analyzed().syntax?.statements ?? []).flatMap(ofStatement)
  }

  #analyzed(): WacAnalysis {
    this.#analysis ??= analyzeWac(this.#source, this.finder)
    return this.#analysis
  }
}

function ofStatement(statement: StatementSyntax): Definition[] {
  const plain = { docs: undefined, attributes: [] }
  switch (statement.kind) {
    case 'import':
    case 'let':
      return [define(statement.kind, statement.id, plain, [])]
    case 'export':
      return []
    default:
      return definitionsOf(statement)
  }
}
