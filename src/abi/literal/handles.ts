/** CanonicalABI.md, "Loading" and "Storing": `lift_own`, `lift_borrow`, `lower_own`, `lower_borrow`. */
import type { BorrowType, OwnType } from '../../component/value-type.ts'
import { checkedHandle, ResourceHandle, unlent } from '../../runtime/handle.ts'
import type { LiftLowerContext } from './context.ts'
import { trapIf } from './trap-if.ts'
import type { HandleValue } from './value.ts'

/** The handle leaves the table; what it stands for goes to the other side. */
export function liftOwn(cx: LiftLowerContext, index: bigint, type: OwnType): HandleValue {
  const resource = cx.resource(type.resource)
  const handle = unlent(checkedHandle(cx.instance, Number(index), resource))
  trapIf(!handle.own, 'handle-type', `cannot pass a borrow of ${resource.name} as own: handle index ${index}`)
  cx.instance.handles.remove(Number(index))
  return { resource, own: true, object: resource.liftOwn(handle.rep, cx.between) }
}

/** The handle stays in the table, lent until the call is over. */
export function liftBorrow(cx: LiftLowerContext, index: bigint, type: BorrowType): HandleValue {
  const resource = cx.resource(type.resource)
  const handle = checkedHandle(cx.instance, Number(index), resource)
  const object = resource.liftBorrow(handle.rep)
  cx.loans.addLender(handle)
  cx.loans.atEnd(() => resource.endBorrow(object))
  return { resource, own: false, object }
}

export function lowerOwn(cx: LiftLowerContext, { resource, object }: HandleValue): bigint {
  const rep = resource.takeOwn(object)
  return BigInt(cx.instance.handles.add(new ResourceHandle(resource, rep, undefined)))
}

/** The component that implements the resource gets the rep itself, and no handle to drop. */
export function lowerBorrow(cx: LiftLowerContext, { resource, object }: HandleValue): bigint {
  const rep = resource.lend(object)
  cx.loans.atEnd(() => resource.endLend(object))
  if (cx.instance === resource.owner) return BigInt.asUintN(32, BigInt(rep))
  cx.loans.scope.borrows++
  return BigInt(cx.instance.handles.add(new ResourceHandle(resource, rep, cx.loans.scope)))
}
