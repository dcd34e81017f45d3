import { BorrowScope, type ResourceHandle } from '../../runtime/handle.ts'
import { trapIf } from './trap-if.ts'

/**
 * What one call lends and gets back when it is over: the `borrow_scope` of the context. Of a lift it counts the borrows
 * that the callee was handed (`Task.num_borrows`), of a lower it knows the handles that the caller lent (`Subtask.lenders`).
 */
export class Loans {
  /** Counts the borrow handles in the callee's table. */
  readonly scope: BorrowScope = new BorrowScope()
  readonly #atEnd: (() => void)[] = []

  /** Until the call is over, a handle of the guest's is neither dropped nor passed as own (`Subtask.add_lender`). */
  addLender(handle: ResourceHandle): void {
    handle.lends++
    this.atEnd(() => handle.lends--)
  }

  atEnd(giveBack: () => void): void {
    this.#atEnd.push(giveBack)
  }

  /** A task may return only when the borrows that it was handed are dropped (`Task.return_`). */
  checkBorrowsDropped(): void {
    const { borrows } = this.scope
    trapIf(
      borrows > 0,
      'borrow-not-dropped',
      `borrow handles still remain at the end of the call: ${borrows} not dropped`,
    )
  }

  /** The call is over, whichever way (`Subtask.deliver_resolve`). */
  end(): void {
    for (const giveBack of this.#atEnd.splice(0)) giveBack()
  }
}
