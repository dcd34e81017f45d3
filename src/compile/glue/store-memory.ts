/**
 * Generated code that checks JavaScript values and writes them as they lie in memory (CanonicalABI.md, "Storing"): either
 * into an image, before the guest is entered, or right into the guest's memory.
 */
import { alignment } from '../../abi/alignment.ts'
import { elementSize, recordLayout, variantLayout } from '../../abi/element-size.ts'
import { despecialize } from '../../abi/despecialize.ts'
import type { PointerType } from '../../abi/pointer.ts'
import { propertyNames } from '../../component/js-name.ts'
import { numberListClass } from '../../component/number-list.ts'
import type {
  BorrowType,
  ListType,
  MapType,
  OptionType,
  OwnType,
  RecordType,
  ResultType,
  TupleType,
  ValueType,
  VariantType,
} from '../../component/value-type.ts'
import { type Address, at, plus, text } from './address.ts'
import { type AsyncValueType, readAsyncValue } from './async-source.ts'
import { caseShape } from './case-shape.ts'
import { referenceCount } from './reference-count.ts'
import { checkByteLength, readElements, readNumbers, readTuple, refuseWithIf } from './read-list.ts'
import {
  checkScalar,
  isScalar,
  notAnObject,
  refuseIf,
  type ScalarType,
  scalarAccess,
  unsigned,
} from './scalar.ts'
import { stringLayout } from './string-layout.ts'
import { element, field, type Place, property, quote, type Source } from './source.ts'

/** Undefined: the guest's memory itself. Else the local that holds the image. */
export type ImageLocal = string | undefined

/** Where the strings of a {@link TextImage} are kept while its elements are read. */
class KeptStrings {
  /** The local that counts the elements. */
  element = ''
  readonly #list: string
  readonly #each: number
  #read = 0

  /**
   * @param list a local
   * @param each strings of an element
   */
  constructor(list: string, each: number) {
    this.#list = list
    this.#each = each
  }

  /** The place of the element's next string. */
  next(): string {
    const first = this.#each === 1 ? this.element : `${this.element} * ${this.#each} + ${this.#read++}`
    return `${this.#list}[${first}]`
  }
}

/** Written by one statement, when it has been read. */
type SimpleType = ScalarType | { readonly kind: 'string' }

function isSimple(type: ValueType): type is SimpleType {
  return type.kind === 'string' || isScalar(type)
}

export class MemoryWriter {
  readonly #source: Source
  readonly #pointer: PointerType
  readonly #image: ImageLocal
  readonly #data: string
  readonly #kept: KeptStrings | undefined

  constructor(source: Source, pointer: PointerType, image: ImageLocal, kept?: KeptStrings) {
    this.#source = source
    this.#pointer = pointer
    this.#image = image
    this.#kept = kept
    this.#data = image === undefined ? 'views.data' : 'written'
  }

  /** @param value a local, or an expression without effect */
  store(type: ValueType, value: string, address: Address, place: Place): void {
    this.#source.shared.node()
    if (isSimple(type)) {
      this.#check(type, value, address, place)()
      return
    }
    switch (type.kind) {
      case 'list':
        this.#list(type, value, address, place)
        return
      case 'map':
        this.#elements(type, pairOf(type), value, address, place)
        return
      case 'record':
        this.#record(type, value, address, place)
        return
      case 'tuple':
        this.#tuple(type, value, address, place)
        return
      case 'variant':
      case 'option':
      case 'result':
        this.#variant(type, value, address, place)
        return
      case 'own':
      case 'borrow':
        this.#handle(type, value, address, place)
        return
      default:
        this.#async(type, value, address, place)
    }
  }

  /** Returns what writes it. */
  #check(type: SimpleType, value: string, address: Address, place: Place): () => void {
    if (isScalar(type)) {
      const core = checkScalar(this.#source, type, value, place)
      return () => this.#set(scalarAccess(type), address, core)
    }
    refuseIf(this.#source, `typeof ${value} !== 'string'`, type, value, place)
    return () => this.#string(value, address)
  }

  #set(access: string, address: Address, core: string): void {
    this.#source.line(`${this.#data}.set${access}(${text(address)}, ${core}, true)`)
  }

