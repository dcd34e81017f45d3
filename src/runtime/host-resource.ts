/** Resources that the host implements: the guest's handles stand for the host's objects. */
import { describeValue } from './mismatch.ts'
import type { ResourceClass, RuntimeResource } from './resource.ts'

interface Held {
  readonly object: object
  readonly rep: number
  /** `own` handles that guests hold of it; one object may be handed out more than once. */
  owns: number
  /** Borrows that are under way. */
  borrows: number
}

// Engines that have no `using` yet have no symbol for it either.
const disposeSymbol: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose')

export class HostResource implements RuntimeResource {
  readonly name: string
  readonly owner: undefined
  readonly destructor: undefined
  readonly class: ResourceClass
  /** By rep; rep 0 is never used. */
  readonly #held: (Held | undefined)[] = [undefined]
  readonly #free: number[] = []
  readonly #byObject = new Map<object, Held>()

  /** What runs the destructor of an object that a guest gives up. */
  readonly #drop: (object: object, drop: () => void) => void

  /** `hostClass`: what objects must be instances of. */
  constructor(
    name: string,
    hostClass: ResourceClass,
    drop: (object: object, drop: () => void) => void = (_, drop) => drop(),
  ) {
    this.name = name
    this.class = hostClass
    this.#drop = drop
  }

  claimOwn(value: unknown): string | undefined {
    return value instanceof this.class
      ? undefined
      : `${describeValue(value)}, no instance of ${this.class.name}`
  }

  claimBorrow(value: unknown): string | undefined {
    return this.claimOwn(value)
  }

  /** What is not lent has no rep yet; any number will do. */
  repOf(value: unknown): number | undefined {
    return value instanceof this.class ? 0 : undefined
  }

  takeOwn(value: object): number {
    const held = this.#hold(value)
    held.owns++
    return held.rep
  }

  /** A guest keeps a borrow's handle until it drops it, and `dropped` tells so. */
  lend(value: object): number {
    const held = this.#hold(value)
    held.borrows++
    return held.rep
  }

  hold(): void {}

  endLend(): void {}

  /** The object stays what it was: the host's. */
  giveUp(): void {}

  liftOwn(rep: number): object {
    const held = this.#held[rep]!
    held.owns--
    this.#release(held)
    return held.object
  }

  liftBorrow(rep: number): object {
    return this.#held[rep]!.object
  }

  endBorrow(): void {}

  /** The host's destructor is `[Symbol.dispose]`. It runs once per object, when the last owner has dropped it. */
  dropped(rep: number, own: boolean): void {
    const held = this.#held[rep]!
    if (own) this.#drop(held.object, () => this.#dropOwn(held))
    else {
      held.borrows--
      this.#release(held)
    }
  }

  ownerDisposed(rep: number): void {
    this.#dropOwn(this.#held[rep]!)
  }

  #dropOwn(held: Held): void {
    held.owns--
    this.#release(held)
    if (held.owns === 0) (held.object as Partial<Disposable>)[disposeSymbol]?.()
  }

  #hold(object: object): Held {
    const known = this.#byObject.get(object)
    if (known !== undefined) return known
    const rep = this.#free.pop() ?? this.#held.length
    const held: Held = { object, rep, owns: 0, borrows: 0 }
    this.#held[rep] = held
    this.#byObject.set(object, held)
    return held
  }

  #release(held: Held): void {
    if (held.owns > 0 || held.borrows > 0) return
    this.#held[held.rep] = undefined
    this.#free.push(held.rep)
    this.#byObject.delete(held.object)
  }
}
