import type { LiftedFunction } from '../runtime/back-end.ts'
import type { ComponentInstance, InstanceStatistics } from '../runtime/component-instance.ts'
import type { TreeWords } from '../runtime/thread.ts'
import type { AsyncView, Exports } from '../runtime/instance.ts'
import type { OwnMemories } from '../runtime/tree-memories.ts'

// Engines that have no `using` yet have no symbol for it either.
const disposeSymbol: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose')

/** What a user gets of an exported function: itself, or its promise view. */
export type View = (lifted: LiftedFunction) => unknown

const synchronous: View = (lifted) => lifted
export const promiseView: View = (lifted) => lifted.promise

/** The component instance that the host made, as far as users get at it. */
export interface Root {
  readonly disposed: boolean
  readonly statistics: InstanceStatistics
  /** All instances of its tree, itself first. */
  readonly tree: readonly Pick<ComponentInstance, 'dispose' | 'async'>[]
  /** Of the whole tree. */
  readonly memories: OwnMemories
  readonly words: TreeWords
}

export interface InstantiateOptions {
  /** For messages; the module's own name where nothing is said. */
  readonly name?: string | undefined
  /** Imports that are missing become functions that trap when they are called. */
  readonly trapUnknown?: boolean | undefined
  /** Only loaded components can be observed: see `InstantiateOptions` of `tenon`. */
  readonly observe?: undefined
}

/** A live instance of a transpiled component: what `instantiate` of its module returns. */
export class Instance<E extends object = Exports> implements Disposable {
  /** Functions, interfaces as objects, resources as classes; under exact names and, where it is unique, a short one. */
  readonly exports: E
  readonly #root: Root
  readonly #make: (view: View) => object
  #async: AsyncView<E> | undefined

  /** @param make the exports in one of their views */
  constructor(root: Root, make: (view: View) => object) {
    this.#root = root
    this.#make = make
    // The module was written for these exports.
    this.exports = make(synchronous) as E
    root.memories.watch(root)
  }

  /** The promise view: the same exports, of the same instance, as promises. Calls may wait for the host. */
  get async(): AsyncView<E> {
    this.#async ??= this.#make(promiseView) as AsyncView<E>
    return this.#async
  }

  /** As they are now. */
  get statistics(): Readonly<InstanceStatistics> {
    return { ...this.#root.statistics }
  }

  get disposed(): boolean {
    return this.#root.disposed
  }

  /** Ends the instance: every export, method and function of it that anybody holds throws from now on. */
  dispose(): void {
    disposeTree(this.#root)
  }

  [disposeSymbol](): void {
    this.dispose()
  }
}

/** Children before their parents, then what they shared. @throws what a destructor of the host's throws, when all are disposed */
export function disposeTree(root: Pick<Root, 'tree' | 'memories'>): void {
  const errors: unknown[] = []
  for (const instance of root.tree.toReversed()) {
    try {
      instance.dispose()
    } catch (error) {
      errors.push(error)
    }
  }
  root.memories.release()
  if (errors.length > 0) throw errors[0]
}
