/** Streams and futures that calls pass, told of while elements go through: what takes their place tells, and passes on. */
import { propertyNames } from '../component/js-name.ts'
import { numberListClass } from '../component/number-list.ts'
import { isTaggedOption } from '../component/option-shape.ts'
import type { Case, ValueType } from '../component/value-type.ts'
import { isThenable } from './thenable.ts'

/** A stream or future that a call passes. */
export interface Passage {
  readonly kind: 'stream' | 'future'
  /** Undefined where it has no element type. */
  readonly element: ValueType | undefined
  /** `x`, `result`, `request.body`, `result[3]`. */
  readonly place: string
}

/** Is told what becomes of a stream or future. Nobody reads ahead: elements go through when they are asked for. */
export interface PassageWatch {
  /**
   * Elements went through: of numbers perhaps many at once, in the typed array that the reader gets; where there is no element type,
   * `undefined`. Whoever keeps what may change copies it.
   */
  elements(values: ArrayLike<unknown>): void
  /** `cancelled`: the reader wants no more. */
  end(how: 'ended' | 'cancelled' | 'failed'): void
}

/** @returns undefined where nobody is interested */
export type WatchPassage = (passage: Passage) => PassageWatch | undefined

/**
 * The value with every stream and future in it replaced by one that tells. What is no value of the type stays as it is: whoever takes
 * it says so.
 */
export function watchPassages(value: unknown, type: ValueType, place: string, watch: WatchPassage): unknown {
  if (!hasPassages(type)) return value
  switch (type.kind) {
    case 'stream': {
      if (!isChunks(value)) return value
      const told = watch({ kind: 'stream', element: type.element, place })
      return told ? watchedStream(value, type.element, told) : value
    }
    case 'future': {
      if (!isThenable(value)) return value
      const told = watch({ kind: 'future', element: type.element, place })
      return told ? watchedFuture(value, told) : value
    }
    case 'list': {
      if (!Array.isArray(value)) return value
      return value.map((item, i) => watchPassages(item, type.element, `${place}[${i}]`, watch))
    }
    case 'map': {
      if (!(value instanceof Map)) return value
      const pairs = Array.from(value, ([key, one], i) => [
        key,
        watchPassages(one, type.value, `${place}[${i}]`, watch),
      ])
      return new Map(pairs as [unknown, unknown][])
    }
    case 'tuple': {
      if (!Array.isArray(value)) return value
      return type.types.map((part, i) => watchPassages(value[i], part, `${place}.${i}`, watch))
    }
    case 'record': {
      if (!isObject(value)) return value
      const names = propertyNames(type.fields.map(({ name }) => name))
      const fields = type.fields.map((field, i) => {
        const name = names[i]!
        return [name, watchPassages(value[name], field.type, `${place}.${field.name}`, watch)]
      })
      return Object.fromEntries(fields)
    }
    case 'variant':
      return inCase(value, type.cases, place, watch)
    case 'result':
      return inCase(value, resultCases(type.ok, type.error), place, watch)
    case 'option':
      if (isTaggedOption(type)) return inCase(value, [{ name: 'some', type: type.type }], place, watch)
      return value === undefined || value === null ? value : watchPassages(value, type.type, place, watch)
    default:
      return value
  }
}

const known = new WeakMap<ValueType, boolean>()

/** Whether values of the type can have streams or futures in them. */
export function hasPassages(type: ValueType): boolean {
  let has = known.get(type)
  if (has === undefined) {
    has = type.kind === 'stream' || type.kind === 'future' || partsOf(type).some(hasPassages)
    known.set(type, has)
  }
  return has
}

function partsOf(type: ValueType): readonly ValueType[] {
  switch (type.kind) {
    case 'list':
      return [type.element]
    case 'option':
      return [type.type]
    case 'tuple':
      return type.types
    case 'map':
      // What has handles is no key.
      return [type.value]
    case 'record':
      return type.fields.map((field) => field.type)
    case 'variant':
      return type.cases.flatMap((one) => one.type ?? [])
    case 'result':
      return [type.ok ?? [], type.error ?? []].flat()
    default:
      return []
  }
}

function resultCases(ok: ValueType | undefined, error: ValueType | undefined): readonly Case[] {
  return [
    { name: 'ok', type: ok },
    { name: 'err', type: error },
  ]
}

function inCase(value: unknown, cases: readonly Case[], place: string, watch: WatchPassage): unknown {
  if (!isObject(value)) return value
  const { tag, val } = value
  const type = cases.find(({ name }) => name === tag)?.type
  return type === undefined ? value : { tag, val: watchPassages(val, type, `${place}.${tag}`, watch) }
}

function watchedFuture(future: PromiseLike<unknown>, told: PassageWatch): Promise<unknown> {
  const watched = Promise.resolve(future).then(
    (value) => {
      told.elements([value])
      told.end('ended')
      return value
    },
    (error: unknown) => {
      told.end('failed')
      throw error
    },
  )
  // Whoever waits for it is told; that nobody does is no unhandled rejection.
  watched.catch(() => {})
  return watched
}

function watchedStream(
  chunks: Chunks,
  element: ValueType | undefined,
  told: PassageWatch,
): ReadableStream<unknown> {
  let source: Source | undefined
  let isOver = false
  const isNumbers = element !== undefined && numberListClass(element) !== undefined
  return new ReadableStream<unknown>(
    {
      async pull(controller) {
        source ??= sourceOf(chunks)
        try {
          const { done, value } = await source.next()
          // The reader went while it waited.
          if (isOver) return
          if (done) {
            isOver = true
            told.end('ended')
            controller.close()
            return
          }
          const isMany = isNumbers && isObject(value)
          // What can be read once only is read here.
          const chunk = isMany && !isArrayLike(value) ? [...(value as unknown as Iterable<unknown>)] : value
          told.elements(isMany ? (chunk as ArrayLike<unknown>) : [chunk])
          controller.enqueue(chunk)
        } catch (error) {
          if (!isOver) told.end('failed')
          isOver = true
          throw error
        }
      },
      async cancel() {
        isOver = true
        told.end('cancelled')
        await (source ?? sourceOf(chunks)).return()
      },
    },
    { highWaterMark: 0 },
  )
}

type Chunks = AsyncIterable<unknown> | Iterable<unknown> | ReadableStream<unknown>

function isChunks(value: unknown): value is Chunks {
  if (!isObject(value)) return false
  if (value instanceof ReadableStream) return !value.locked
  return Symbol.asyncIterator in value || Symbol.iterator in value
}

interface Source {
  next():
    | PromiseLike<{ readonly done?: boolean | undefined; readonly value?: unknown }>
    | IteratorResult<unknown>
  return(): unknown
}

function sourceOf(chunks: Chunks): Source {
  if (chunks instanceof ReadableStream) {
    const reader = chunks.getReader()
    return { next: () => reader.read(), return: () => reader.cancel() }
  }
  const iterator = ArrayBuffer.isView(chunks)
    ? [chunks].values()
    : Symbol.asyncIterator in chunks
      ? chunks[Symbol.asyncIterator]()
      : chunks[Symbol.iterator]()
  return { next: () => iterator.next(), return: () => iterator.return?.() }
}

function isArrayLike(value: object): boolean {
  return ArrayBuffer.isView(value) || Array.isArray(value)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
