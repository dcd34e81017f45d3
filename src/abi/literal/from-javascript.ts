/**
 * The JavaScript values that users pass → component values, all checks included. Everything is read exactly once, before
 * the instance is entered and before any handle moves: getters, iterators and proxies of the caller run here or never.
 */
import { propertyNames } from '../../component/js-name.ts'
import { numberListClass } from '../../component/number-list.ts'
import { isTaggedOption } from '../../component/option-shape.ts'
import type {
  BorrowType,
  Case,
  FlagsType,
  FutureType,
  ListType,
  MapType,
  OptionType,
  OwnType,
  PrimitiveType,
  RecordType,
  ResultType,
  StreamType,
  TupleType,
  ValueType,
} from '../../component/value-type.ts'
import type { Shared } from '../../runtime/async/copy-end.ts'
import { type ErrorContext, errorContextOf } from '../../runtime/async/error-context.ts'
import type { HostChunk } from '../../runtime/async/host-buffer.ts'
import type { CanonicalContext } from '../../runtime/back-end.ts'
import { elementsOf, isAttached, isInherited, ownProperty } from '../../runtime/elements.ts'
import { mismatch } from '../../runtime/mismatch.ts'
import { nextStamp } from '../../runtime/resource.ts'
import { elementSize } from '../element-size.ts'
import type { PointerType } from '../pointer.ts'
import { MAX_LIST_BYTE_LENGTH } from '../strings.ts'
import { AsyncValueReader } from './async-value-reader.ts'
import type { HandleValue, ListValue, RecordValue, Value, VariantValue } from './value.ts'

/** Reads the values of one call. */
export class JavaScriptReader {
  /** The handles among them. */
  readonly handles: HandleValue[] = []
  readonly #rechecks: (() => void)[] = []
  readonly #context: Pick<CanonicalContext, 'instance' | 'resource'>
  /** Tells the uses of one handle in this call from those in others. */
  readonly #stamp: number = nextStamp()

  readonly #pointer: PointerType

  constructor(context: Pick<CanonicalContext, 'instance' | 'resource'>, pointer: PointerType) {
    this.#context = context
    this.#pointer = pointer
  }

  /**
   * @param place for messages: the function and the path to the value, `add: argument b.points[3]`
   * @throws {TypeError} that names the place, what was expected and what came
   */
  read(value: unknown, type: ValueType, place: string): Value {
    switch (type.kind) {
      case 'bool':
        if (typeof value !== 'boolean') throw mismatch(place, type, value)
        return value
      case 's8':
      case 'u8':
      case 's16':
      case 'u16':
      case 's32':
      case 'u32':
        return readInteger(value, type, place)
      case 's64':
      case 'u64':
        return readBigInteger(value, type, place)
      case 'f32':
        return Math.fround(readFloat(value, type, place))
      case 'f64':
        return readFloat(value, type, place)
      case 'char':
        return readChar(value, type, place)
      case 'string':
        return readString(value, type, place)
      case 'list':
        return this.#list(value, type, place)
      case 'record':
        return this.#record(value, type, place)
      case 'tuple':
        return this.#tuple(value, type, place)
      case 'variant':
        return this.#case(value, type, type.cases, place)
      case 'enum':
        if (!type.names.includes(value as string)) throw mismatch(place, type, value)
        return { label: value as string, payload: undefined }
      case 'flags':
        return readFlags(value, type, place)
      case 'option':
        return this.#option(value, type, place)
      case 'result':
        return this.#result(value, type, place)
      case 'map':
        return this.#map(value, type, place)
      case 'own':
      case 'borrow':
        return this.#handle(value, type, place)
      case 'error-context':
        return this.#errorContext(value, type, place)
      case 'stream':
      case 'future':
        return this.#asyncValue(value, type, place)
    }
  }

