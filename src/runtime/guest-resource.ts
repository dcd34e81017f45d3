/** Resources that a component defines, and the handles that users hold of them. */
import { destroyInTask } from './async/destructor.ts'
import type { CoreFunction } from './back-end.ts'
import type { ComponentInstance } from './component-instance.ts'
import { Border } from './entering.ts'
import type { TypeOf } from './guest-imports.ts'
import { describeValue } from './mismatch.ts'
import type { ResourceClass, RuntimeResource } from './resource.ts'

// Engines that have no `using` yet have no symbol for it either.
const disposeSymbol: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose')

const OWNED = 0
const BORROWED = 1
const MOVED = 2
const DISPOSED = 3
const RETURNED = 4

/** By state: what a handle is that cannot be used. */
const ended = [
  '',
  '',
  'was passed as own',
  'was disposed',
  'was borrowed for a call that has returned',
] as const

/** What users hold of a guest's resource; the class that they see is {@link GuestResource.class}. */
export class Resource {
  readonly #resource: GuestResource
  readonly #rep: number
  #state: number
  /** The resource while the handle can be used: one comparison says both. */
  #live: GuestResource | undefined
  /** Calls that it is lent to. */
  #lends = 0
  /** The last call that claimed it. */
  #ownedBy = 0
  #borrowedBy = 0

  constructor(resource: GuestResource, rep: number, borrowed: boolean) {
    this.#resource = resource
    this.#rep = rep
    this.#state = borrowed ? BORROWED : OWNED
    this.#live = resource
  }