  /** The image remembers it, the guest gets it at once. */
  #string(value: string, address: Address): void {
    const source = this.#source
    if (this.#kept !== undefined) source.line(`${this.#kept.next()} = ${value}`)
    else if (this.#image !== undefined) source.line(`${this.#image}.refer(${text(address)}, ${value})`)
    else source.line(`memory.storeString(${text(address)}, ${value})`)
  }

  #list(type: ListType, value: string, address: Address, place: Place): void {
    const Class = numberListClass(type.element)
    if (Class === undefined) {
      if (type.length === undefined) this.#elements(type, type.element, value, address, place)
      else this.#fixed(type, type.length, value, address, place)
      return
    }
    const { list, length } = readNumbers(this.#source, type, Class, value, place)
    const name = this.#source.shared.constant(Class, 'Class')
    if (type.length !== undefined) {
      const to = this.#image === undefined ? 'memory.views' : 'scratch'
      this.#source.line(`copyNumbers(${to}, ${list}, ${length}, ${text(address)}, ${name})`)
    } else if (this.#image === undefined) {
      const lowered = `lowerNumbers(memory, ${list}, ${length}, ${name})`
      this.#source.line(`memory.storeRange(${text(address)}, ${lowered}, ${length})`)
    } else {
      this.#source.line(`${this.#image}.referNumbers(${text(address)}, ${list}, ${length}, ${name})`)
    }
  }

  #fixed(type: ListType, count: number, value: string, address: Address, place: Place): void {
    const source = this.#source
    const { list } = readElements(source, type, value, place, count)
    this.#loop(type.element, list, String(count), text(address), this, place)
  }

