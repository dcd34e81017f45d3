/** Streams, futures and error contexts, as generated code moves them: `async-source.ts` writes what calls this. */
import { AsyncValueReader, type ElementReader } from '../../abi/literal/async-value-reader.ts'
import { JavaScriptReader } from '../../abi/literal/from-javascript.ts'
import type { Shared } from '../../runtime/async/copy-end.ts'
import type { ErrorContext } from '../../runtime/async/error-context.ts'
import type { SharedFuture } from '../../runtime/async/future.ts'
import { unreadPromiseOf } from '../../runtime/async/host-future.ts'
import { readableStream } from '../../runtime/async/host-stream.ts'
import type { SharedStream } from '../../runtime/async/stream.ts'
import { addShared, takeReadable } from '../../runtime/async/table-entry.ts'
import type { CanonicalContext } from '../../runtime/back-end.ts'
import type { ComponentInstance } from '../../runtime/component-instance.ts'
import type { EndsReference, LiftBinding } from './binding.ts'
import { HostElementReader } from './host-element.ts'
import type { Reference } from './image.ts'
import type { GuestMemory } from './memory.ts'
import type { Scratch } from './scratch.ts'

type Bound = Pick<LiftBinding, 'context' | 'references'>

/** The streams, or the futures, of one type that source refers to. */
export function asyncEnds(bound: Bound, index: number): AsyncEnds {
  return new AsyncEnds(bound.references.ends![index]!, bound.context)
}

class AsyncEnds {
  readonly #instance: ComponentInstance
  readonly #reader: AsyncValueReader

  constructor(reference: EndsReference, context: CanonicalContext) {
    this.#instance = context.instance
    this.#reader = new AsyncValueReader(reference.type, context, elementReaders(reference, context))
  }

  /** What the caller passed; undefined where it can be none. `indices` are those of the lists that lead to it. */
  read(
    given: unknown,
    bound: Pick<LiftBinding, 'path'>,
    site: number,
    ...indices: number[]
  ): Shared | undefined {
    return this.#reader.read(given, () => bound.path(site, indices))
  }

  /** The stream as the host sees it; for another component what both ends share. */
  liftStream(index: number, transient: boolean): unknown {
    const shared = this.#take(index) as SharedStream
    return transient ? shared : readableStream(shared)
  }

  /** The same of a future; nothing is read of it before all values are lifted. */
  liftFuture(index: number, transient: boolean, futures: Futures): unknown {
    const shared = this.#take(index) as SharedFuture
    return transient ? shared : futures.promiseOf(shared)
  }

  #take(index: number): Shared {
    const { type, element } = this.#reader
    return takeReadable(this.#instance, index, { kind: type.kind, side: 'readable', element })
  }
}

/** What the host writes is read by generated code, which is bound when the first of it comes. */
function elementReaders(reference: EndsReference, context: CanonicalContext): () => ElementReader {
  const { pointer } = reference
  let generated: HostElementReader | undefined
  return () => {
    if (generated !== undefined) return generated
    const { element } = reference
    if (element === undefined) return new JavaScriptReader(context, pointer)
    generated = new HostElementReader(element, context, pointer)
    return generated
  }
}

/** Futures that one call lifts for the host. */
export class Futures {
  readonly #reads: (() => void)[] = []

  promiseOf(shared: SharedFuture): Promise<unknown> {
    const { promise, read } = unreadPromiseOf(shared)
    this.#reads.push(read)
    return promise
  }

  /** All values are lifted. */
  read(): void {
    for (const read of this.#reads) read()
  }
}

/** One that an image refers to. */
export class AsyncReference implements Reference {
  readonly #instance: ComponentInstance
  readonly #value: Shared | ErrorContext

  constructor(instance: ComponentInstance, value: Shared | ErrorContext) {
    this.#instance = instance
    this.#value = value
  }

  place(memory: GuestMemory, _scratch: Scratch, address: number): void {
    memory.views.data.setInt32(address, addShared(this.#instance, this.#value), true)
  }

  /** It was made when it was read, and nobody else has it. */
  changed(): undefined {
    return undefined
  }
}
