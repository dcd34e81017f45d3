/** CanonicalABI.md, "Stream State": what the two ends of a stream share. */
import type { ComponentInstance } from '../component-instance.ts'
import { copy, type ReadableBuffer, type WritableBuffer } from './buffer.ts'
import type { ElementType } from './element-type.ts'
import type { Scheduler } from './scheduler.ts'
import { waitableTrap } from './waitable.ts'

/** `CopyResult`. */
export const COPY = { completed: 0, dropped: 1, cancelled: 2 } as const
export type CopyResult = (typeof COPY)[keyof typeof COPY]

/** Who waits for a copy is told of progress, after which it may take its buffer back, and of the end. */
export interface CopyListener {
  onCopy(reclaimBuffer: () => void): void
  onDone(result: CopyResult): void
}

interface Pending {
  /** Undefined: the host. */
  readonly instance: ComponentInstance | undefined
  readonly buffer: ReadableBuffer | WritableBuffer
  readonly listener: CopyListener
}

export class SharedStream {
  readonly kind = 'stream'
  readonly element: ElementType
  /** Of the instances that its ends are in. */
  readonly tree: Scheduler
  /** Where the host writes: somebody has the readable end now. */
  onGiven: (() => void) | undefined
  /** Where the host writes: somebody reads now. */
  onFirstRead: (() => void) | undefined
  /** Where the host writes: nobody will read, or go on reading. */
  onDropped: (() => void) | undefined
  #dropped = false
  #pending: Pending | undefined

  constructor(element: ElementType, tree: Scheduler) {
    this.element = element
    this.tree = tree
  }

  /** A guest gets the readable end, or the host. */
  give(): void {
    const begin = this.onGiven
    this.onGiven = undefined
    begin?.()
  }

  read(instance: ComponentInstance | undefined, buffer: WritableBuffer, listener: CopyListener): void {
    this.#copy({ instance, buffer, listener }, (other) => copy(other as ReadableBuffer, buffer), false)
    const begin = this.onFirstRead
    this.onFirstRead = undefined
    begin?.()
  }

  write(instance: ComponentInstance | undefined, buffer: ReadableBuffer, listener: CopyListener): void {
    this.#copy({ instance, buffer, listener }, (other) => copy(buffer, other as WritableBuffer), true)
  }

  #copy(mine: Pending, transfer: (other: Pending['buffer']) => void, writes: boolean): void {
    const other = this.#pending
    if (this.#dropped) mine.listener.onDone(COPY.dropped)
    else if (other === undefined) this.#pending = mine
    else {
      refuseIntraComponent(this, mine.instance, other.instance)
      if (other.buffer.remain > 0) {
        if (mine.buffer.remain > 0) {
          transfer(other.buffer)
          other.listener.onCopy(() => {
            if (this.#pending === other) this.#pending = undefined
          })
        }
        mine.listener.onDone(COPY.completed)
      } else if (writes && mine.buffer.isZeroLength && other.buffer.isZeroLength) {
        mine.listener.onDone(COPY.completed)
      } else {
        this.#notifyPending(COPY.completed)
        this.#pending = mine
      }
    }
  }

  #notifyPending(result: CopyResult): void {
    const pending = this.#pending
    this.#pending = undefined
    pending?.listener.onDone(result)
  }

  cancel(): void {
    this.#notifyPending(COPY.cancelled)
  }

  drop(): void {
    if (this.#dropped) return
    this.#dropped = true
    this.#notifyPending(COPY.dropped)
    this.onDropped?.()
  }
}

/** "For now", says the specification, values other than numbers do not go from an instance to itself. */
export function refuseIntraComponent(
  { kind, element }: { readonly kind: string; readonly element: ElementType },
  one: ComponentInstance | undefined,
  other: ComponentInstance | undefined,
): void {
  if (one === undefined || one !== other || element.isNoneOrNumber) return
  throw waitableTrap(`cannot read from and write to intra-component ${kind}`)
}
