import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { BinaryPackages, type ReadPackages } from './binary-packages.ts'
import { Gates } from './gates.ts'
import { JoinedPackages } from './joined-packages.ts'
import { printPackageName } from './package.ts'
import type { PackageSource } from './package-sources.ts'
import type { Problems } from './problems.ts'
import { References } from './references.ts'
import { type KnownPackages, type ResolvedPackage, resolvePackage } from './resolve-package.ts'

/** What a look at a package's texts found. */
interface Found {
  readonly source: PackageSource
  /** What it asked for of other packages, and was given. */
  readonly asked: ReadonlyMap<string, ResolvedPackage | undefined>
  readonly resolved: ResolvedPackage
  readonly references: References
  readonly problems: readonly Diagnostic[]
}

/**
 * What packages were resolved to when texts were last looked at: what has the same texts, and needs the same of others, is not
 * resolved again. Texts are the same if they were not parsed again, files in binary form if they were not read again. All features take part.
 */
export class ResolvedBefore {
  #before: ReadonlyMap<string, Found> = new Map()
  #now = new Map<string, Found>()
  #files: readonly ReadPackages[] = []
  #binaries: { readonly made: BinaryPackages; readonly reported: readonly Diagnostic[] } | undefined
  readonly joined = new JoinedPackages()

  /** The texts are looked at once more: what was not asked for since the last time is forgotten. */
  begin(): void {
    this.#before = this.#now
    this.#now = new Map()
    this.joined.begin()
  }

  /** What there is in binary form. */
  binaries(files: readonly ReadPackages[], problems: Problems): BinaryPackages {
    const isSame = files.length === this.#files.length && files.every((one, i) => one === this.#files[i])
    if (!isSame) this.#binaries = undefined
    this.#files = files
    this.#binaries ??= problems.part((own) => {
      const binaries = new BinaryPackages(own)
      for (const one of files) binaries.add(one)
      return binaries
    })
    problems.add(this.#binaries.reported)
    return this.#binaries.made
  }

  resolve(
    source: PackageSource,
    known: KnownPackages,
    problems: Problems,
    references: References,
  ): ResolvedPackage {
    const name = printPackageName(source.name)
    const before = this.#before.get(name)
    const found = before && stillHolds(before, source, known) ? before : look(source, known, problems)
    this.#now.set(name, found)
    references.include(found.references)
    problems.add(found.problems)
    return found.resolved
  }
}

function stillHolds({ source, asked }: Found, now: PackageSource, known: KnownPackages): boolean {
  const { sections, place, docs } = now
  return (
    place.source === source.place.source &&
    place.span === source.place.span &&
    docs === source.docs &&
    sections.length === source.sections.length &&
    sections.every(({ items }, i) => items === source.sections[i]!.items) &&
    asked.entries().every(([name, given]) => known.get(name) === given)
  )
}

/** @throws {WitError} where there is too much to report */
function look(source: PackageSource, known: KnownPackages, problems: Problems): Found {
  const asked = new Map<string, ResolvedPackage | undefined>()
  const asking: KnownPackages = {
    get(name) {
      const given = known.get(name)
      asked.set(name, given)
      return given
    },
  }
  const references = new References()
  const { made, reported } = problems.part((own) =>
    resolvePackage(source, asking, new Gates('all', own), own, references),
  )
  return { source, asked, resolved: made, references, problems: reported }
}
