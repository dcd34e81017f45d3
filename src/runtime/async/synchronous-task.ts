/** Guest code that runs on its caller's stack, in an instance that takes part in asynchronous calls. */
import type { CoreFunction, Signature } from '../back-end.ts'
import type { ComponentInstance } from '../component-instance.ts'
import { GuestThread } from './guest-thread.ts'
import { Task } from './task.ts'

type Call = (...args: never[]) => unknown

/**
 * Guest code of synchronous calls, as a function on its caller's stack: built-ins that the code calls find a task and a
 * thread, which are made when they are asked for.
 */
export function inSynchronousTask<F extends Call>(
  instance: ComponentInstance,
  signature: Signature,
  run: F,
): F {
  const async = instance.async!
  const { scheduler } = async
  const make = (): GuestThread => {
    const task = synchronousTask(instance, signature)
    const thread = new GuestThread(task, undefined)
    task.state = 'started'
    task.register(thread)
    return thread
  }
  const called: Call = (...args) => {
    const { current, makeCurrent } = async
    async.current = undefined
    async.makeCurrent = make
    try {
      return run(...args)
    } finally {
      if (async.current !== undefined) end(async.current)
      async.current = current
      async.makeCurrent = makeCurrent
      if (scheduler.waiting.size > 0 || scheduler.hostCalls.size > 0) scheduler.poke()
    }
  }
  return called as F
}

function end(thread: GuestThread): void {
  thread.task.state = 'resolved'
  thread.task.unregister(thread)
}

function synchronousTask(instance: ComponentInstance, signature: Signature): Task {
  return new Task({
    signature,
    instance,
    memory: undefined,
    call: undefined,
  })
}

/** A realloc that is called as the specification does: as a call of its own, with nothing in its thread's storage. */
export function reallocOfItsOwn(
  instance: ComponentInstance,
  realloc: CoreFunction | undefined,
): CoreFunction | undefined {
  if (instance.async === undefined || realloc === undefined) return realloc
  return inSynchronousTask(instance, synchronousSignature('realloc'), realloc)
}

/** Of core functions that are called with nothing to move: `start`, `realloc`. */
export function synchronousSignature(name: string): Signature {
  return {
    name,
    type: { kind: 'function', async: false, parameters: [], result: undefined },
    options: { stringEncoding: 'utf8', pointer: 'i32', async: false, postReturn: false, callback: false },
  }
}
