import type { ExternType } from '../component/extern-type.ts'
import type { Callee } from '../runtime/host-callee.ts'
import { hostFunction } from '../runtime/host-function.ts'
import { SwappableFunction } from '../runtime/swappable.ts'

type Exports = Readonly<Record<string, unknown>>
type AnyClass = abstract new (...args: never[]) => object

/** What others are given of a part that may be exchanged: objects, functions and classes that stay, and lead to its present exports. */
export class Facade {
  readonly object: Exports
  #exports: Exports
  readonly #replace: ((exports: Exports) => void)[] = []

  constructor(types: ReadonlyMap<string, ExternType>, exports: Exports) {
    this.#exports = exports
    this.object = this.#instance(types, (all) => all)
  }

  replace(exports: Exports): void {
    this.#exports = exports
    for (const replace of this.#replace) replace(exports)
  }

  /** @param find finds the instance in all exports */
  #instance(types: ReadonlyMap<string, ExternType>, find: (exports: Exports) => Exports): Exports {
    const object: Record<string, unknown> = Object.create(null)
    for (const [name, type] of types) {
      // What belongs to a class is found there.
      if (name.startsWith('[')) continue
      const value = this.#value(type, (exports) => find(exports)[name])
      if (value !== undefined) object[name] = value
    }
    return object
  }

  #value(type: ExternType, find: (exports: Exports) => unknown): unknown {
    if (type.kind === 'function') return this.#function(find as (exports: Exports) => Callee)
    if (type.kind === 'instance') return this.#instance(type.exports, find as (exports: Exports) => Exports)
    if (type.kind === 'type' && type.type.kind === 'resource')
      return this.#class(find as (exports: Exports) => AnyClass)
    return type.kind === 'type' ? undefined : find(this.#exports)
  }

  #function(find: (exports: Exports) => Callee): Callee {
    const swappable = new SwappableFunction(find(this.#exports))
    this.#replace.push((exports) => swappable.replace(find(exports)))
    return swappable.callee
  }

  /** The handles are those of the present class: `new`, `instanceof` and methods lead to it. */
  #class(find: (exports: Exports) => AnyClass): object {
    let current = find(this.#exports)
    this.#replace.push((exports) => {
      current = find(exports)
    })
    const statics = new Map<string, Callee>()
    const methods = new Map<string, Callee>()
    const prototype = new Proxy(Object.create(null), {
      has: (_, key) => Reflect.has(current.prototype, key),
      get: (_, key) => {
        const value: unknown = Reflect.get(current.prototype, key)
        if (typeof value !== 'function' || typeof key === 'symbol') return value
        return methods.get(key) ?? remember(methods, key, ofHandle(key))
      },
    })
    return new Proxy(function Resource() {}, {
      construct: (_, args) => Reflect.construct(current, args),
      has: (_, key) => Reflect.has(current, key),
      get: (_, key) => {
        if (key === 'prototype') return prototype
        if (key === Symbol.hasInstance) return (value: unknown) => value instanceof current
        const value: unknown = Reflect.get(current, key)
        if (typeof value !== 'function' || typeof key === 'symbol') return value
        return (
          statics.get(key) ??
          remember(
            statics,
            key,
            this.#static(key, value as Callee, () => current),
          )
        )
      },
    })
  }

  #static(key: string, value: Callee, owner: () => AnyClass): Callee {
    const swappable = new SwappableFunction(value)
    this.#replace.push(() => swappable.replace(Reflect.get(owner(), key) as Callee))
    return swappable.callee
  }
}

function remember(known: Map<string, Callee>, key: string, made: Callee): Callee {
  known.set(key, made)
  return made
}

/** Whoever lowers a method looks it up on the handle; this is what shows that there is one. */
function ofHandle(key: string): Callee {
  type Handle = Record<string, Callee>
  const sync = function (this: Handle, ...args: never[]): unknown {
    return this[key]!(...args)
  }
  return hostFunction({ sync }, function (this: Handle, ...args: never[]): unknown {
    return this[key]!(...args)
  })
}
