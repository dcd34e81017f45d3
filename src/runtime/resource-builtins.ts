/** `resource.new`, `resource.rep` and `resource.drop` as core functions (CanonicalABI.md, "Canonical Definitions"). */
import { dropInTask } from './async/destructor.ts'
import type { CoreFunction } from './back-end.ts'
import type { ComponentInstance } from './component-instance.ts'
import { dropThroughWasm } from './drop-module.ts'
import { Border } from './entering.ts'
import { checkedHandle, ResourceHandle, unlent } from './handle.ts'
import type { RuntimeResource } from './resource.ts'
import { CALL_SHIFT, ENTERED, RUNNING_CALL, words } from './thread.ts'
import { crash, hostFailure, uncaughtException } from './trap.ts'

export function resourceNew(instance: ComponentInstance, resource: RuntimeResource): CoreFunction {
  return (rep: number): number => {
    try {
      instance.checkMayLeave()
      return instance.handles.add(new ResourceHandle(resource, rep, undefined))
    } catch (error) {
      crash(instance, error)
    }
  }
}

export function resourceRep(instance: ComponentInstance, resource: RuntimeResource): CoreFunction {
  return (index: number): number => {
    try {
      return checkedHandle(instance, index, resource).rep
    } catch (error) {
      crash(instance, error)
    }
  }
}

export function resourceDrop(instance: ComponentInstance, resource: RuntimeResource): CoreFunction {
  const { name, owner, destructor, typeOf } = resource
  if (owner === undefined || destructor === undefined) {
    return (index: number): void => {
      removeHandle(instance, index, resource)
    }
  }
  if (owner.async !== undefined) {
    return dropInTask(instance, { name, owner, destructor, typeOf }, (index) => {
      const handle = removeHandle(instance, index, resource)
      return handle.own ? handle.rep : undefined
    })
  }
  const border = new Border(owner, instance)
  return dropThroughWasm({
    destructor,
    typeOf,
    take(index) {
      const handle = removeHandle(instance, index, resource)
      if (!handle.own) return -1
      enterForDestructor(instance, border)
      return handle.rep >>> 0
    },
    leave() {
      for (const entered of border.set) entered.leave()
    },
    uncaught() {
      return crash(instance, uncaughtException())
    },
  })
}

/** Removes the handle, and runs what JavaScript has to do about it; traps by itself. */
function removeHandle(instance: ComponentInstance, index: number, resource: RuntimeResource): ResourceHandle {
  try {
    instance.checkMayLeave()
    const handle = unlent(checkedHandle(instance, index, resource))
    instance.handles.remove(index >>> 0)
    if (handle.scope !== undefined) handle.scope.borrows--
    resource.dropped(handle.rep, handle.own)
    return handle
  } catch (error) {
    crash(instance, hostFailure(instance, `[resource-drop]${resource.name}`, error))
  }
}

/** The destructor belongs to the same call: whatever may suspend that may suspend the destructor. */
function enterForDestructor(instance: ComponentInstance, border: Border): void {
  for (const entered of border.set) if (entered.state !== 0) crash(instance, border.refusal())
  const mark = ENTERED | ((words[RUNNING_CALL]! >> 2) << CALL_SHIFT)
  for (const entered of border.set) words[entered.word] = mark
}