  /**
   * When all arguments have been read: whether the handles among them still are what was checked. Code of the caller's ran
   * while others were read.
   */
  recheck(): void {
    for (const check of this.#rechecks) check()
  }

  /** What is to be moved moves later: takes it, so that nobody else does. */
  reserveOwned(): void {
    for (const handle of this.handles) {
      const { resource, own, object } = handle
      if (own) handle.object = resource.liftOwn(resource.takeOwn(object), false)
    }
  }

  /** What was reserved is not moved: it has nobody else. */
  abandonOwned(): void {
    for (const { resource, own, object } of this.handles) if (own) resource.giveUp(object)
  }

  #list(value: unknown, type: ListType, place: string): ListValue {
    const Class = numberListClass(type.element)
    // Its own constructor copies a typed array without a look at what the caller may have hung on it.
    const isNumbers = Class && ArrayBuffer.isView(value) && value instanceof Class && isAttached(value)
    const numbers = isNumbers ? new Class(value) : undefined
    const elements = numbers ?? readElements(value, type, place)
    if (type.length === undefined) this.#checkLength(elements, type.element, type, place)
    else if (elements.length !== type.length) {
      throw mismatch(place, type, value, `${elements.length} elements`)
    }
    if (numbers) return numbers
    return each(elements, (element, i) => this.read(element, type.element, `${place}[${i}]`))
  }

  /** No list takes more bytes than another component could lift. */
  #checkLength(elements: ArrayLike<unknown>, element: ValueType, type: ValueType, place: string): void {
    const most = Math.floor(MAX_LIST_BYTE_LENGTH / elementSize(element, this.#pointer))
    if (elements.length <= most) return
    throw mismatch(place, type, elements, `${elements.length} elements, and at most ${most} fit`)
  }

  #record(value: unknown, type: RecordType, place: string): RecordValue {
    if (!isObject(value)) throw mismatch(place, type, value)
    const names = propertyNames(type.fields.map(({ name }) => name))
    return new Map(
      type.fields.map((field, i) => [
        field.name,
        this.read(readField(value, names[i]!), field.type, `${place}.${names[i]}`),
      ]),
    )
  }

  #tuple(value: unknown, type: TupleType, place: string): RecordValue {
    const parts = readElements(value, type, place)
    if (parts.length !== type.types.length) throw mismatch(place, type, value, `${parts.length} elements`)
    return new Map(type.types.map((part, i) => [String(i), this.read(parts[i], part, `${place}[${i}]`)]))
  }

  #case(value: unknown, type: ValueType, cases: readonly Case[], place: string): VariantValue {
    if (!isObject(value)) throw mismatch(place, type, value)
    const { tag } = value
    const found = cases.find(({ name }) => name === tag)
    if (!found) throw mismatch(`${place}.tag`, type, tag)
    if (found.type === undefined) return { label: found.name, payload: undefined }
    return { label: found.name, payload: this.read(value.val, found.type, `${place}.val`) }
  }

  #option(value: unknown, type: OptionType, place: string): VariantValue {
    const cases: Case[] = [
      { name: 'none', type: undefined },
      { name: 'some', type: type.type },
    ]
    if (isTaggedOption(type)) return this.#case(value, type, cases, place)
    if (value === undefined) return { label: 'none', payload: undefined }
    return { label: 'some', payload: this.read(value, type.type, place) }
  }

  /** Users say `err`; the specification's case is called `error`. */
  #result(value: unknown, type: ResultType, place: string): VariantValue {
    const cases: Case[] = [
      { name: 'ok', type: type.ok },
      { name: 'err', type: type.error },
    ]
    const { label, payload } = this.#case(value, type, cases, place)
    return { label: label === 'err' ? 'error' : 'ok', payload }
  }

  #map(value: unknown, type: MapType, place: string): readonly RecordValue[] {
    const pairs = readElements(value, type, place)
    const pair: TupleType = { kind: 'tuple', types: [type.key, type.value] }
    this.#checkLength(pairs, pair, type, place)
    return each(pairs, (entry, i) => this.#tuple(entry, pair, `${place}[${i}]`))
  }

  #asyncValue(value: unknown, type: StreamType | FutureType, place: string): Shared {
    // Of a value that comes later each is another one's.
    const newReader = (): JavaScriptReader => new JavaScriptReader(this.#context, this.#pointer)
    const shared = new AsyncValueReader(type, this.#context, newReader).read(value, () => place)
    if (shared === undefined) throw mismatch(place, type, value)
    return shared
  }

  /** What is written to a stream at once: numbers come in lists, everything else one by one. */
  readChunk(chunk: unknown, element: ValueType, place: () => string): HostChunk {
    const alone = typeof chunk === 'number' || typeof chunk === 'bigint' || !numberListClass(element)
    const list: ListType = { kind: 'list', element }
    return this.#taken(this.#list(alone ? [chunk] : chunk, list, `${place()}: element`))
  }

  /** What a future brings. */
  readBrought(value: unknown, element: ValueType, place: () => string): HostChunk {
    return this.#taken([this.read(value, element, `${place()}: value`)])
  }

  /** Whoever reads it may do so much later. */
  #taken(values: ListValue): HostChunk {
    this.recheck()
    this.reserveOwned()
    return { values, count: values.length, abandon: () => this.abandonOwned() }
  }

  #errorContext(value: unknown, type: ValueType, place: string): ErrorContext {
    const context = errorContextOf(value)
    if (context === undefined) throw mismatch(place, type, value)
    return context
  }

  #handle(value: unknown, type: OwnType | BorrowType, place: string): HandleValue {
    const resource = this.#context.resource(type.resource)
    const own = type.kind === 'own'
    const problem = own ? resource.claimOwn(value, this.#stamp) : resource.claimBorrow(value, this.#stamp)
    if (problem !== undefined) throw mismatch(place, type, value, problem)
    const handle: HandleValue = { resource, own, object: value as object }
    this.handles.push(handle)
    this.#rechecks.push(() => {
      // Objects of the host's are what they are.
      if (resource.owner === undefined) return
      const changed = own ? resource.claimOwn(value, 0) : resource.claimBorrow(value, 0)
      if (changed !== undefined) throw mismatch(place, type, value, changed)
    })
    return handle
  }
}

