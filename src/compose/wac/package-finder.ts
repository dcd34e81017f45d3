import type { Component } from '../../component/component.ts'
import type { WitPackage } from '../../wit/package.ts'

/** What a name of a package leads to: a component, which can be instantiated, or WIT, which has interfaces and worlds. */
export type FoundPackage =
  | { readonly kind: 'component'; readonly component: Uint8Array | Component }
  | { readonly kind: 'wit'; readonly package: WitPackage }

/** Where the packages that a WAC text names come from. */
export interface PackageFinder {
  /**
   * @param name `namespace:name`
   * @param version as written; undefined where the text says none
   * @returns undefined if there is no such package; what is thrown is shown with the place where the text names the package. The same
   *   object is read once: return it again where the package is the same, another one where it has changed
   */
  find(name: string, version: string | undefined): FoundPackage | undefined
  /** The names that there are, where that is known: an unknown one may be a misspelt one of them. */
  names?(): Iterable<string>
  /** Where a package was looked for that is not there, for messages. */
  describePlaces?(name: string, version: string | undefined): string
}
