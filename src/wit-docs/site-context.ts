import type { PackageName } from '../wit/package.ts'
import {
  type Address,
  Addresses,
  functionAnchor,
  type Home,
  href,
  fullName,
  partAnchor,
} from './addresses.ts'
import type { WitPackage } from '../wit/package.ts'
import type { CodeLinks } from './markdown.ts'
import { References } from './references.ts'
import type { ScopeNames } from './scope-names.ts'

/** What every page needs to know of all of them. */
export class SiteContext {
  readonly packages: readonly WitPackage[]
  readonly addresses: Addresses
  readonly references: References
  /** By full names and by those without versions. */
  readonly #items = new Map<string, Address>()

  constructor(packages: readonly WitPackage[]) {
    this.packages = packages
    this.addresses = new Addresses(packages)
    this.references = new References(packages)
    for (const { name, interfaces, worlds } of packages) {
      this.#learn(name, undefined, this.addresses.package(name))
      for (const item of [...interfaces.keys(), ...worlds.keys()])
        this.#learn(name, item, this.addresses.item(name, item))
    }
  }

  #learn(home: PackageName, item: string | undefined, address: Address | undefined): void {
    if (address === undefined) return
    this.#items.set(fullName(home, item), address)
    this.#items.set(fullName({ ...home, version: undefined }, item), address)
  }

  /**
   * What code spans in docs name: a type or a function that is known where they stand, `resource.method` and `enum::case`,
   * an interface or a world of the package, or one with its full name.
   */
  codeLinks(home: PackageName, scope?: { readonly at: Home; readonly names: ScopeNames }): CodeLinks {
    return (code) => {
      const name = code.replaceAll('::', '.').replaceAll('%', '')
      const address = (scope && this.#inScope(name, scope.at, scope.names)) ?? this.addresses.item(home, name)
      const found = address ?? this.#items.get(name)
      return found === undefined
        ? undefined
        : href(scope?.at.page ?? this.addresses.package(home)!.page, found)
    }
  }

  #inScope(name: string, at: Home, names: ScopeNames): Address | undefined {
    const [type, part] = name.split('.')
    const definition = names.byName(type!)
    const typeAddress = definition && this.addresses.type(definition)
    if (typeAddress === undefined) return this.addresses.within(at, functionAnchor(name))
    if (part === undefined) return typeAddress
    return this.addresses.within(
      { page: typeAddress.page, prefix: '' },
      partAnchor(typeAddress.anchor!, part),
    )
  }
}