  /** The elements of a list, in an allocation of their own. */
  #elements(type: ListType | MapType, one: ValueType, value: string, address: Address, place: Place): void {
    const source = this.#source
    const elements = readElements(source, type, value, place, undefined)
    if (this.#image === undefined) {
      const size = elementSize(one, this.#pointer)
      checkByteLength(source, type, value, elements.length, size, place)
      const mask = alignment(one, this.#pointer) - 1
      const pointer = source.constant('p', `memory.allocate(${mask}, ${elements.length} * ${size}, 'list')`)
      this.#loop(one, elements.list, elements.length, pointer, this, place)
      source.line(`memory.storeRange(${text(address)}, ${pointer}, ${elements.length})`)
    } else {
      const image = writeImage(source, this.#pointer, type, one, value, elements, place)
      source.line(`${this.#image}.refer(${text(address)}, ${image})`)
    }
  }

  #loop(
    one: ValueType,
    list: string,
    length: string,
    start: string,
    writer: MemoryWriter,
    place: Place,
  ): void {
    writeElements(this.#source, this.#pointer, one, list, length, start, writer, place)
  }

  #record(type: RecordType, value: string, address: Address, place: Place): void {
    const source = this.#source
    refuseIf(source, notAnObject(value), type, value, place)
    const { offsets } = recordLayout(type.fields, this.#pointer)
    const names = propertyNames(type.fields.map(({ name }) => name))
    // Engines forget at a write what they know of the object: what is next to each other is read first.
    const writes: (() => void)[] = []
    const write = (): void => {
      for (const one of writes.splice(0)) one()
    }
    for (const [i, { type: one }] of type.fields.entries()) {
      const to = plus(address, offsets[i]!)
      const within = field(place, names[i]!)
      const part = source.constant('x', property(value, names[i]!))
      if (isSimple(one)) {
        source.shared.node()
        writes.push(this.#check(one, part, to, within))
      } else {
        write()
        this.store(one, part, to, within)
      }
    }
    write()
  }

  #tuple(type: TupleType, value: string, address: Address, place: Place): void {
    const parts = readTuple(this.#source, type, value, place)
    const { offsets } = tupleLayout(type, this.#pointer)
    type.types.forEach((part, i) => {
      this.store(part, parts[i]!, plus(address, offsets[i]!), { ...place, text: `${place.text}[${i}]` })
    })
  }

  #variant(type: VariantType | OptionType | ResultType, value: string, address: Address, place: Place): void {
    const source = this.#source
    const shape = caseShape(type)
    const layout = variantLayout(
      shape.cases.map(({ tag, type }) => ({ name: tag, type })),
      this.#pointer,
    )
    const discriminant = unsigned(layout.discriminantSize)
    const payload = plus(address, layout.payloadOffset)
    if (shape.optional) {
      this.#set(discriminant, address, `${value} === undefined ? 0 : 1`)
      source.block(`if (${value} !== undefined)`, () => {
        this.store(shape.cases[1]!.type!, value, payload, place)
      })
      return
    }
    refuseIf(source, notAnObject(value), type, value, place)
    const tag = source.constant('t', `${value}.tag`)
    source.block(`switch (${tag})`, () => {
      shape.cases.forEach((one, i) => {
        source.line(`case ${quote(one.tag)}: {`)
        source.indented(() => {
          this.#set(discriminant, address, String(i))
          if (one.type !== undefined) {
            const val = source.constant('x', `${value}.val`)
            this.store(one.type, val, payload, field(place, 'val'))
          }
          source.line('break')
        })
        source.line('}')
      })
      const site = source.shared.site(field(place, 'tag'), type)
      source.line(`default: throw bound.refuse(${[site, tag, ...place.indices].join(', ')})`)
    })
  }

  #handle(type: OwnType | BorrowType, value: string, address: Address, place: Place): void {
    const source = this.#source
    const resource = source.shared.resource(type.resource)
    claim(source, type, resource, value, place)
    if (this.#image === undefined) {
      // No result contains a borrow.
      this.#set('Int32', address, `lowerOwn(instance, ${resource}, ${value})`)
    } else if (type.kind === 'own') {
      source.line(`${this.#image}.referOwn(${text(address)}, instance, ${resource}, ${value})`)
    } else {
      source.needs('loans')
      source.line(`${this.#image}.referBorrow(${text(address)}, instance, ${resource}, ${value}, loans)`)
    }
  }

  #async(type: AsyncValueType, value: string, address: Address, place: Place): void {
    const source = this.#source
    const shared = readAsyncValue(source, this.#pointer, type, value, place)
    if (this.#image === undefined) this.#set('Int32', address, `addShared(instance, ${shared})`)
    else source.line(`${this.#image}.refer(${text(address)}, new AsyncReference(instance, ${shared}))`)
  }
}

/** Takes bytes for an image, as {@link MemoryWriter} writes them; returns the local that holds their address in the scratch. */
export function takeScratch(source: Source, bytes: string): string {
  source.needs('scratch')
  source.needs('written')
  const start = source.constant('s', `scratch.take(${bytes})`)
  // It may have grown. Nobody else takes of it before it is released.
  source.line('written = scratch.data')
  return start
}

/** Writes the elements into an image; returns the local that holds it. */
export function writeImage(
  source: Source,
  pointer: PointerType,
  type: ListType | MapType,
  one: ValueType,
  value: string,
  { list, length }: { readonly list: string; readonly length: string },
  place: Place,
): string {
  const size = elementSize(one, pointer)
  checkByteLength(source, type, value, length, size, place)
  const bytes = source.constant('s', `${length} * ${size}`)
  const start = takeScratch(source, bytes)
  const lies = `${start}, ${bytes}, ${alignment(one, pointer) - 1}, ${length}`
  const layout = stringLayout(one, pointer)
  let image: string
  let kept: KeptStrings | undefined
  if (layout === undefined) {
    image = source.constant('m', `new MixedImage(${lies}, ${length} * ${referenceCount(one)})`)
  } else {
    image = source.constant('m', `new TextImage(${lies}, ${source.shared.constant(layout, 'layout')})`)
    kept = new KeptStrings(source.constant('t', `${image}.strings`), layout.offsets.length)
  }
  const writer = new MemoryWriter(source, pointer, image, kept)
  writeElements(source, pointer, one, list, length, start, writer, place, kept)
  return image
}

function writeElements(
  source: Source,
  pointer: PointerType,
  one: ValueType,
  list: string,
  length: string,
  start: string,
  writer: MemoryWriter,
  place: Place,
  kept?: KeptStrings,
): void {
  const i = source.shared.local('i')
  const a = source.shared.local('a')
  const size = elementSize(one, pointer)
  source.block(`for (let ${i} = 0, ${a} = ${start}; ${i} < ${length}; ${i}++, ${a} += ${size})`, () => {
    const value = source.constant('x', `${list}[${i}]`)
    if (kept !== undefined) kept.element = i
    writer.store(one, value, at(a), element(place, i))
  })
}

/** Checks a handle; nothing moves yet. */
export function claim(
  source: Source,
  type: OwnType | BorrowType,
  resource: string,
  value: string,
  place: Place,
): void {
  const method = type.kind === 'own' ? 'claimOwn' : 'claimBorrow'
  const problem = source.constant('w', `${resource}.${method}(${value}, ${source.stamp()})`)
  refuseWithIf(source, `${problem} !== undefined`, type, value, problem, place)
}

/** A map is a list of pairs (CanonicalABI.md, "Despecialization"). */
export function pairOf(type: MapType): TupleType {
  return { kind: 'tuple', types: [type.key, type.value] }
}

export function tupleLayout(type: TupleType, pointer: PointerType): { readonly offsets: readonly number[] } {
  return recordLayout((despecialize(type) as RecordType).fields, pointer)
}
