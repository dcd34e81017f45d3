/** CanonicalABI.md, "Loading" and "Storing": `lift_own`, `lift_borrow`, `lower_own`, `lower_borrow`. */
import { Trap } from '../../errors.ts'
import type { ComponentInstance } from '../../runtime/component-instance.ts'
import { type BorrowScope, checkedHandle, ResourceHandle, unlent } from '../../runtime/handle.ts'
import type { RuntimeResource } from '../../runtime/resource.ts'

/** Moves an object out of the host into the guest's table. @throws {TenonError} instance-disposed */
export function lowerOwn(instance: ComponentInstance, resource: RuntimeResource, object: object): number {
  // A getter of the host's may have disposed it just now: nothing of what it got would ever be dropped.
  if (instance.disposed) throw instance.disposal()
  return instance.handles.add(new ResourceHandle(resource, resource.takeOwn(object), undefined))
}

/** What is lent goes into the guest's table; the component that implements it gets the rep, and has nothing to drop. */
export function lowerBorrow(
  instance: ComponentInstance,
  resource: RuntimeResource,
  rep: number,
  scope: BorrowScope,
): number {
  if (resource.owner === instance) return rep
  scope.borrows++
  return instance.handles.add(new ResourceHandle(resource, rep, scope))
}

/** Takes an `own` handle out of the guest's table. */
export function takeOwned(
  instance: ComponentInstance,
  resource: RuntimeResource,
  index: number,
): ResourceHandle {
  const handle = unlent(checkedHandle(instance, index, resource))
  if (!handle.own) {
    throw new Trap(
      'handle-type',
      `cannot pass a borrow of ${resource.name} as own: handle index ${index >>> 0}`,
    )
  }
  instance.handles.remove(index >>> 0)
  return handle
}

/** @param transient the object only goes on to another component */
export function liftOwn(
  instance: ComponentInstance,
  resource: RuntimeResource,
  index: number,
  transient: boolean,
): object {
  return resource.liftOwn(takeOwned(instance, resource, index).rep, transient)
}

/** The guest's handle, which is lent until `endLift`. */
export function lendHandle(
  instance: ComponentInstance,
  resource: RuntimeResource,
  index: number,
): ResourceHandle {
  const handle = checkedHandle(instance, index, resource)
  handle.lends++
  return handle
}

/**
 * CanonicalABI.md, "Tasks", `Task.return_`.
 *
 * @param flat of borrows outside of lists, where there are such, too
 */
export function checkBorrowsDropped(scope: BorrowScope, flat?: BorrowScope): void {
  const borrows = scope.borrows + (flat === undefined ? 0 : flat.borrows)
  if (borrows > 0) {
    throw new Trap(
      'borrow-not-dropped',
      `borrow handles still remain at the end of the call: ${borrows} not dropped`,
    )
  }
}

/** Moves an `own` argument of a call that has to wait to a handle that nobody else has. */
export function reserveOwn(resource: RuntimeResource, object: object): object {
  return resource.liftOwn(resource.takeOwn(object), false)
}
