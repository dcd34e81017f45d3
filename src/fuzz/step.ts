/** One thing to do with an instance. Plain data: it goes to other threads. */
export type Step = CallStep | DropStep

export interface CallStep {
  readonly kind: 'call'
  /** Number of the target. */
  readonly target: number
  /** Where a handle belongs stands a number: which of those that are there to take. */
  readonly args: readonly unknown[]
}

export interface DropStep {
  readonly kind: 'drop'
  /** Number of the resource. */
  readonly resource: number
  readonly pick: number
}

/** A step that was carried out: handles have numbers, in the order in which they came. */
export type TracedStep =
  | {
      readonly kind: 'call'
      readonly target: number
      /** Where a handle belongs stands its number. */
      readonly args: readonly unknown[]
      /** The handles in the result. */
      readonly handles: readonly number[]
    }
  | { readonly kind: 'drop'; readonly handle: number }
