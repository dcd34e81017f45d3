/** The built-ins of streams and futures (CanonicalABI.md, `canon {stream,future}.*`). */
import { type CoreValue, unsigned } from '../../../abi/literal/core-value.ts'
import type { ValueType } from '../../../component/value-type.ts'
import type { CanonicalContext, CanonicalOptions, CoreFunction, LoweredFunction } from '../../back-end.ts'
import { blockingFunction, plainFunction } from '../blocking-function.ts'
import { GuestBuffer } from '../buffer.ts'
import { CopyEnd, type Side } from '../copy-end.ts'
import type { ElementValues } from '../element-values.ts'
import { type ElementType, elementType } from '../element-type.ts'
import { SharedFuture } from '../future.ts'
import { COPY, type CopyListener, SharedStream } from '../stream.ts'
import { EVENT, refuseInWaitableSet } from '../waitable.ts'
import { addEntry, endAt, toWaitFor } from '../table-entry.ts'
import { BLOCKED } from './waitable-builtins.ts'

type Kind = 'stream' | 'future'

/** The stream or future type that a built-in is for. */
export interface CopyParts {
  readonly kind: Kind
  readonly element: ValueType | undefined
  readonly context: CanonicalContext
  readonly elementValues: ElementValues | undefined
}

function elementOf({ element, context }: CopyParts): ElementType {
  const { typeNumbers } = context.instance.async!.scheduler
  return elementType(element, (resource) => context.resource(resource), typeNumbers)
}

export function copyNew(parts: CopyParts): CoreFunction {
  const { instance } = parts.context
  const element = elementOf(parts)
  const { scheduler } = instance.async!
  const Shared = parts.kind === 'stream' ? SharedStream : SharedFuture
  return plainFunction(instance, () => {
    instance.checkMayLeave()
    const shared = new Shared(element, scheduler)
    const readable = BigInt(addEntry(instance, new CopyEnd(shared, 'readable')))
    const writable = BigInt(addEntry(instance, new CopyEnd(shared, 'writable')))
    return readable | (writable << 32n)
  })
}

const eventCodes = /* @__PURE__ */ (() => ({
  stream: { readable: EVENT.streamRead, writable: EVENT.streamWrite },
  future: { readable: EVENT.futureRead, writable: EVENT.futureWrite },
}))()

export function copyReadOrWrite(parts: CopyParts, side: Side, options: CanonicalOptions): LoweredFunction {
  const { kind, context } = parts
  const { instance } = context
  const { pointer, async } = options
  const type = { kind, side, element: elementOf(parts) }
  const { element, elementValues } = parts
  const mover = element && elementValues?.(element, options)?.(context)
  const place = { options, context, element, mover }
  const begin = (index: number, address: CoreValue, length: bigint): CopyEnd => {
    const find = () => endAt(instance, index, type)
    const end = async ? find() : toWaitFor(instance, find)
    if (end.state !== 'idle') throw end.refusal(side === 'readable' ? 'read from' : 'write to')
    if (!async) refuseInWaitableSet(end)
    const buffer = new GuestBuffer(place, unsigned(address), length)
    end.state = 'copying'
    end.copy(instance, buffer, listenerOf(end, index, buffer))
    return end
  }
  const shape =
    kind === 'stream'
      ? { parameters: ['i32', pointer, pointer], results: [pointer] }
      : { parameters: ['i32', pointer], results: ['i32'] as const }
  const result = (payload: number): CoreValue =>
    kind === 'stream' && pointer === 'i64' ? BigInt(payload) : payload
  return blockingFunction(
    instance,
    shape as Parameters<typeof blockingFunction>[1],
    (suspends, index, address, length) => {
      instance.checkMayLeave()
      const end = begin((index as number) >>> 0, address!, kind === 'stream' ? unsigned(length!) : 1n)
      const finish = (): CoreValue => result(end.takePendingEvent()[2])
      if (end.hasPendingEvent) return finish()
      if (async) return result(BLOCKED)
      const waiting = end.waitForPendingEvent(instance, suspends)
      return waiting === undefined ? finish() : waiting.then(finish)
    },
  )
}

/** Makes events of what becomes of a copy. */
function listenerOf(end: CopyEnd, index: number, buffer: GuestBuffer): CopyListener {
  const { kind } = end.shared
  const code = eventCodes[kind][end.side]
  return {
    onCopy(reclaimBuffer) {
      end.setPendingEvent(() => {
        reclaimBuffer()
        end.state = 'idle'
        return [code, index, COPY.completed | (buffer.progress << 4)]
      })
    },
    onDone(result) {
      end.setPendingEvent(() => {
        const over = result === COPY.dropped || (kind === 'future' && result === COPY.completed)
        end.state = over ? 'done' : 'idle'
        return [code, index, kind === 'stream' ? result | (buffer.progress << 4) : result]
      })
    },
  }
}

export function copyCancel(parts: CopyParts, side: Side, async: boolean): LoweredFunction {
  const { kind, context } = parts
  const { instance } = context
  const type = { kind, side, element: elementOf(parts) }
  const shape = { parameters: ['i32'], results: ['i32'] } as const
  return blockingFunction(instance, shape, (suspends, index) => {
    instance.checkMayLeave()
    const find = () => endAt(instance, index as number, type)
    const end = async ? find() : toWaitFor(instance, find)
    if (end.state !== 'copying' || end.syncWaiter !== undefined) throw end.cancelRefusal()
    if (!async) refuseInWaitableSet(end)
    end.state = 'cancelling'
    const finish = (): number => cancelled(kind, end.takePendingEvent()[2])
    if (end.hasPendingEvent) return finish()
    end.shared.cancel()
    if (end.hasPendingEvent) return finish()
    if (async) return BLOCKED
    const waiting = end.waitForPendingEvent(instance, suspends)
    return waiting === undefined ? finish() : waiting.then(finish)
  })
}

/** What has been copied before a stream is cancelled counts, and the copy is cancelled all the same. */
function cancelled(kind: Kind, payload: number): number {
  return kind === 'stream' && (payload & 0xf) === COPY.completed ? payload | COPY.cancelled : payload
}

export function copyDrop(parts: CopyParts, side: Side): CoreFunction {
  const { instance } = parts.context
  const type = { kind: parts.kind, side, element: elementOf(parts) }
  return plainFunction(instance, (index) => {
    instance.checkMayLeave()
    endAt(instance, index as number, type).drop()
    instance.handles.remove((index as number) >>> 0)
  })
}
