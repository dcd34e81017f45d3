/** The members of a guest's resource class, and the class's promise view. */
import type { LiftedFunction } from './back-end.ts'
import type { ClassMember } from './export-shape.ts'
import { exportedFunction, rememberExported } from './exported-function.ts'
import type { GuestResource } from './guest-resource.ts'

export interface LiftedMember extends Pick<ClassMember, 'role' | 'exact' | 'keys'> {
  readonly lifted: LiftedFunction
}

type Call = (...args: unknown[]) => unknown
type Method = (this: unknown, ...args: unknown[]) => unknown

/**
 * Methods go on the class's prototype, statics on the class, and the constructor behind `new`. An interface that uses a resource of another
 * one has its class, but no members of it: they come with the other, before or after.
 */
export function defineClassMembers(resource: GuestResource, members: readonly LiftedMember[]): void {
  const { prototype } = resource.class
  for (const { role, keys, lifted } of members) {
    const call = callable(lifted)
    if (role === 'constructor') defineConstructor(resource, lifted)
    else if (role === 'static') define(resource.class, keys, call)
    else {
      const method = methodOf(call)
      const exported = exportedFunction(lifted)
      if (exported) {
        rememberExported(method, {
          ...exported,
          promise: methodOf(callable(lifted.promise)) as LiftedFunction['promise'],
        })
      }
      define(prototype, keys, method)
    }
  }
  definePromiseView(prototype, members)
}

/** A class that comes back as an import of another component can be awaited, too. */
function defineConstructor(resource: GuestResource, lifted: LiftedFunction): void {
  resource.setConstructor(lifted as (...args: never[]) => object)
  const exported = exportedFunction(lifted)
  if (exported === undefined || exportedFunction(resource.class)) return
  const { type, target, promise } = exported
  rememberExported(resource.class, { type, target, promise })
}

const promiseMethods: unique symbol = Symbol('tenon.promise-methods')

/** `handle.async`: the methods of one handle as promises. */
function definePromiseView(prototype: object, members: readonly LiftedMember[]): void {
  const methods = members.filter(({ role }) => role === 'method')
  const { [promiseMethods]: known } = prototype as { readonly [promiseMethods]?: LiftedMember[] }
  known?.push(...methods)
  if (Object.hasOwn(prototype, 'async')) return
  Object.defineProperty(prototype, promiseMethods, { value: methods })
  Object.defineProperty(prototype, 'async', {
    configurable: true,
    get(this: unknown): object {
      const view: Record<string, unknown> = {}
      for (const { keys, lifted } of methods) {
        for (const key of keys) view[key] = (...args: unknown[]) => callable(lifted.promise)(this, ...args)
      }
      return Object.setPrototypeOf(view, null) as object
    },
  })
}

const promiseView: unique symbol = Symbol('tenon.promise-view')

interface PromiseView {
  readonly class: Call
  construct: Call | undefined
}

/**
 * The class in the promise view: `await new instance.async.Blob()` gives a handle, statics are promises, and the
 * methods on its prototype are promises for the handle that they are called on. Handles are instances of both.
 */
export function promiseClass(resource: GuestResource, members: readonly LiftedMember[]): unknown {
  const { [promiseView]: known } = resource.class as { readonly [promiseView]?: PromiseView }
  const view = known ?? makePromiseView(resource)
  for (const { role, keys, lifted } of members) {
    const promise = callable(lifted.promise)
    if (role === 'constructor') view.construct = promise
    else if (role === 'static') define(view.class, keys, promise)
    else define(view.class.prototype as object, keys, methodOf(promise))
  }
  return view.class
}

function makePromiseView(resource: GuestResource): PromiseView {
  function PromiseView(...args: unknown[]): unknown {
    const { name } = resource.class
    if (new.target === undefined) throw new TypeError(`${name}: a class is called with new`)
    if (view.construct === undefined) throw new TypeError(`${name}: the resource has no constructor`)
    return view.construct(...args)
  }
  const view: PromiseView = { class: PromiseView, construct: undefined }
  Object.defineProperty(PromiseView, 'name', { value: resource.class.name })
  Object.defineProperty(PromiseView, Symbol.hasInstance, {
    value: (object: unknown) => object instanceof resource.class,
  })
  Object.defineProperty(resource.class, promiseView, { value: view })
  return view
}

/** Arguments are checked at the border: whoever calls it may pass anything. */
function callable(fn: (...args: never[]) => unknown): Call {
  return fn as Call
}

function methodOf(call: Call): Method {
  return function (...args) {
    return call(this, ...args)
  }
}

/** Like the members of a class: not enumerable. */
function define(holder: object, keys: readonly string[], value: unknown): void {
  for (const key of keys) Object.defineProperty(holder, key, { value, writable: true, configurable: true })
}
