import type { NumberList } from '../../component/number-list.ts'
import type { Shared } from '../../runtime/async/copy-end.ts'
import type { ErrorContext } from '../../runtime/async/error-context.ts'
import type { RuntimeResource } from '../../runtime/resource.ts'

/**
 * Component values shaped as definitions.py shapes them, whatever the JavaScript outside looks like. Specialized types
 * are spelled out: an option is a variant, a map is a list of records with the fields `0` and `1`.
 *
 * Code that is told a value's type (`store`, `lowerFlat`) trusts that the value fits: `from-javascript.ts` has checked it.
 */
export type Value =
  | boolean
  /** All integers, as Python's have no bounds. */
  | bigint
  /** f32 and f64. */
  | number
  /** char and string. */
  | string
  | ListValue
  | RecordValue
  | VariantValue
  | HandleValue
  /** A stream or future: what its two ends share. */
  | Shared
  | ErrorContext

/** A list of numbers may be a typed array: see `number-list.ts`. */
export type ListValue = readonly Value[] | NumberList

/** A record by labels; flags are a record of booleans. */
export type RecordValue = ReadonlyMap<string, Value>

export interface VariantValue {
  readonly label: string
  /** Undefined where the case has no payload. */
  readonly payload: Value | undefined
}

/**
 * `own` and `borrow`: the object that stands for the resource on the other side of the border. (definitions.py passes the
 * bare rep; how often and how long it may be used is up to the object here.)
 */
export interface HandleValue {
  readonly resource: RuntimeResource
  readonly own: boolean
  /** Another one once a call that waits has reserved it. */
  object: object
}
