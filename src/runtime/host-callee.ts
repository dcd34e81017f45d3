/** Host functions and members of host classes as what a lower calls: lifted values in, a lifted value out. */
import { exportedFunction } from './exported-function.ts'
import { type HostFunctionTraits, hostFunction, traitsOf } from './host-function.ts'
import { reexportedImport } from './reexported-function.ts'

export type Callee = (...args: never[]) => unknown
type Call = (...args: unknown[]) => unknown
type Method = (this: unknown, ...args: unknown[]) => unknown

/**
 * A function of an object. Where the object is an instance of some class, its functions expect it as `this`; where it is a
 * plain object or a module, they do not.
 */
export function functionCallee(fn: Callee, owner: object): Callee {
  if (!isPlain(owner)) return adapt(fn, (one) => one.bind(owner))
  return exportedFunction(fn) ? adapt(fn, (one) => one.bind(undefined)) : (reexportedImport(fn) ?? fn)
}

/** A method is found anew on each object: that may be of a subclass, or just look like one of the class. */
export function methodCallee(prototype: object, name: string, method: Callee, parameters: number): Callee {
  return adapt(method, (one) =>
    one === method ? unlessOverridden(one, parameters, prototype, name) : withSelf(one, parameters),
  )
}

/** `new` cannot wait for anything; what a guest implements can be awaited, if it may block. */
export function constructorCallee(hostClass: Callee, parameters: number): Callee {
  // What stands under a resource's name was seen to be a class.
  const Class = hostClass as unknown as new (...args: unknown[]) => object
  const made = construct(Class, parameters)
  const guest = exportedFunction(hostClass)
  if (guest?.target.mayBlock) return hostFunction({ sync: made }, guest.promise.bind(undefined))
  return hostFunction({ ...traitsOf(hostClass), blocks: false }, made)
}

/** Puts something around a function, its synchronous view included, and keeps its traits. */
function adapt(fn: Callee, around: (fn: Method) => Callee): Callee {
  const { main, traits } = viewsOf(fn)
  const { sync } = traits
  return hostFunction(sync ? { ...traits, sync: around(sync as Method) } : traits, around(main as Method))
}

/** A guest's function can be awaited where its instance may block, and called synchronously all the same. */
function viewsOf(fn: Callee): { main: Callee; traits: HostFunctionTraits } {
  const exported = exportedFunction(fn)
  if (!exported) {
    const main = reexportedImport(fn) ?? fn
    return { main, traits: traitsOf(main) }
  }
  if (!exported.target.mayBlock) return { main: fn, traits: { blocks: false } }
  return { main: exported.promise, traits: { sync: fn } }
}

/** By number of parameters, `self` included: what is called often has no rest parameters. */
function withSelf(method: Method, parameters: number): Call {
  switch (parameters) {
    case 1:
      return (self) => method.call(self)
    case 2:
      return (self, a) => method.call(self, a)
    case 3:
      return (self, a, b) => method.call(self, a, b)
    default:
      return (self, ...args) => method.apply(self, args)
  }
}

/** `method`, unless the object has another one of that name. */
function unlessOverridden(method: Method, parameters: number, prototype: object, name: string): Call {
  const plain = (self: unknown): boolean => Object.getPrototypeOf(self) === prototype
  // What a guest implements can be awaited, if it may block.
  const overridden = (self: unknown): Method =>
    viewsOf((self as Record<string, Method>)[name] as Callee).main as Method
  switch (parameters) {
    case 1:
      return (self) => (plain(self) ? method : overridden(self)).call(self)
    case 2:
      return (self, a) => (plain(self) ? method : overridden(self)).call(self, a)
    case 3:
      return (self, a, b) => (plain(self) ? method : overridden(self)).call(self, a, b)
    default:
      return (self, ...args) => (plain(self) ? method : overridden(self)).apply(self, args)
  }
}

function construct(Class: new (...args: unknown[]) => object, parameters: number): Callee {
  switch (parameters) {
    case 0:
      return () => new Class()
    case 1:
      return (a: unknown) => new Class(a)
    default:
      return (...args: unknown[]) => new Class(...args)
  }
}

/** A literal, an object without prototype, or a module. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object)
  return prototype === null || prototype === Object.prototype
}
