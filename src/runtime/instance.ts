// For whoever compiles against the declarations with an older `lib`.
/// <reference lib="esnext.disposable" preserve="true" />
import type { InstanceStatistics } from './component-instance.ts'
import type { Execution } from './execution.ts'
import { type ComponentMaker, ExportsMaker } from './exports.ts'

// Engines that have no `using` yet have no symbol for it either.
const disposeSymbol: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose')

/**
 * Exports by name. What they are is known only at run time, so that TypeScript has to trust whoever calls them:
 * give `instantiate` the type of the component's exports to have calls checked.
 */
// biome-ignore lint/suspicious/noExplicitAny: with `unknown` not even `exports.add(1, 2)` could be written.
export type Exports = Record<string, any>

export interface Statistics extends Readonly<InstanceStatistics> {
  /** Bytes of the memories that its core modules define. They never shrink. */
  readonly memoryBytes: number
}

/**
 * A live instance of a component.
 *
 * @example
 * using adder = await component.instantiate()
 * adder.exports.add(1, 2) // 3
 * await adder.async.add(1, 2) // 3
 */
export class Instance<E extends object = Exports> implements Disposable {
  /**
   * Functions, interfaces as objects, resources as classes; under exact names and, where it is unique, a short one.
   * Calls are synchronous and throw where they would have to wait; functions of `async` type return promises. A stream is a
   * ReadableStream, or anything iterable where it is passed; a future is a promise.
   */
  readonly exports: E
  readonly #execution: Execution
  readonly #maker: ExportsMaker
  #async: AsyncView<E> | undefined

  constructor(execution: Execution, makeComponent: ComponentMaker) {
    this.#execution = execution
    this.#maker = new ExportsMaker(execution, makeComponent)
    this.exports = this.#maker.make(execution.program.exportShape, 'synchronous') as E
  }

  /** The promise view: the same exports, of the same instance, as promises. Calls may wait for the host. */
  get async(): AsyncView<E> {
    this.#async ??= this.#maker.make(this.#execution.program.exportShape, 'promise') as AsyncView<E>
    return this.#async
  }

  /** As they are now. */
  get statistics(): Statistics {
    const { statistics, memories } = this.#execution.root
    return { ...statistics, memoryBytes: memories.size }
  }

  get disposed(): boolean {
    return this.#execution.root.disposed
  }

  /** Ends the instance: every export, method and function of it that anybody holds throws from now on. */
  dispose(): void {
    this.#execution.dispose()
  }

  /** The same as soon as no call is inside, suspended or not, and none waits for its turn. */
  disposeWhenIdle(): Promise<void> {
    const { root } = this.#execution
    return new Promise((resolve, reject) => {
      root.whenIdle(() => {
        try {
          this.#execution.dispose()
          resolve()
        } catch (error) {
          reject(error as Error)
        }
      })
    })
  }

  [disposeSymbol](): void {
    this.dispose()
  }
}

/** The promise view of some exports. */
export type AsyncView<E> = string extends keyof E
  ? Exports
  : E extends abstract new (
        ...args: never[]
      ) => unknown
    ? AsyncClass<E>
    : AsyncMembers<E>

type AsyncMembers<E> = {
  readonly [K in keyof E]: E[K] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : E[K] extends object
      ? AsyncView<E[K]>
      : E[K]
}

/** `await new instance.async.Blob()` gives a handle. */
type AsyncClass<C extends abstract new (...args: never[]) => unknown> = AsyncMembers<C> &
  (C extends new (...args: infer A) => infer T ? new (...args: A) => Promise<T> : unknown)
