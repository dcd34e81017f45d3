/** CanonicalABI.md, "Subtask State": a call as its caller sees it. */
import type { CoreValue } from '../../abi/literal/core-value.ts'
import type { ComponentInstance } from '../component-instance.ts'
import { Waitable, waitableTrap } from './waitable.ts'

/** `Subtask.State`. */
export const SUBTASK = {
  starting: 0,
  started: 1,
  returned: 2,
  cancelledBeforeStarted: 3,
  cancelledBeforeReturned: 4,
} as const

export type SubtaskState = (typeof SUBTASK)[keyof typeof SUBTASK]

/** Asks a task to end early; a promise where the guest's code that is told runs on. */
export type OnCancel = (caller: ComponentInstance) => undefined | Promise<void>

export class Subtask extends Waitable {
  state: SubtaskState = SUBTASK.starting
  onCancel: OnCancel | undefined
  cancellationRequested = false
  flatResult: CoreValue | undefined
  readonly #giveBack: () => void
  #delivered = false

  /** @param giveBack ends the loans of the handles that the caller lends to the call */
  constructor(giveBack: () => void) {
    super()
    this.#giveBack = giveBack
  }

  get resolved(): boolean {
    return this.state >= SUBTASK.returned
  }

  resolve(state: SubtaskState, flatResult: CoreValue | undefined): void {
    this.state = state
    this.flatResult = flatResult
    this.syncWaiter?.lookAgain()
  }

  /** The caller learns that the call is over: it has what it lent back. */
  deliverResolve(): void {
    this.#delivered = true
    this.#giveBack()
  }

  get resolveDelivered(): boolean {
    return this.#delivered
  }

  /** @throws {Trap} waitable */
  override drop(): void {
    if (!this.#delivered) throw waitableTrap('cannot drop a subtask which has not yet resolved')
    super.drop()
  }
}
