import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Source } from '../diagnostics/source.ts'
import { type Analysis, analyzeWit, type ParsedFile, parseWitFile } from '../wit/analyze.ts'
import type { ReadPackages } from '../wit/binary-packages.ts'
import { formatWit } from '../wit/format.ts'
import { printPackageName, type WitPackage } from '../wit/package.ts'
import type { Place } from '../wit/problems.ts'
import type { References } from '../wit/references.ts'
import { ResolvedBefore } from '../wit/resolved-before.ts'
import { completions } from './completion.ts'
import { type Definition, definitionsIn } from './definitions.ts'
import { describeDefinition } from './hover.ts'
import type { Completion } from './completion-item.ts'
import { Texts } from './texts.ts'

/** Packages of WIT that are looked at together: those of a folder, and what is in its `deps`. */
export class Unit extends Texts {
  override readonly dialect = 'wit'
  override readonly sources: ReadonlyMap<string, Source>
  readonly #groups: readonly (readonly ParsedFile[])[]
  /** Packages in binary form. */
  readonly #binary: readonly ReadPackages[]
  readonly #files: ReadonlyMap<Source, ParsedFile>
  readonly #before: ResolvedBefore
  #analysis: Analysis | undefined

  /** @param before of the same texts, as they were the last time */
  constructor(
    groups: readonly (readonly ParsedFile[])[],
    binary: readonly ReadPackages[] = [],
    before = new ResolvedBefore(),
  ) {
    super()
    this.#before = before
    this.#groups = groups
    this.#binary = binary
    this.#files = new Map(groups.flat().map((file) => [file.syntax.source, file]))
    this.sources = new Map(Array.from(this.#files.keys(), (source) => [source.name, source]))
  }

  override get problems(): readonly Diagnostic[] {
    return this.#analyzed().problems
  }

  override get references(): References {
    return this.#analyzed().references
  }

  override get packages(): ReadonlyMap<string, WitPackage> {
    return this.#analyzed().packages
  }

  override packageOf(source: Source): string | undefined {
    const group = this.#groups.find((files) => files.some(({ syntax }) => syntax.source === source))
    const declared = group?.find(({ syntax }) => syntax.declaration)?.syntax.declaration
    return declared && printPackageName(declared.name)
  }

  override completions(path: string, offset: number): Completion[] {
    return completions(this, this.sources.get(path)!, offset)
  }

  override describe(place: Place): string | undefined {
    const found = this.definition(place)
    return found && describeDefinition(this, found)
  }

  override format({ name, text }: Source): string {
    return formatWit(text, name)
  }

  override problemsWith(changed: (source: Source) => string): readonly Diagnostic[] {
    const groups = this.#groups.map((files) =>
      files.map((file) => {
        const { name, text } = file.syntax.source
        const other = changed(file.syntax.source)
        return other === text ? file : parseWitFile({ name, text: other })
      }),
    )
    return analyzeWit(groups, this.#binary, this.#before).problems
  }

  override isInferredArgument(): boolean {
    return false
  }

  override outline(source: Source): readonly Definition[] {
    const file = this.#files.get(source)
    return file === undefined ? [] : definitionsIn(file.syntax)
  }

  #analyzed(): Analysis {
    this.#analysis ??= analyzeWit(this.#groups, this.#binary, this.#before)
    return this.#analysis
  }
}
