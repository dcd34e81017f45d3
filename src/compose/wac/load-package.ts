import type { ComponentType } from '../../component/extern-type.ts'
import { TenonError } from '../../errors.ts'
import { printPackageName } from '../../wit/package.ts'
import { resolvedPackageOf } from '../../wit/resolved-package-of.ts'
import type { ResolvedPackage } from '../../wit/resolve-package.ts'
import { type Package, packageFrom } from '../package-source.ts'
import type { Document } from './document.ts'
import type { FoundPackage, PackageFinder } from './package-finder.ts'
import type { PackageReference } from './syntax.ts'

export type LoadedPackage =
  | {
      readonly kind: 'component'
      /** `namespace:name@version` */
      readonly name: string
      readonly type: ComponentType
    }
  | { readonly kind: 'wit'; readonly name: string; readonly resolved: ResolvedPackage }

/** Finds the packages of a document, each once. */
export class PackageLoader {
  readonly #document: Document
  readonly #finder: PackageFinder
  readonly #loaded = new Map<string, LoadedPackage | undefined>()

  constructor(document: Document, finder: PackageFinder) {
    this.#document = document
    this.#finder = finder
  }

  /** @throws {Unreadable} where there is none, or a broken one, which is reported where it is named first */
  load(reference: PackageReference): LoadedPackage {
    const { name, version } = reference
    const key = version === undefined ? name : `${name}@${version}`
    if (!this.#loaded.has(key)) {
      const loaded = this.#document.attempt(() => this.#load(key, reference))
      this.#loaded.set(key, loaded)
    }
    return this.#loaded.get(key) ?? this.#document.stop()
  }

  #load(key: string, { name, version, nameSpan }: PackageReference): LoadedPackage {
    try {
      const found = this.#finder.find(name, version)
      if (found !== undefined) {
        this.#checkName(found, { name, version, nameSpan })
        return this.#open(key, found)
      }
    } catch (error) {
      if (!(error instanceof TenonError)) throw error
      const [message, ...more] = error.message.split('\n')
      return this.#document.fail(nameSpan, `failed to read package \`${key}\`: ${message}`, { notes: more })
    }
    return this.#document.fail(nameSpan, `unknown package \`${key}\``, {
      notes: [
        ...this.#document.problems.didYouMean(name, [...(this.#finder.names?.() ?? [])]),
        ...(this.#finder.describePlaces ? [this.#finder.describePlaces(name, version)] : []),
      ],
    })
  }

  /** WIT says its own name; components do not. */
  #checkName(
    found: FoundPackage,
    { name, version, nameSpan }: Pick<PackageReference, 'name' | 'version' | 'nameSpan'>,
  ): void {
    if (found.kind !== 'wit') return
    const own = found.package.name
    const isOther = version !== undefined && own.version !== version
    if (isOther || `${own.namespace}:${own.package}` !== name)
      this.#document.fail(nameSpan, `what was found is package \`${printPackageName(own)}\``, {
        notes: isOther ? [`wanted is version ${version}`] : [],
      })
  }

  #open(key: string, found: FoundPackage): LoadedPackage {
    if (found.kind === 'wit') return { kind: 'wit', name: key, resolved: resolved(found) }
    const one = checked(found, key)
    this.#document.composition = this.#document.composition.add(key, one)
    return { kind: 'component', name: key, type: one.type }
  }
}

type FoundComponent = Extract<FoundPackage, { kind: 'component' }>
type FoundWit = Extract<FoundPackage, { kind: 'wit' }>

/** Of what was found before: editors ask for the same with every key that is pressed. */
const components = new WeakMap<FoundComponent, Package>()
const witPackages = new WeakMap<FoundWit, ResolvedPackage>()

/**
 * @param name of the package, for the one that reads it first
 * @throws {DecodeError | ValidationError}
 */
export function checked(found: FoundComponent, name: string): Package {
  const known = components.get(found) ?? packageFrom(name, found.component)
  components.set(found, known)
  return known
}

function resolved(found: FoundWit): ResolvedPackage {
  const known = witPackages.get(found) ?? resolvedPackageOf(found.package)
  witPackages.set(found, known)
  return known
}
