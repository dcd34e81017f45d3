/** What users see of a transpiled instance, as its module writes it down. */
import type { LiftedFunction } from '../runtime/back-end.ts'
import type { ComponentInstance } from '../runtime/component-instance.ts'
import { defineClassMembers, type LiftedMember, promiseClass } from '../runtime/exported-class.ts'
import { GuestResource } from '../runtime/guest-resource.ts'
import type { RuntimeResource } from '../runtime/resource.ts'
import { promiseView, type View } from './instance.ts'

/** An object without prototype: nothing is in it but what the component exports. */
export function bare(exports: object): object {
  // Taken away at the end: objects that begin without prototype are slow ones in V8.
  return Object.setPrototypeOf(exports, null) as object
}

/** A constructor, method or static of a resource. */
export type WrittenMember = Pick<LiftedMember, 'role' | 'exact' | 'keys' | 'lifted'>

/** The class of a resource in one of its views. A resource that another instance or the host implements has its class from there. */
export function exportedClass(
  resource: RuntimeResource,
  members: readonly WrittenMember[],
  view: View,
  { root }: ComponentInstance,
): unknown {
  if (!(resource instanceof GuestResource) || resource.owner.root !== root) return resource.class
  if (view === promiseView) return promiseClass(resource, members)
  defineClassMembers(resource, members)
  return resource.class
}

/** Constructors, methods and statics also work as functions, under their exact names. */
export function withExactNames(exports: object, members: readonly WrittenMember[], view: View): object {
  for (const { exact, lifted } of members) {
    Object.defineProperty(exports, exact, { value: view(lifted as LiftedFunction) })
  }
  return exports
}
