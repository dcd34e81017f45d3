import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { BinaryPackages } from './binary-packages.ts'
import { mergePackage } from './package-merger.ts'
import type { WitPackage } from './package.ts'
import { packagesNeededBy } from './packages-needed-by.ts'
import type { Problems } from './problems.ts'
import type { KnownPackages, ResolvedPackage } from './resolve-package.ts'
import { resolvedPackageOf } from './resolved-package-of.ts'

/** What was made of a package, and of what. */
interface Joined {
  readonly text: ResolvedPackage | undefined
  readonly binary: WitPackage
  /** What its binary form needs of others, as they are joined. */
  readonly needs: ReadonlyMap<string, WitPackage | undefined>
  readonly resolved: ResolvedPackage
  readonly replaced: ReadonlyMap<object, object>
  readonly problems: readonly Diagnostic[]
}

/**
 * Packages that are there in binary form, with their texts. One that is there both as text and in part in binary form, because another one
 * needs it, is what both say, and what needs that in binary form needs what both say. What is made of the same as the last time is the same.
 */
export class JoinedPackages {
  #before: ReadonlyMap<string, Joined> = new Map()
  #now = new Map<string, Joined>()
  #replaced = new Map<object, object>()

  /** All packages are joined once more: what was not asked for since the last time is forgotten. */
  begin(): void {
    this.#before = this.#now
    this.#now = new Map()
    this.#replaced = new Map()
  }

  /** @param known what it needs, joined before */
  join(
    name: string,
    text: ResolvedPackage | undefined,
    binaries: BinaryPackages,
    known: KnownPackages,
    problems: Problems,
  ): ResolvedPackage {
    const binary = binaries.get(name)!
    const before = this.#before.get(name)
    const isSame =
      before?.binary === binary &&
      before.text === text &&
      before.needs.entries().every(([need, given]) => known.get(need)?.model === given)
    const joined = isSame ? before : this.#make(text, binary, binaries, known, problems)
    this.#now.set(name, joined)
    for (const [given, now] of joined.replaced) this.#replaced.set(given, now)
    problems.add(joined.problems)
    return joined.resolved
  }

  #make(
    text: ResolvedPackage | undefined,
    binary: WitPackage,
    binaries: BinaryPackages,
    known: KnownPackages,
    problems: Problems,
  ): Joined {
    const needs = new Map(Array.from(packagesNeededBy(binary), (need) => [need, known.get(need)?.model]))
    const isUntouched = needs.entries().every(([need, given]) => binaries.get(need) === given)
    if (text === undefined && isUntouched)
      return { text, binary, needs, resolved: resolvedPackageOf(binary), replaced: new Map(), problems: [] }
    const { made, reported } = problems.part((own) =>
      text
        ? mergePackage(text.model, binary, this.#replaced, own)
        : mergePackage(binary, undefined, this.#replaced, own),
    )
    const resolved = resolvedPackageOf(made.model)
    return { text, binary, needs, resolved, replaced: made.replaced, problems: reported }
  }
}
