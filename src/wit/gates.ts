import type { Source } from '../diagnostics/source.ts'
import { compareVersions, parseVersion, type Version } from '../component/semver.ts'
import { type PackageName, printPackageName, type Stability } from './package.ts'
import type { Place, Problems } from './problems.ts'
import type { Attribute } from './syntax.ts'

/** Which unstable features take part. */
export type Features = ReadonlySet<string> | 'all'

/** Reads feature gates, and decides by them what is part of a package (WIT.md, "Feature Gates"). */
export class Gates {
  readonly #features: Features
  readonly #problems: Problems

  constructor(features: Features, problems: Problems) {
    this.#features = features
    this.#problems = problems
  }

  stability(source: Source, attributes: readonly Attribute[]): Stability | undefined {
    if (attributes.length === 0) return undefined
    const since = this.#only(source, attributes, 'since')
    const unstable = this.#only(source, attributes, 'unstable')
    const deprecation = this.#only(source, attributes, 'deprecated')
    const deprecated = deprecation?.version
    if (since && unstable)
      this.#problems.report({ source, span: since }, 'cannot specify both @since and @unstable', {
        related: [{ source, span: unstable, text: 'the other' }],
      })
    if (since) return { kind: 'since', version: since.version, deprecated }
    if (unstable) return { kind: 'unstable', feature: unstable.feature, deprecated }
    if (deprecation)
      this.#problems.report(
        { source, span: deprecation },
        'cannot specify @deprecated without @since or @unstable',
      )
    return undefined
  }

  externalId(source: Source, attributes: readonly Attribute[]): string | undefined {
    return this.#only(source, attributes, 'external-id')?.id
  }

  /** @param place where to say that a gate names a version that is not out */
  includes(stability: Stability | undefined, { version, ...rest }: PackageName, place: Place): boolean {
    if (stability === undefined) return true
    if (stability.kind === 'unstable')
      return this.#features === 'all' || this.#features.has(stability.feature)
    const name = printPackageName({ version, ...rest })
    if (version === undefined) {
      this.#problems.report(
        place,
        `package [${name}] contains a feature gate with a version specifier, so it must have a version`,
        { notes: [`give it one: \`package ${name}@${stability.version};\``] },
      )
    } else if (isAfter(stability.version, version)) {
      this.#problems.report(
        place,
        `feature gate cannot reference unreleased version ${stability.version} of package [${name}] (current version ${version})`,
        { notes: [`say \`@since(version = ${version})\`, or raise the version of the package`] },
      )
    }
    return true
  }

  #only<K extends Attribute['kind']>(
    source: Source,
    attributes: readonly Attribute[],
    kind: K,
  ): (Attribute & { readonly kind: K }) | undefined {
    const found = attributes.filter((one): one is Attribute & { readonly kind: K } => one.kind === kind)
    const [first, second] = found
    if (second !== undefined)
      this.#problems.report({ source, span: second }, `cannot specify @${kind} twice`, {
        related: [{ source, span: first!, text: 'first here' }],
      })
    return first
  }
}

/** Both were checked when they were read. */
function isAfter(a: string, b: string): boolean {
  return compareVersions(parseVersion(a) as Version, parseVersion(b) as Version) > 0
}
