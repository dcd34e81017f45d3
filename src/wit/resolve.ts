import { type Features, Gates } from './gates.ts'
import { printPackageName, type WitPackage } from './package.ts'
import { orderPackages } from './package-order.ts'
import { gatherPackages, type PackageSource, type WitFile } from './package-sources.ts'
import { Problems } from './problems.ts'
import { type ResolvedPackage, resolvePackage } from './resolve-package.ts'

/** The texts of a package, and those of what it needs. */
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
 * WIT texts as packages with all names looked up (WIT.md, "Name resolution").
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
  const groups = [files, ...dependencies].map((group) => gatherPackages(group, problems))
  problems.throwIfAny()
  const packages = groups.flatMap((group) => group ?? [])
  const main = groups[0]!.at(-1)!
  const resolved = resolveAll(orderPackages(packages, problems), new Gates(features, problems), problems)
  problems.throwIfAny()
  const models = [...resolved.values()].map(({ model }) => model)
  return { main: resolved.get(printPackageName(main.name))!.model, packages: models }
}

function resolveAll(
  ordered: readonly PackageSource[],
  gates: Gates,
  problems: Problems,
): ReadonlyMap<string, ResolvedPackage> {
  const resolved = new Map<string, ResolvedPackage>()
  for (const source of ordered) {
    resolved.set(printPackageName(source.name), resolvePackage(source, resolved, gates, problems))
  }
  return resolved
}