  #end(state: number): void {
    this.#state = state
    this.#live = undefined
  }

  /**
   * Gives an owned handle up: the resource's destructor runs, once; at once, or as soon as no call is inside its
   * instance. Does nothing the second time.
   */
  [disposeSymbol](): void {
    const { name } = this.#resource
    if (this.#state === BORROWED)
      throw new TypeError(`${name}: a borrowed handle is not disposed: who lent it owns it`)
    if (this.#state !== OWNED) return
    if (this.#lends > 0) throw new TypeError(`${name}: the handle is lent to a call that still runs`)
    this.#end(DISPOSED)
    this.#resource.unwatch(this)
    this.#resource.owner.statistics.liveHandles--
    this.#resource.destroy(this.#rep)
  }

  static claimOwn(value: unknown, resource: GuestResource, stamp: number): string | undefined {
    if (!(typeof value === 'object' && value !== null && #rep in value)) return describeValue(value)
    if (value.#resource !== resource) return `a handle of another resource type, ${value.#resource.name}`
    if (value.#state === BORROWED) return 'a borrowed handle'
    if (value.#state !== OWNED) return `a handle that ${ended[value.#state]}`
    if (value.#lends > 0) return 'a handle that is lent to a call that still runs'
    if (stamp === 0) return undefined
    if (value.#ownedBy === stamp) return 'a handle that the same call passes as own already'
    if (value.#borrowedBy === stamp) return 'a handle that the same call borrows'
    value.#ownedBy = stamp
    return undefined
  }

  static claimBorrow(value: unknown, resource: GuestResource, stamp: number): string | undefined {
    if (!(typeof value === 'object' && value !== null && #rep in value)) return describeValue(value)
    if (value.#resource !== resource) return `a handle of another resource type, ${value.#resource.name}`
    if (value.#state > BORROWED) return `a handle that ${ended[value.#state]}`
    if (stamp === 0) return undefined
    if (value.#ownedBy === stamp) return 'a handle that the same call passes as own'
    value.#borrowedBy = stamp
    return undefined
  }

  /**
   * For every method call: what is no handle is found by the engine's own check of the private member. A function for each resource: to read
   * it off the class costs as much as it does.
   */
  static repReader(resource: GuestResource): (value: unknown) => number | undefined {
    return (value) => {
      try {
        const handle = value as Resource
        return handle.#live === resource ? handle.#rep : undefined
      } catch {
        return undefined
      }
    }
  }

  static take(handle: Resource): number {
    handle.#end(MOVED)
    return handle.#rep
  }

  static lend(handle: Resource): number {
    handle.#lends++
    return handle.#rep
  }

  static endLend(handle: Resource): void {
    handle.#lends--
  }

  static endBorrow(handle: Resource): void {
    handle.#end(RETURNED)
  }
}

interface Forgotten {
  readonly resource: GuestResource
  readonly rep: number
}

/** Owned handles that users forgot: their destructors run when the collector finds them. */
const forgotten = /* @__PURE__ */ new FinalizationRegistry<Forgotten>(({ resource, rep }) => {
  if (resource.owner.disposed || resource.owner.poisoned) return
  resource.owner.statistics.forgottenHandles++
  resource.owner.statistics.liveHandles--
  resource.destroyLater(rep)
})

export class GuestResource implements RuntimeResource {
  readonly name: string
  readonly owner: ComponentInstance
  readonly destructor: CoreFunction | undefined
  readonly typeOf: TypeOf | undefined
  readonly class: ResourceClass
  readonly repOf: (value: unknown) => number | undefined
  readonly #border: Border
  readonly #handle: new (
    rep: number,
    borrowed: boolean,
  ) => Resource
  #construct: ((...args: never[]) => object) | undefined

  constructor(
    name: string,
    className: string,
    owner: ComponentInstance,
    destructor: CoreFunction | undefined,
    typeOf?: TypeOf,
  ) {
    this.name = name
    this.owner = owner
    this.destructor = destructor
    this.typeOf = typeOf
    this.repOf = Resource.repReader(this)
    this.#border = new Border(owner, undefined)
    const resource = this
    this.#handle = class extends Resource {
      constructor(rep: number, borrowed: boolean) {
        super(resource, rep, borrowed)
      }
    }
    this.class = this.#makeClass(className)
  }

  /** What `new` of the class calls: the lifted `[constructor]`. Without one, `new` throws. */
  setConstructor(construct: (...args: never[]) => object): void {
    this.#construct = construct
  }

  /** The resource behind a class that users see; undefined for every other value. */
  static of(value: unknown): GuestResource | undefined {
    return typeof value === 'function' ? classes.get(value) : undefined
  }

  claimOwn(value: unknown, stamp: number): string | undefined {
    return Resource.claimOwn(value, this, stamp)
  }

  claimBorrow(value: unknown, stamp: number): string | undefined {
    return Resource.claimBorrow(value, this, stamp)
  }

  takeOwn(value: object): number {
    this.unwatch(value)
    this.owner.statistics.liveHandles--
    return Resource.take(value as Resource)
  }

  lend(value: object): number {
    return Resource.lend(value as Resource)
  }

  hold(value: object): void {
    Resource.lend(value as Resource)
  }

  endLend(value: object): void {
    Resource.endLend(value as Resource)
  }

  giveUp(value: object): void {
    ;(value as Resource)[disposeSymbol]()
  }

  liftOwn(rep: number, transient: boolean): object {
    const handle = new this.#handle(rep, false)
    this.owner.statistics.liveHandles++
    // Without a destructor nobody can tell whether it was dropped.
    if (!transient && this.destructor !== undefined)
      forgotten.register(handle, { resource: this, rep }, handle)
    return handle
  }

  liftBorrow(rep: number): object {
    return new this.#handle(rep, true)
  }

  endBorrow(value: object): void {
    Resource.endBorrow(value as Resource)
  }

  /** The destructor is guest code: `resource.drop` runs it. */
  dropped(): void {}

  /** What is disposed together runs no destructors. */
  ownerDisposed(rep: number, owner: ComponentInstance): void {
    if (owner.root !== this.owner.root) this.destroy(rep)
  }

  unwatch(handle: object): void {
    if (this.destructor !== undefined) forgotten.unregister(handle)
  }

  /** Runs the destructor, when no call is inside the owner. What died already is beyond destructors. */
  destroy(rep: number): void {
    if (this.owner.root.entered) this.destroyLater(rep)
    else this.destroyNow(rep)
  }

  destroyLater(rep: number): void {
    this.owner.whenLeft(() => {
      try {
        this.destroyNow(rep)
      } catch {
        // Nobody called who could be told. The instance is poisoned, and says why to the next caller.
      }
    })
  }

  destroyNow(rep: number): void {
    if (this.destructor === undefined || this.owner.disposed || this.owner.poisoned) return
    const { name, owner, destructor } = this
    const saved = this.#border.enter()
    try {
      if (owner.async) destroyInTask({ name, owner, destructor }, rep)
      else (destructor as (rep: number) => void)(rep)
    } catch (thrown) {
      throw this.#border.fail(saved, thrown)
    }
    this.#border.leave(saved)
  }

  #makeClass(className: string): ResourceClass {
    const resource = this
    function ResourceHandle(...args: never[]): object {
      if (new.target === undefined) throw new TypeError(`${className}: a class is called with new`)
      if (resource.#construct === undefined)
        throw new TypeError(`${className}: the resource has no constructor`)
      const handle = resource.#construct(...args)
      // A class of the user's that extends this one.
      if (new.target !== ResourceHandle) Object.setPrototypeOf(handle, new.target.prototype as object)
      return handle
    }
    const { prototype } = this.#handle
    Object.defineProperty(ResourceHandle, 'name', { value: className })
    Object.defineProperty(ResourceHandle, 'prototype', { value: prototype, writable: false })
    Object.defineProperty(prototype, 'constructor', { value: ResourceHandle, enumerable: false })
    Object.defineProperty(prototype, Symbol.toStringTag, { value: className, configurable: true })
    classes.set(ResourceHandle, this)
    // A function with a prototype is what `new` and `instanceof` need; TypeScript cannot say so.
    return ResourceHandle as unknown as ResourceClass
  }
}

const classes = new WeakMap<object, GuestResource>()
