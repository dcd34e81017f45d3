import { BinaryPackages, isBinary } from './binary-packages.ts'
import { type Features, Gates } from './gates.ts'
import { PackageMerger } from './package-merger.ts'
import { type PackageName, printPackageName, type WitPackage } from './package.ts'
import { orderPackages } from './package-order.ts'
import { gatherPackages, type PackageSource, type WitFile } from './package-sources.ts'
import { Problems } from './problems.ts'
import { type KnownPackages, type ResolvedPackage, resolvePackage } from './resolve-package.ts'
import { resolvedPackageOf } from './resolved-package-of.ts'

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
  const resolved = resolveAll(ordered, binaries, problems, (source, known) =>
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
    return { main: binaries.add(only)?.name, sources: [] }
  const sources = gatherPackages(group, problems) ?? []
  return { main: sources.at(-1)?.name, sources }
}

/**
 * A package that is there both as text and in part in binary form, because another one needs it, is what both say.
 *
 * @param resolveText looks up the names of a package's texts
 */
export function resolveAll(
  ordered: readonly PackageSource[],
  binaries: BinaryPackages,
  problems: Problems,
  resolveText: (source: PackageSource, known: KnownPackages) => ResolvedPackage,
): ReadonlyMap<string, ResolvedPackage> {
  const resolved = new Map<string, ResolvedPackage>()
  const merger = new PackageMerger(problems)
  for (const source of ordered) {
    const name = printPackageName(source.name)
    const binary = binaries.get(name)
    const text = source.sections.length > 0 ? resolveText(source, resolved) : undefined
    if (binary === undefined) resolved.set(name, text!)
    else {
      const model = text ? merger.merge(text.model, binary) : merger.merge(binary)
      resolved.set(name, resolvedPackageOf(model))
    }
  }
  return resolved
}
