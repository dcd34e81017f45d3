/** Functions of the host whose type is async, as tasks: they may return a promise. */
import { fromReturned, fromThrown } from '../../abi/literal/function-result.ts'
import { JavaScriptReader } from '../../abi/literal/from-javascript.ts'
import { JavaScriptWriter } from '../../abi/literal/to-javascript.ts'
import type { Value } from '../../abi/literal/value.ts'
import type { LowerContext, Signature } from '../back-end.ts'
import { Border } from '../entering.ts'
import { traitsOf } from '../host-function.ts'
import { isPending } from '../thenable.ts'
import { hostFailure } from '../trap.ts'
import type { StartTask } from './async-lift.ts'
import { schedulerOf } from './scheduler.ts'
import type { TaskCaller } from './task.ts'

type Callee = (...args: unknown[]) => unknown

export function hostTask(signature: Signature, context: LowerContext): StartTask {
  const callee = context.callee as Callee
  const synchronous = (traitsOf(callee).sync ?? callee) as Callee
  const types = signature.type.parameters.map(({ type }) => type)
  return (caller, suspends) => {
    const writer = new JavaScriptWriter(false)
    const args = caller.onStart().map((value, i) => writer.write(value, types[i]!))
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
    try {
      returned = call()
    } catch (error) {
      this.#caller.onResolve(this.#thrown(error))
      return
    }
    if (!isPending(returned, this.#signature.type)) {
      this.#caller.onResolve(this.#returned(returned))
      return
    }
    const scheduler = schedulerOf(this.#context.instance.root)
    scheduler.external++
    const answered = (results: () => readonly Value[]): void => {
      scheduler.external--
      this.#context.instance.root.whenLeft(() => this.#resolveLater(results))
    }
    returned.then(
      (value) => answered(() => this.#returned(value)),
      (error: unknown) => answered(() => this.#thrown(error)),
    )
  }

  /** No call is inside the tree: the guest's `realloc` may be called. */
  #resolveLater(results: () => readonly Value[]): void {
    const { instance } = this.#context
    const border = new Border(instance, undefined)
    const scheduler = schedulerOf(instance.root)
    if (!border.free) return
    const saved = border.mark(0)
    try {
      this.#caller.onResolve(results())
      border.leave(saved)
      scheduler.poke()
    } catch (error) {
      scheduler.failAll(border.fail(saved, error))
    }
  }

  get #reader(): JavaScriptReader {
    return new JavaScriptReader(this.#context, this.#signature.options.pointer)
  }

  #returned(value: unknown): readonly Value[] {
    const { name, type } = this.#signature
    return fromReturned(this.#reader, value, type.result, name)
  }

  #thrown(error: unknown): readonly Value[] {
    const { name, type } = this.#signature
    try {
      return fromThrown(this.#reader, error, type.result, name)
    } catch (failure) {
      throw hostFailure(this.#context.instance, name, failure)
    }
  }
}
