/**
 * Value types as the checker resolves them: no indices, only types. The kinds are those of the Component Model's
 * `defvaltype` (Explainer.md, "Type Definitions").
 *
 * Identity matters in two places. A `ResourceType` is generative: two are equal only if they are one object.
 * A record, variant, enum or flags that an interface exports under a name is one object wherever it is used,
 * so that printers can find its name again.
 */
export type ValueType =
  | PrimitiveType
  | ListType
  | RecordType
  | TupleType
  | VariantType
  | EnumType
  | FlagsType
  | OptionType
  | ResultType
  | MapType
  | OwnType
  | BorrowType
  | StreamType
  | FutureType

export type PrimitiveKind =
  | 'bool'
  | 's8'
  | 'u8'
  | 's16'
  | 'u16'
  | 's32'
  | 'u32'
  | 's64'
  | 'u64'
  | 'f32'
  | 'f64'
  | 'char'
  | 'string'
  | 'error-context'

export interface PrimitiveType {
  readonly kind: PrimitiveKind
}

/** `list<element>`, or `list<element, length>` where `length` (≥ 1) is given. */
export interface ListType {
  readonly kind: 'list'
  readonly element: ValueType
  readonly length?: number | undefined
}

export interface Field {
  /** The label as written, kebab-case. */
  readonly name: string
  readonly type: ValueType
}

export interface RecordType {
  readonly kind: 'record'
  readonly fields: readonly Field[]
}

export interface TupleType {
  readonly kind: 'tuple'
  readonly types: readonly ValueType[]
}

export interface Case {
  readonly name: string
  readonly type: ValueType | undefined
}

export interface VariantType {
  readonly kind: 'variant'
  readonly cases: readonly Case[]
}

export interface EnumType {
  readonly kind: 'enum'
  readonly names: readonly string[]
}

/** 1 to 32 labels. */
export interface FlagsType {
  readonly kind: 'flags'
  readonly names: readonly string[]
}

export interface OptionType {
  readonly kind: 'option'
  readonly type: ValueType
}

export interface ResultType {
  readonly kind: 'result'
  readonly ok: ValueType | undefined
  readonly error: ValueType | undefined
}

export interface MapType {
  readonly kind: 'map'
  readonly key: ValueType
  readonly value: ValueType
}

export interface OwnType {
  readonly kind: 'own'
  readonly resource: ResourceType
}

export interface BorrowType {
  readonly kind: 'borrow'
  readonly resource: ResourceType
}

export interface StreamType {
  readonly kind: 'stream'
  readonly element: ValueType | undefined
}

export interface FutureType {
  readonly kind: 'future'
  readonly element: ValueType | undefined
}

/** A resource type. Equal only to itself: compare by identity, never by name. */
export interface ResourceType {
  readonly kind: 'resource'
  /** For messages and printers: the name it was imported, defined or exported under, if any. */
  readonly name: string | undefined
}
