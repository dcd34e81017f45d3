import { BinaryPackages, isBinary, readPackages } from './binary-packages.ts'
import { type Features, Gates } from './gates.ts'
import { JoinedPackages } from './joined-packages.ts'
import { type PackageName, printPackageName, type WitPackage } from './package.ts'
import { orderPackages } from './package-order.ts'
import { gatherPackages, type PackageSource, type WitFile } from './package-sources.ts'
import { Problems } from './problems.ts'
import { type KnownPackages, type ResolvedPackage, resolvePackage } from './resolve-package.ts'

/** The texts of a package, and those of what it needs; instead of texts one file in binary form. */
export interface WitSources {
  /** The files that make up the package together. */
  readonly files: readonly WitFile[]
  /** One entry for each folder or file of `deps`: the files in it. */
  readonly dependencies?: readonly (readonly WitFile[])[]
}

export interface ResolveOptions {
  /** The unstable features that take part; none where nothing is said (WIT.md, "Feature Gates"). */
  readonly features?: Features
}

export interface ResolvedWit {
  /** The package of `files`. */
  readonly main: WitPackage
  /** All, each behind those that it needs. */
  readonly packages: readonly WitPackage[]
}

/**
 * WIT texts, and packages in binary form, as packages with all names looked up (WIT.md, "Name resolution").
 *
 * @throws {WitError} with all problems of the texts; names are looked up only where all files parse
 * @example
 * const text = 'package a:b; interface c { type size = u32; get: func() -> size; }'
 * resolveWit({ files: [{ name: 'c.wit', text }] }).main.interfaces.get('c').functions.get('get').type.result // { kind: 'u32' }
 */
export function resolveWit(
  { files, dependencies = [] }: WitSources,
  { features = new Set() }: ResolveOptions = {},
): ResolvedWit {
  const problems = new Problems()
  const binaries = new BinaryPackages(problems)
  const groups = [files, ...dependencies].map((group) => packagesOf(group, binaries, problems))
  problems.throwIfAny()
  const packages = groups.flatMap(({ sources }) => sources)
  const ordered = orderPackages(packages, problems, binaries)
  const gates = new Gates(features, problems)
  const resolved = resolveAll(ordered, binaries, problems, new JoinedPackages(), (source, known) =>
    resolvePackage(source, known, gates, problems),
  )
  problems.throwIfAny()
  const models = [...resolved.values()].map(({ model }) => model)
  return { main: resolved.get(printPackageName(groups[0]!.main!))!.model, packages: models }
}

/** @returns the name of the package that the files are, and the packages that they have as text */
function packagesOf(
  group: readonly WitFile[],
  binaries: BinaryPackages,
  problems: Problems,
): { readonly main: PackageName | undefined; readonly sources: readonly PackageSource[] } {
  const [only, ...others] = group
  if (only !== undefined && others.length === 0 && isBinary(only))
    return { main: binaries.add(readPackages(only))?.name, sources: [] }
  const sources = gatherPackages(group, problems) ?? []
  return { main: sources.at(-1)?.name, sources }
}

/** @param resolveText looks up the names of a package's texts */
export function resolveAll(
  ordered: readonly PackageSource[],
  binaries: BinaryPackages,
  problems: Problems,
  joined: JoinedPackages,
  resolveText: (source: PackageSource, known: KnownPackages) => ResolvedPackage,
): ReadonlyMap<string, ResolvedPackage> {
  const resolved = new Map<string, ResolvedPackage>()
  for (const source of ordered) {
    const name = printPackageName(source.name)
    const text = source.sections.length > 0 ? resolveText(source, resolved) : undefined
    const isText = binaries.get(name) === undefined
    resolved.set(name, isText ? text! : joined.join(name, text, binaries, resolved, problems))
  }
  return resolved
}
