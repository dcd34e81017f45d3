/** `waitable-set.{new,wait,poll,drop}`, `waitable.join` and `subtask.{cancel,drop}` (CanonicalABI.md, under their names). */
import { Trap } from '../../../errors.ts'
import type { CoreValue } from '../../../abi/literal/core-value.ts'
import type { CoreFunction, LoweredFunction } from '../../back-end.ts'
import type { ComponentInstance } from '../../component-instance.ts'
import { currentThread } from '../async-state.ts'
import { blockingFunction, plainFunction } from '../blocking-function.ts'
import {
  type Event,
  NO_EVENT,
  refuseInWaitableSet,
  TASK_CANCELLED,
  WaitableSet,
  waitableTrap,
} from '../waitable.ts'
import { addEntry, subtaskAt, toWaitFor, waitableAt, waitableSetAt } from '../table-entry.ts'

/** What an asynchronous built-in returns that goes on. */
export const BLOCKED = 0xffff_ffff

export function waitableSetNew(instance: ComponentInstance): CoreFunction {
  return plainFunction(instance, () => {
    instance.checkMayLeave()
    return addEntry(instance, new WaitableSet())
  })
}

/** Where an event's payloads go, and whether the wait may be cancelled. */
export interface WaitParts {
  readonly instance: ComponentInstance
  readonly memory: WebAssembly.Memory
  readonly pointer: 'i32' | 'i64'
  readonly cancellable: boolean
}

export function waitableSetWait(parts: WaitParts): LoweredFunction {
  const { instance, pointer, cancellable } = parts
  const shape = { parameters: ['i32', pointer], results: ['i32'] } as const
  return blockingFunction(instance, shape, (suspends, index, address) => {
    instance.checkMayLeave()
    const set = toWaitFor(instance, () => waitableSetAt(instance, index as number))
    const thread = currentThread(instance)
    set.waiting.add(thread)
    const finish = (cancelled: boolean): number => {
      set.waiting.delete(thread)
      return storeEvent(parts, address!, cancelled ? TASK_CANCELLED : set.takePendingEvent())
    }
    const waiting = thread.waitUntil(() => set.hasPendingEvent, cancellable, suspends)
    return waiting instanceof Promise ? waiting.then(finish) : finish(waiting)
  })
}

export function waitableSetPoll(parts: WaitParts): CoreFunction {
  const { instance, cancellable } = parts
  return plainFunction(instance, (index, address) => {
    instance.checkMayLeave()
    const set = waitableSetAt(instance, index as number)
    const cancelled = currentThread(instance).task.deliverPendingCancel(cancellable)
    const event = cancelled ? TASK_CANCELLED : set.hasPendingEvent ? set.takePendingEvent() : NO_EVENT
    return storeEvent(parts, address!, event)
  })
}

/** Writes the payloads one after the other; returns the code. @throws {Trap} unaligned, out-of-bounds */
function storeEvent({ memory }: WaitParts, address: CoreValue, [code, index, payload]: Event): number {
  const begin = typeof address === 'bigint' ? Number(BigInt.asUintN(64, address)) : address >>> 0
  const place = `0x${begin.toString(16)}`
  if (begin % 4 !== 0) {
    throw new Trap('unaligned', `wasm trap: unaligned pointer: ${place} is no multiple of 4`)
  }
  if (begin + 8 > memory.buffer.byteLength) {
    throw new Trap('out-of-bounds', `pointer out of bounds of memory: the 8 bytes of an event at ${place}`)
  }
  const view = new DataView(memory.buffer)
  view.setUint32(begin, index, true)
  view.setUint32(begin + 4, payload, true)
  return code
}

export function waitableSetDrop(instance: ComponentInstance): CoreFunction {
  return plainFunction(instance, (index) => {
    instance.checkMayLeave()
    waitableSetAt(instance, index as number).drop()
    instance.handles.remove((index as number) >>> 0)
  })
}

export function waitableJoin(instance: ComponentInstance): CoreFunction {
  return plainFunction(instance, (index, setIndex) => {
    instance.checkMayLeave()
    const waitable = waitableAt(instance, index as number)
    if (waitable.syncWaiter !== undefined)
      throw waitableTrap('waitable cannot be used synchronously while added to a waitable set')
    waitable.join(setIndex === 0 ? undefined : waitableSetAt(instance, setIndex as number))
  })
}

export function subtaskCancel(instance: ComponentInstance, async: boolean): LoweredFunction {
  const shape = { parameters: ['i32'], results: ['i32'] } as const
  return blockingFunction(instance, shape, (suspends, index) => {
    instance.checkMayLeave()
    const find = () => subtaskAt(instance, index as number)
    const subtask = async ? find() : toWaitFor(instance, find)
    if (subtask.resolveDelivered)
      throw waitableTrap('`subtask.cancel` called after terminal status delivered')
    if (subtask.cancellationRequested) throw waitableTrap('`subtask.cancel` called twice for one subtask')
    if (!async) refuseInWaitableSet(subtask)
    const finish = (): number => subtask.takePendingEvent()[2]
    if (subtask.resolved) return finish()
    subtask.cancellationRequested = true
    const afterRequest = (): number | Promise<number> => {
      if (subtask.resolved) return finish()
      if (async) return BLOCKED
      const waiting = subtask.waitForPendingEvent(instance, suspends)
      return waiting === undefined ? finish() : waiting.then(finish)
    }
    const running = subtask.onCancel!(instance)
    if (running === undefined) return afterRequest()
    if (suspends) return running.then(afterRequest)
    running.catch(() => {})
    throw currentThread(instance).cannotBlock()
  })
}

export function subtaskDrop(instance: ComponentInstance): CoreFunction {
  return plainFunction(instance, (index) => {
    instance.checkMayLeave()
    subtaskAt(instance, index as number).drop()
    instance.handles.remove((index as number) >>> 0)
  })
}
