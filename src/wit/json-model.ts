/**
 * WIT packages as JSON, for programs in any language. What is not said of something is left out: no `null`, no empty lists but those of
 * members. Properties may be added in later versions; what is there stays. `docs/wit.schema.json` is the same as a JSON Schema.
 */
import type { PrimitiveKind } from '../component/value-type.ts'

/** What `tenon wit --json` prints. */
export interface JsonWit {
  readonly format: 'tenon-wit'
  /** Goes up when a program that reads it has to change. */
  readonly version: 1
  /** The name of the package that was asked for. */
  readonly main: string
  /** Each behind those that it needs. */
  readonly packages: readonly JsonPackage[]
}

export interface JsonPackage {
  /** In full: `ns:pkg@1.0.0`. */
  readonly name: string
  readonly docs?: string
  readonly place?: JsonPlace
  /** Each behind those that it uses. */
  readonly interfaces: readonly JsonInterface[]
  readonly worlds: readonly JsonWorld[]
}

/** Of the name of what it is said of; of an import or export of a world that of the item. */
export interface JsonPlace {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1, in characters. */
  readonly column: number
}

interface JsonItem {
  readonly name: string
  readonly docs?: string
  readonly stability?: JsonStability
  readonly externalId?: string
  readonly place?: JsonPlace
}

/** Gates; `deprecated` is a version. */
export type JsonStability =
  | { readonly since: string; readonly deprecated?: string }
  | { readonly unstable: string; readonly deprecated?: string }

/** `name` is that in its package. */
export interface JsonInterface extends JsonItem, JsonScope {}

interface JsonScope {
  /** In an order in which each stands behind those that it needs. */
  readonly types: readonly JsonTypeDefinition[]
  /** Without those of resources. */
  readonly functions: readonly JsonFunction[]
}

export interface JsonWorld extends JsonItem {
  /** All that it imports: what is included, too, and what its interfaces need. Types are in `types`. */
  readonly imports: readonly JsonWorldItem[]
  readonly exports: readonly JsonWorldItem[]
  /** Imported: those that it uses, and its own. */
  readonly types: readonly JsonTypeDefinition[]
}

export type JsonWorldItem =
  /** `name` is that of the import or export: the interface's own, in full, or a label. */
  | (JsonItem & { readonly kind: 'interface'; readonly interface: string })
  /** An interface that is written in the world. */
  | (JsonItem & JsonScope & { readonly kind: 'inline-interface' })
  | (JsonFunction & { readonly kind: 'function' })

export interface JsonFunction extends JsonItem {
  readonly async: boolean
  /** Without a method's `self`. */
  readonly parameters: readonly JsonField[]
  readonly result?: JsonType
}

export interface JsonField {
  readonly name: string
  readonly type: JsonType
  readonly docs?: string
}

export interface JsonCase {
  readonly name: string
  readonly type?: JsonType
  readonly docs?: string
}

export type JsonTypeDefinition = JsonItem &
  (
    | { readonly kind: 'record'; readonly fields: readonly JsonField[] }
    | { readonly kind: 'variant' | 'enum' | 'flags'; readonly cases: readonly JsonCase[] }
    | { readonly kind: 'resource'; readonly functions: readonly JsonMember[] }
    /** `type name = type` */
    | { readonly kind: 'alias'; readonly type: JsonType }
    /** `use interface.{type as name}`; `interface` in full. */
    | { readonly kind: 'use'; readonly interface: string; readonly type: string }
  )

/** A constructor's name is that of its resource, and its result what it gives. */
export interface JsonMember extends JsonFunction {
  readonly kind: 'constructor' | 'method' | 'static'
}

/** A type where it is used. `name` is one of the same interface or world, of a type or of an owned resource. */
export type JsonType =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'borrow' | 'own'; readonly resource: string }
  | { readonly kind: 'list'; readonly element: JsonType; readonly length?: number }
  | { readonly kind: 'option'; readonly type: JsonType }
  | { readonly kind: 'result'; readonly ok?: JsonType; readonly error?: JsonType }
  | { readonly kind: 'tuple'; readonly types: readonly JsonType[] }
  | { readonly kind: 'stream' | 'future'; readonly element?: JsonType }
  | { readonly kind: 'map'; readonly key: JsonType; readonly value: JsonType }
  /** Records, variants, enums and flags always have names. */
  | { readonly kind: PrimitiveKind }
