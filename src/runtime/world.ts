/** What TypeScript knows of a component's imports and exports. `tenon types` writes a type for each world. */
import type { Imports } from './imports.ts'
import type { Exports } from './instance.ts'

/** Types of what a component imports and exports: what `Component.load<World>()` is told. */
export interface World {
  readonly imports: object
  readonly exports: object
}

/** What is known of a component where nothing is said. */
export interface AnyWorld extends World {
  readonly imports: Imports
  readonly exports: Exports
}

/**
 * What may be given for imports: each under its name, or another one under which it is looked for. Nothing in it is missing yet,
 * see `MissingImports`.
 */
export type GivenImports<R> = string extends keyof R
  ? object
  : Partial<R> & { readonly [K in keyof R as OtherNames<K>]?: R[K] }

/** The part of the imports `R` that `G` has nothing for. */
export type MissingImports<R, G> = string extends keyof R ? unknown : Pick<R, MissingNames<R, G>>

type MissingNames<R, G> = {
  [K in keyof R]: K extends keyof G ? never : [Extract<keyof G, OtherNames<K>>] extends [never] ? K : never
}[keyof R]

/** Names of the same interface: without a version, or with another one on its semver track. */
type OtherNames<Name> = Name extends `${infer Path}@${infer Version}`
  ? Path | `${Path}@${Track<Version>}` | `${Path}@${Track<Version>}.${string}`
  : never

/** `0.2` of `0.2.6`, `1` of `1.4.0`; `0.0.3` and pre-releases are compatible with nothing else. */
type Track<Version> = Version extends `0.0.${string}` | `${string}-${string}`
  ? Version
  : Version extends `0.${infer Minor}.${string}`
    ? `0.${Minor}`
    : Version extends `${infer Major}.${string}`
      ? Major
      : Version

/** What a component is that can be instantiated without imports; of another one, an error names what it needs. */
export type WithoutImports<Component, R> = NonNullable<unknown> extends R ? Component : NeedsImports<R>

export interface NeedsImports<R> {
  readonly needs: R
}
