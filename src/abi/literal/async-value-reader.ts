/** What users pass for streams and futures. */
import type { FutureType, StreamType, ValueType } from '../../component/value-type.ts'
import type { Shared } from '../../runtime/async/copy-end.ts'
import { type ElementType, elementType } from '../../runtime/async/element-type.ts'
import { type HostChunk, nothing } from '../../runtime/async/host-buffer.ts'
import { futureOf } from '../../runtime/async/host-future.ts'
import { type GuestEnds, streamOf } from '../../runtime/async/host-stream.ts'
import { type Scheduler, schedulerOf } from '../../runtime/async/scheduler.ts'
import type { CanonicalContext } from '../../runtime/back-end.ts'

/** Reads elements, when they come: one for each time. */
export interface ElementReader {
  readChunk(chunk: unknown, element: ValueType, place: () => string): HostChunk
  readBrought(value: unknown, element: ValueType, place: () => string): HostChunk
}

/** Reads streams, or futures, of one type. */
export class AsyncValueReader implements GuestEnds {
  readonly type: StreamType | FutureType
  readonly #context: Pick<CanonicalContext, 'instance' | 'resource'>
  readonly #newReader: () => ElementReader
  #element: ElementType | undefined

  constructor(
    type: StreamType | FutureType,
    context: Pick<CanonicalContext, 'instance' | 'resource'>,
    newReader: () => ElementReader,
  ) {
    this.type = type
    this.#context = context
    this.#newReader = newReader
  }

  get tree(): Scheduler {
    return schedulerOf(this.#context.instance.root)
  }

  get element(): ElementType {
    this.#element ??= elementType(
      this.type.element,
      (resource) => this.#context.resource(resource),
      this.tree.typeNumbers,
    )
    return this.#element
  }

  /**
   * Undefined where it can be none.
   *
   * @param place for messages, of elements that do not fit, too
   */
  read(given: unknown, place: () => string): Shared | undefined {
    const { kind, element } = this.type
    if (kind === 'stream') {
      return streamOf(given, this, (chunk) =>
        element ? this.#newReader().readChunk(chunk, element, place) : nothing,
      )
    }
    return futureOf(given, this, (value) =>
      element ? this.#newReader().readBrought(value, element, place) : nothing,
    )
  }
}
