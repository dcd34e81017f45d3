/** CanonicalABI.md, "Future State": what the two ends of a future share. */
import type { ComponentInstance } from '../component-instance.ts'
import { copy, type ReadableBuffer, type WritableBuffer } from './buffer.ts'
import type { ElementType } from './element-type.ts'
import type { Scheduler } from './scheduler.ts'
import { COPY, type CopyListener, type CopyResult, refuseIntraComponent } from './stream.ts'

interface Pending {
  readonly instance: ComponentInstance | undefined
  readonly buffer: ReadableBuffer | WritableBuffer
  readonly listener: CopyListener
}

export class SharedFuture {
  readonly kind = 'future'
  readonly element: ElementType
  /** Of the instances that its ends are in. */
  readonly tree: Scheduler
  /** Where the host writes: somebody has the readable end now. */
  onGiven: (() => void) | undefined
  /** Where the host writes: nobody will read. */
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
    this.#copy({ instance, buffer, listener }, (other) => copy(other as ReadableBuffer, buffer))
  }

  write(instance: ComponentInstance | undefined, buffer: ReadableBuffer, listener: CopyListener): void {
    if (this.#dropped) listener.onDone(COPY.dropped)
    else this.#copy({ instance, buffer, listener }, (other) => copy(buffer, other as WritableBuffer))
  }

  #copy(mine: Pending, transfer: (other: Pending['buffer']) => void): void {
    const other = this.#pending
    if (other === undefined) {
      this.#pending = mine
      return
    }
    refuseIntraComponent(this, mine.instance, other.instance)
    transfer(other.buffer)
    this.#notifyPending(COPY.completed)
    mine.listener.onDone(COPY.completed)
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
