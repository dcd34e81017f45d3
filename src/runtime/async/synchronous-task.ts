/** Guest code that runs on its caller's stack, in an instance that takes part in asynchronous calls. */
import type { CoreFunction, Signature } from '../back-end.ts'
import type { ComponentInstance } from '../component-instance.ts'
import { GuestThread } from './guest-thread.ts'
import { Task } from './task.ts'

/** A realloc that is called as the specification does: as a call of its own, with nothing in its thread's storage. */
export function reallocOfItsOwn(
  instance: ComponentInstance,
  realloc: CoreFunction | undefined,
): CoreFunction | undefined {
  const { async } = instance
  if (async === undefined || realloc === undefined) return realloc
  const task = placeholderTask(instance, 'realloc')
  return (...args: never[]) => {
    const outer = async.current
    async.current = new GuestThread(task, undefined)
    try {
      return realloc(...args)
    } finally {
      async.current = outer
    }
  }
}

/** Runs guest code of a synchronous call on the caller's stack: built-ins that the code calls find a task and a thread. */
export function inSynchronousTask<T>(instance: ComponentInstance, signature: Signature, run: () => T): T {
  const async = instance.async!
  const outer = async.current
  const task = placeholderTask(instance, signature.name, signature)
  const thread = new GuestThread(task, undefined)
  task.state = 'started'
  task.register(thread)
  async.current = thread
  try {
    return run()
  } finally {
    task.state = 'resolved'
    task.unregister(thread)
    async.current = outer
    const { scheduler } = async
    if (scheduler.waiting.size > 0 || scheduler.hostCalls.size > 0) scheduler.poke()
  }
}

function placeholderTask(
  instance: ComponentInstance,
  name: string,
  signature: Signature = synchronousSignature(name),
): Task {
  return new Task({
    signature,
    instance,
    memory: undefined,
    borrows: { borrows: 0 },
    caller: { onStart: () => [], onResolve: () => {} },
  })
}

/** Of core functions that are called with nothing to move: `start`, `realloc`. */
export function synchronousSignature(name: string): Signature {
  return {
    name,
    type: { kind: 'function', async: false, parameters: [], result: undefined },
    options: { stringEncoding: 'utf8', pointer: 'i32', async: false, postReturn: false, callback: false },
  }
}
