/** Functions of the host whose type is async, as tasks: they may return a promise. */
import { ComponentError } from '../../errors.ts'
import type { LowerContext, Signature } from '../back-end.ts'
import { Border } from '../entering.ts'
import { traitsOf } from '../host-function.ts'
import { isPending } from '../thenable.ts'
import { isInstance } from '../thrown.ts'
import { hostFailure } from '../trap.ts'
import type { StartTask } from './async-lift.ts'
import { schedulerOf } from './scheduler.ts'
import type { TaskCaller } from './task.ts'
import type { TaskResult } from './task-values.ts'

type Callee = (...args: unknown[]) => unknown

export function hostTask(signature: Signature, context: LowerContext): StartTask {
  const callee = context.callee as Callee
  const synchronous = (traitsOf(callee).sync ?? callee) as Callee
  return (caller, suspends) => {
    // What the guest called with has just been lifted.
    const args = caller.onStart() as readonly unknown[]
    const call = new HostTask(signature, context, caller)
    call.start(() => (suspends ? callee : synchronous)(...args))
    // A promise cannot be told that nobody waits for it any more.
    return { running: undefined, onCancel: () => undefined }
  }
}

class HostTask {
  readonly #signature: Signature
  readonly #context: LowerContext
  readonly #caller: TaskCaller

  constructor(signature: Signature, context: LowerContext, caller: TaskCaller) {
    this.#signature = signature
    this.#context = context
    this.#caller = caller
  }

  start(call: () => unknown): void {
    let returned: unknown
    let promise: Promise<unknown> | undefined
    try {
      returned = call()
      // Of any other thenable nobody knows how often it answers, and with what.
      if (isPending(returned, this.#signature.type)) promise = Promise.resolve(returned)
    } catch (error) {
      this.#caller.onResolve(this.#thrown(error))
      return
    }
    if (promise === undefined) {
      this.#caller.onResolve({ value: returned, failed: false })
      return
    }
    const scheduler = schedulerOf(this.#context.instance.root)
    scheduler.external++
    const answered = (result: () => TaskResult): void => {
      scheduler.external--
      this.#context.instance.root.whenLeft(() => this.#resolveLater(result))
    }
    promise.then(
      (value) => answered(() => ({ value, failed: false })),
      (error: unknown) => answered(() => this.#thrown(error)),
    )
  }

  /** No call is inside the tree: the guest's `realloc` may be called. */
  #resolveLater(result: () => TaskResult): void {
    const { instance } = this.#context
    const border = new Border(instance, undefined)
    const scheduler = schedulerOf(instance.root)
    if (!border.free) return
    const saved = border.mark(0)
    try {
      this.#caller.onResolve(result())
      border.leave(saved)
      scheduler.poke()
    } catch (error) {
      scheduler.failAll(border.fail(saved, error))
    }
  }

  /** The error case of its type, or what the guest traps with. */
  #thrown(error: unknown): TaskResult {
    const { name, type } = this.#signature
    if (type.result?.kind === 'result' && isInstance(error, ComponentError))
      return { value: error.payload, failed: true }
    throw hostFailure(this.#context.instance, name, error)
  }
}
