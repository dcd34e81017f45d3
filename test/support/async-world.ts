/**
 * Streams, futures and error contexts for property tests, beside handles of resources. Random values hold placeholders; each run puts
 * live ones of its own in their places, and reads those that it gets.
 */
import fc from './fast-check.ts'
import type { ValueType } from '../../src/component/value-type.ts'
import { arbitraryValue, type ValueOptions } from '../../src/fuzz/arbitrary-value.ts'
import { CopyEnd } from '../../src/runtime/async/copy-end.ts'
import { ErrorContext } from '../../src/runtime/async/error-context.ts'
import type { Handle } from '../../src/runtime/handle.ts'
import { arbitraryFreshPlaceholder, arbitraryPlaceholder, ResourceWorld } from './resource-world.ts'

/** How the host has what it gives: of streams its elements, of futures what they bring. */
type Form = 'iterable' | 'async-iterable' | 'readable' | 'fails'

/** Stands for a stream, a future or an error context in a random value. */
class AsyncPlaceholder {
  readonly kind: 'stream' | 'future' | 'error-context'
  readonly form: Form
  readonly parts: readonly unknown[]

  constructor(kind: AsyncPlaceholder['kind'], form: Form, parts: readonly unknown[]) {
    this.kind = kind
    this.form = form
    this.parts = parts
  }
}

const soundForms: readonly Form[] = ['iterable', 'async-iterable', 'readable']

/** For `asyncValue` of `arbitraryValue`. */
export function arbitraryAsyncPlaceholder(type: ValueType): fc.Arbitrary<unknown> {
  return placeholder(type, soundForms, arbitraryFreshPlaceholder)
}

/** The same of what may fail, or bring handles that others bring, too. */
export function arbitraryFailingPlaceholder(type: ValueType): fc.Arbitrary<unknown> {
  return placeholder(type, [...soundForms, 'fails'], arbitraryPlaceholder)
}

function placeholder(
  type: ValueType,
  forms: readonly Form[],
  handle: NonNullable<ValueOptions['handle']>,
): fc.Arbitrary<unknown> {
  const form = fc.constantFrom(...forms)
  const make = (parts: fc.Arbitrary<unknown[]>) =>
    fc
      .tuple(form, parts)
      .map((given) => new AsyncPlaceholder(type.kind as AsyncPlaceholder['kind'], ...given))
  if (type.kind !== 'stream' && type.kind !== 'future') return make(fc.array(fc.string(), { maxLength: 2 }))
  const element =
    type.element === undefined ? fc.constant(undefined) : arbitraryValue(type.element, { handle })
  return make(fc.array(element, { minLength: type.kind === 'future' ? 1 : 0, maxLength: 3 }))
}

/** What the host reads of one stream or future. */
interface Reading {
  readonly chunks: unknown[]
  end: unknown
}

/** Codes of traps that both back ends explain in the same words: they say what a handle was, or what the host did. */
const sameWords = new Set([
  'host-error',
  'waitable',
  'unknown-handle',
  'handle-type',
  'table-full',
  'borrow-not-dropped',
])

/** What is compared of an error with a code. */
export function wordsOf({ code, message }: { readonly code: string; readonly message: string }): object {
  return { code, said: sameWords.has(code) ? message : '' }
}

export class AsyncWorld extends ResourceWorld {
  readonly #readings: Reading[] = []

  protected override liveOf(object: object): unknown {
    return object instanceof AsyncPlaceholder ? this.#live(object) : super.liveOf(object)
  }

  #live({ kind, form, parts }: AsyncPlaceholder): unknown {
    if (kind === 'error-context') return new Error(parts.join())
    const live = parts.map((part) => this.materialize(part))
    if (kind === 'future') return future(live[0], form)
    if (form === 'iterable') return live.values()
    return form === 'readable' ? readable(live) : elements(live, form === 'fails')
  }

  protected override descriptionOf(object: object): unknown {
    if (object instanceof ErrorContext) return { debugMessage: object.debugMessage }
    if (object instanceof ReadableStream) return { stream: this.#read(chunksOf(object)) }
    if (object instanceof Promise) return { future: this.#read(broughtBy(object)) }
    return super.descriptionOf(object)
  }

  /** Its number among those that are read. */
  #read(chunks: AsyncIterable<unknown>): number {
    const reading: Reading = { chunks: [], end: 'still open' }
    const run = async (): Promise<void> => {
      for await (const chunk of chunks) reading.chunks.push(this.describe(chunk))
      reading.end = 'ended'
    }
    run().catch((error) => {
      reading.end = wordsOf(error)
    })
    return this.#readings.push(reading) - 1
  }

  /** All that has come, when nothing more does. */
  async readings(): Promise<readonly Reading[]> {
    // Those that fail are told in the scheduler's next turn, a timer of the same time.
    for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setTimeout(resolve, 0))
    return this.#readings.map(({ chunks, end }) => ({ chunks: [...chunks], end }))
  }

  override describeHandle(handle: Handle): unknown {
    if (handle instanceof ErrorContext) return { debugMessage: handle.debugMessage }
    if (!(handle instanceof CopyEnd)) return super.describeHandle(handle)
    const { shared, side, state } = handle
    return { kind: shared.kind, side, state, element: shared.element.isNoneOrNumber }
  }
}

function future(value: unknown, form: Form): PromiseLike<unknown> {
  if (form === 'fails') {
    const failing = Promise.reject(new Error('not today'))
    failing.catch(() => {})
    return failing
  }
  const promise = Promise.resolve(value)
  // biome-ignore lint/suspicious/noThenProperty: any thenable is a future
  return form === 'iterable' ? { then: (...done) => promise.then(...done) } : promise
}

function readable(all: readonly unknown[]): ReadableStream<unknown> {
  return new ReadableStream({
    start(controller) {
      for (const one of all) controller.enqueue(one)
      controller.close()
    },
  })
}

async function* elements(all: readonly unknown[], fails: boolean): AsyncGenerator<unknown> {
  yield* all
  if (fails) throw new Error('the disk is gone')
}

async function* chunksOf(stream: ReadableStream<unknown>): AsyncGenerator<unknown> {
  yield* stream
}

async function* broughtBy(promise: Promise<unknown>): AsyncGenerator<unknown> {
  yield await promise
}