function readInteger(value: unknown, type: PrimitiveType, place: string): bigint {
  const bits = Number(type.kind.slice(1))
  const [least, greatest] = type.kind.startsWith('u')
    ? [0, 2 ** bits - 1]
    : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1]
  const fits = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= greatest
  if (!fits) throw mismatch(place, type, value)
  return BigInt(value)
}

function readBigInteger(value: unknown, type: PrimitiveType, place: string): bigint {
  const wrap = type.kind === 'u64' ? BigInt.asUintN : BigInt.asIntN
  if (typeof value !== 'bigint' || wrap(64, value) !== value) throw mismatch(place, type, value)
  return value
}

function readFloat(value: unknown, type: PrimitiveType, place: string): number {
  if (typeof value !== 'number') throw mismatch(place, type, value)
  return value
}

function readChar(value: unknown, type: PrimitiveType, place: string): string {
  const isOne = typeof value === 'string' && value.isWellFormed() && [...value].length === 1
  if (!isOne) throw mismatch(place, type, value)
  return value
}

/** A lone surrogate becomes U+FFFD. */
function readString(value: unknown, type: PrimitiveType, place: string): string {
  if (typeof value !== 'string') throw mismatch(place, type, value)
  return value.toWellFormed()
}

function readFlags(value: unknown, type: FlagsType, place: string): RecordValue {
  if (!isObject(value)) throw mismatch(place, type, value)
  const properties = propertyNames(type.names)
  return new Map(
    type.names.map((name, i) => {
      const flag = readField(value, properties[i]!)
      if (flag !== undefined && typeof flag !== 'boolean')
        throw mismatch(`${place}.${properties[i]}`, type, flag)
      return [name, flag === true]
    }),
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/** What the caller passed as a list: an array, something like an array, or anything iterable. */
function readElements(value: unknown, type: ValueType, place: string): ArrayLike<unknown> {
  const elements = elementsOf(value)
  if (elements === undefined) throw mismatch(place, type, value)
  return elements
}

/** One by one, and not through an iterator: the caller's has run already. */
function each<T>(elements: ArrayLike<unknown>, read: (element: unknown, i: number) => T): T[] {
  return Array.from({ length: elements.length }, (_, i) => read(elements[i], i))
}

function readField(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return isInherited(name) ? ownProperty(object, name) : object[name]
}
