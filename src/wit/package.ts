/**
 * WIT with all names looked up. Types are those of components (`src/component`), the same that a decoded component has:
 * what prints, types or encodes them need not know which of the two they came from.
 *
 * What a scope defines has a type object of its own, by whose identity its name is found again; a `use` shares the object of
 * what it uses. `type b = a` has its own object too, with the parts of `a`.
 */
import type { FunctionType, ResourceHandles } from '../component/extern-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import type { Place } from './problems.ts'

export type { ResourceHandles } from '../component/extern-type.ts'

/** `namespace:package@version` */
export interface PackageName {
  readonly namespace: string
  readonly package: string
  readonly version: string | undefined
}

export interface WitPackage {
  readonly name: PackageName
  readonly docs: string | undefined
  /** Where it is given its name, if a text says. */
  readonly place?: Place | undefined
  /** Definitions first, in an order in which each stands behind those that it uses. */
  readonly interfaces: ReadonlyMap<string, WitInterface>
  readonly worlds: ReadonlyMap<string, WitWorld>
}

/** WIT.md, "Feature Gates". */
export type Stability =
  | { readonly kind: 'since'; readonly version: string; readonly deprecated: string | undefined }
  | { readonly kind: 'unstable'; readonly feature: string; readonly deprecated: string | undefined }

interface Documented {
  readonly docs: string | undefined
  /** Undefined where there is no gate. */
  readonly stability: Stability | undefined
  /** Where its name stands, in a world that of the import or export; undefined where no text says. */
  readonly place?: Place | undefined
}

export interface WitInterface extends Documented {
  readonly kind: 'interface'
  /** Undefined for those that are written inside of a world's import or export. */
  readonly name: string | undefined
  readonly package: PackageName
  /** What it uses from others first. */
  readonly types: ReadonlyMap<string, TypeDefinition>
  /** By extern name: `add`, `[method]file.read`, `[constructor]file`. */
  readonly functions: ReadonlyMap<string, WitFunction>
}

export interface WitWorld extends Documented {
  readonly kind: 'world'
  readonly name: string
  readonly package: PackageName
  /**
   * With all that its interfaces need: interfaces first, then types, then functions. Keys are extern names, for an interface with a
   * name that in full.
   */
  readonly imports: ReadonlyMap<string, WorldItem>
  readonly exports: ReadonlyMap<string, WorldItem>
}

export type WorldItem =
  | (Documented & {
      readonly kind: 'interface'
      /** Where it is imported or exported under a label, and has a name, the label says which of several it is. */
      readonly label: string | undefined
      readonly interface: WitInterface
      /**
       * Of a component: the names of the types and functions that it has here, where the interface has more, because the component
       * both imports and exports it. Undefined where it has all.
       */
      readonly parts?: ReadonlySet<string> | undefined
      readonly externalId: string | undefined
    })
  | WitFunction
  | TypeDefinition

export interface WitFunction extends Documented {
  readonly kind: 'function'
  /** The extern name. */
  readonly name: string
  /** A method's first parameter is `self`. */
  readonly type: FunctionType
  readonly externalId: string | undefined
}

export interface TypeDefinition extends Documented {
  readonly kind: 'type'
  readonly name: string
  readonly owner: WitInterface | WitWorld
  readonly type: ValueType | ResourceType
  /** Of a resource: what its name means where a value's type stands, by itself and in `borrow<…>`. */
  readonly handles: ResourceHandles | undefined
  /** The definition that this is another name of: `type b = a`, `use i.{a}`. */
  readonly aliasOf: TypeDefinition | undefined
  /** Of fields, cases and flags that have some. */
  readonly partDocs: ReadonlyMap<string, string>
  readonly externalId: string | undefined
}

/** `ns:pkg@1.0.0` */
export function printPackageName({ namespace, package: name, version }: PackageName): string {
  return `${namespace}:${name}${version === undefined ? '' : `@${version}`}`
}

/** The extern name of an interface or a world: `ns:pkg/name@1.0.0`. */
export function nameInPackage({ namespace, package: own, version }: PackageName, name: string): string {
  return `${namespace}:${own}/${name}${version === undefined ? '' : `@${version}`}`
}
