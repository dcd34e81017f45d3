import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { Source } from '../diagnostics/source.ts'
import type { ReadPackages } from './binary-packages.ts'
import type { WitPackage } from './package.ts'
import { orderPackages } from './package-order.ts'
import { packagesIn, toText, type WitFile } from './package-sources.ts'
import { parseFile } from './parse.ts'
import { Problems } from './problems.ts'
import { References } from './references.ts'
import { resolveAll } from './resolve.ts'
import { ResolvedBefore } from './resolved-before.ts'
import type { ResolvedPackage } from './resolve-package.ts'
import type { FileSyntax } from './syntax.ts'

/** A file as far as it can be read, and what is wrong with the rest. */
export interface ParsedFile {
  readonly syntax: FileSyntax
  readonly problems: readonly Diagnostic[]
}

/** What there is to know of texts that may be half written. */
export interface Analysis {
  /** As `resolveWit` throws them: names are only looked at where all texts can be read. */
  readonly problems: readonly Diagnostic[]
  readonly references: References
  /** By name, with all features; those that can be read. */
  readonly packages: ReadonlyMap<string, WitPackage>
}

export function parseWitFile({ name, text }: WitFile): ParsedFile {
  const problems = new Problems()
  let syntax: FileSyntax | undefined
  const found = problems.during(() => {
    syntax = parseFile(new Source(name, toText(name, text, problems)), problems)
  })
  const nothing = { source: new Source(name, ''), declaration: undefined, items: [], packages: [] }
  return { syntax: syntax ?? nothing, problems: found }
}

/**
 * Looks up all names in packages that may be broken: what can be read is told whatever is wrong with the rest, so that editors can
 * use it while people type.
 *
 * @param groups the files of one package each
 * @param binary files in binary form
 * @param before what was found the last time; packages that are as they were are taken from there
 */
export function analyzeWit(
  groups: readonly (readonly ParsedFile[])[],
  binary: readonly ReadPackages[] = [],
  before = new ResolvedBefore(),
): Analysis {
  const unreadable = groups.flat().flatMap(({ problems }) => problems)
  const problems = new Problems()
  const references = new References()
  let packages: ReadonlyMap<string, ResolvedPackage> = new Map()
  const found = problems.during(() => {
    const sources = groups.flatMap((files) =>
      packagesIn(
        files.map(({ syntax }) => syntax),
        problems,
      ),
    )
    const binaries = before.binaries(binary, problems)
    const ordered = orderPackages(sources, problems, binaries)
    before.begin()
    packages = resolveAll(ordered, binaries, problems, before.joined, (source, known) =>
      before.resolve(source, known, problems, references),
    )
  })
  const models = Array.from(packages, ([name, { model }]) => [name, model] as const)
  return { problems: unreadable.length > 0 ? unreadable : found, references, packages: new Map(models) }
}
