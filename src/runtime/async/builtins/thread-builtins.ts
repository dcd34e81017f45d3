/** The built-ins of cooperative threads (CanonicalABI.md, `canon thread.*`). */
import { Trap } from '../../../errors.ts'
import type { CoreFunction, LoweredFunction } from '../../back-end.ts'
import type { ComponentInstance } from '../../component-instance.ts'
import { currentThread } from '../async-state.ts'
import { blockingFunction, plainFunction } from '../blocking-function.ts'
import { GuestThread } from '../guest-thread.ts'
import { checkPlainType, type ThreadCore, threadCore } from '../thread-core.ts'
import { waitableTrap } from '../waitable.ts'

export function threadIndex(instance: ComponentInstance): CoreFunction {
  return plainFunction(instance, () => {
    instance.checkMayLeave()
    return currentThread(instance).index!
  })
}

/** The table it takes functions from, and the type of their one parameter. */
export interface NewThreadParts {
  readonly instance: ComponentInstance
  readonly table: WebAssembly.Table
  readonly closure: 'i32' | 'i64'
}

export function threadNewIndirect({ instance, table, closure }: NewThreadParts): CoreFunction {
  const cores = new WeakMap<CoreFunction, ThreadCore>()
  const coreOf = (start: CoreFunction): ThreadCore => {
    const core = cores.get(start) ?? startCore(start, closure)
    cores.set(start, core)
    return core
  }
  return plainFunction(instance, (index, argument) => {
    instance.checkMayLeave()
    const { task } = currentThread(instance)
    const core = coreOf(functionAt(table, index as number))
    const thread = new GuestThread(task, function* (one) {
      yield* one.callCore(core, [argument!])
      task.unregister(one)
    })
    task.register(thread)
    return thread.index!
  })
}

/** What a thread starts with; the engine compares the types. @throws {Trap} indirect-call-type */
function startCore(start: CoreFunction, closure: 'i32' | 'i64'): ThreadCore {
  const shape = { parameters: [closure], results: [] } as const
  try {
    checkPlainType(start, shape)
  } catch (error) {
    if (!(error instanceof WebAssembly.LinkError)) throw error
    throw new Trap(
      'indirect-call-type',
      'wasm trap: indirect call type mismatch: what a thread starts with is of another type',
    )
  }
  return threadCore(start, shape, undefined)
}

function functionAt(table: WebAssembly.Table, index: number): CoreFunction {
  const at = (typeof index === 'bigint' ? BigInt.asUintN(64, index) : index >>> 0) as number
  if (at >= table.length)
    throw new Trap('table-out-of-bounds', 'wasm trap: undefined element: out of bounds table access')
  const found: CoreFunction | null = table.get(at)
  if (found === null) throw new Trap('uninitialized-element', 'wasm trap: uninitialized element')
  return found
}

export function threadResumeLater(instance: ComponentInstance): CoreFunction {
  return plainFunction(instance, (index) => {
    instance.checkMayLeave()
    suspendedAt(instance, index as number).resumeLater()
  })
}

const blocks = { parameters: [], results: ['i32'] } as const
const switches = { parameters: ['i32'], results: ['i32'] } as const

export function threadSuspend(instance: ComponentInstance, cancellable: boolean): LoweredFunction {
  return blockingFunction(instance, blocks, (suspends) => {
    instance.checkMayLeave()
    return asCode(currentThread(instance).suspend(cancellable, suspends))
  })
}

export function threadYield(instance: ComponentInstance, cancellable: boolean): LoweredFunction {
  return blockingFunction(instance, blocks, (suspends) => {
    instance.checkMayLeave()
    return asCode(currentThread(instance).yield(cancellable, suspends))
  })
}

export function threadSuspendThenResume(instance: ComponentInstance, cancellable: boolean): LoweredFunction {
  return blockingFunction(instance, switches, (suspends, index) => {
    instance.checkMayLeave()
    const other = suspendedAt(instance, index as number)
    return asCode(currentThread(instance).suspendThenResume(other, cancellable, suspends))
  })
}

export function threadYieldThenResume(instance: ComponentInstance, cancellable: boolean): LoweredFunction {
  return blockingFunction(instance, switches, (suspends, index) => {
    instance.checkMayLeave()
    const other = suspendedAt(instance, index as number)
    return asCode(currentThread(instance).yieldThenResume(other, cancellable, suspends))
  })
}

/** Like the two above, with a thread that is ready to run, if it is: it goes before others that wait longer. */
export function threadThenPromote(
  instance: ComponentInstance,
  what: 'suspend' | 'yield',
  cancellable: boolean,
): LoweredFunction {
  return blockingFunction(instance, switches, (suspends, index) => {
    instance.checkMayLeave()
    const thread = currentThread(instance)
    const other = instance.async!.threads.get((index as number) >>> 0)
    if (thread.task.deliverPendingCancel(cancellable)) return 1
    if (!other.ready || !suspends) return asCode(thread[what](cancellable, suspends))
    other.stopWaiting()
    return asCode(
      what === 'suspend'
        ? thread.suspendThenResume(other, cancellable, suspends)
        : thread.yieldThenResume(other, cancellable, suspends),
    )
  })
}

/** @throws {Trap} unknown-handle, waitable */
function suspendedAt(instance: ComponentInstance, index: number): GuestThread {
  // The running thread is in the table, whether anybody has asked for it or not.
  currentThread(instance)
  const thread = instance.async!.threads.get(index >>> 0)
  if (!thread.suspended) throw waitableTrap(`cannot resume thread ${index}, which is not suspended`)
  return thread
}

/** `Cancelled`. */
function asCode(cancelled: boolean | Promise<boolean>): number | Promise<number> {
  return cancelled instanceof Promise ? cancelled.then(Number) : Number(cancelled)
}
