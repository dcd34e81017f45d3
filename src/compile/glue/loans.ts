/** Handles inside lists: what one call lends, and gets back when it is over. Those outside of lists are in locals. */
import type { ComponentInstance } from '../../runtime/component-instance.ts'
import { BorrowScope, checkedHandle } from '../../runtime/handle.ts'
import type { RuntimeResource } from '../../runtime/resource.ts'
import { lowerBorrow } from './handles.ts'

export class Loans {
  readonly scope: BorrowScope = new BorrowScope()
  readonly #ends: (() => void)[] = []

  /** Lends an object of the host's to the guest that is called; returns what the guest knows it by. */
  lower(instance: ComponentInstance, resource: RuntimeResource, object: object): number {
    const rep = resource.lend(object)
    this.#ends.push(() => resource.endLend(object))
    return lowerBorrow(instance, resource, rep, this.scope)
  }

  /** Lends a handle of the guest's to the host function that it calls; returns what the host sees. */
  lift(instance: ComponentInstance, index: number, resource: RuntimeResource): object {
    const handle = checkedHandle(instance, index, resource)
    const object = resource.liftBorrow(handle.rep)
    handle.lends++
    this.#ends.push(() => {
      handle.lends--
      resource.endBorrow(object)
    })
    return object
  }

  /** Lends an object already while the call waits. */
  reserve(resource: RuntimeResource, object: object): void {
    resource.hold(object)
    this.#ends.push(() => resource.endLend(object))
  }

  end(): void {
    for (const end of this.#ends) end()
  }
}
