/** What a back end has to move elements of streams and futures with, where it is faster than the literal interpreter. */
import type { ValueType } from '../../component/value-type.ts'
import type { CanonicalContext, CanonicalOptions } from '../back-end.ts'

/** For elements other than numbers, which are copied as they are; undefined where it has nothing for the type. */
export type ElementValues = (
  element: ValueType,
  options: CanonicalOptions,
) => ((context: CanonicalContext) => ElementMover) | undefined

/** Between one guest's memory and JavaScript's values, at places that were checked. */
export interface ElementMover {
  /** False: the type is too large for it. */
  readonly works: boolean
  /** @param between they only go on to another component */
  load(pointer: number, count: number, between: boolean): readonly unknown[]
  store(pointer: number, values: readonly unknown[]): void
}
