/**
 * The source that reads what the host writes to streams and futures. A guest may read it much later, by other code: what comes of it is
 * a copy, of the same shape, that nobody else can change, and that runs no code of the host's.
 */
import { elementSize } from '../../abi/element-size.ts'
import type { PointerType } from '../../abi/pointer.ts'
import { MAX_LIST_BYTE_LENGTH } from '../../abi/strings.ts'
import { propertyNames } from '../../component/js-name.ts'
import { numberListClass } from '../../component/number-list.ts'
import type {
  FlagsType,
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
import { type AsyncValueType, readAsyncValue } from './async-source.ts'
import { caseShape } from './case-shape.ts'
import { checkByteLength, readElements, readNumbers } from './read-list.ts'
import { checkScalar, isScalar, notAnObject, readFlags, refuseIf, type ScalarType } from './scalar.ts'
import {
  element,
  field,
  type Generated,
  type Place,
  property,
  quote,
  quoteKey,
  Shared,
  Source,
  TooLarge,
} from './source.ts'
import { claim, pairOf } from './store-memory.ts'

/** Members of the outer `bound` that the text names. */
export const hostElementMembers: readonly string[] = ['instance']

/**
 * A function of a `HostElement`, whose name in it is `bound`, too, and of what the host wrote. Undefined for what is no work for it: numbers,
 * nothing, and types that would be too large to write out.
 */
export function hostElementSource(type: ValueType | undefined, pointer: PointerType): Generated | undefined {
  if (type === undefined || numberListClass(type) !== undefined) return undefined
  // No chunk has room for one: the interpreter says so.
  if (elementSize(type, pointer) > MAX_LIST_BYTE_LENGTH) return undefined
  const source = new Source(new Shared(), { scratch: 'undefined', stamped: true })
  const slot = { object: 'bound.lifted', key: '0' }
  try {
    new CopySource(source, pointer).copy(type, 'value', slot, { text: '', indices: [] })
  } catch (error) {
    if (error instanceof TooLarge) return undefined
    throw error
  }
  source.line('bound.take()')
  return { text: `function (bound, value) {\n${source}\n  }`, shared: source.shared }
}

/** Where a copy belongs: expressions without effect. */
interface Slot {
  readonly object: string
  readonly key: string
}

/** Read by one statement. */
type SimpleType = ScalarType | { readonly kind: 'string' }

function isSimple(type: ValueType): type is SimpleType {
  return type.kind === 'string' || isScalar(type)
}

class CopySource {
  readonly #source: Source
  readonly #pointer: PointerType

  constructor(source: Source, pointer: PointerType) {
    this.#source = source
    this.#pointer = pointer
  }

  /** @param value a local */
  copy(type: ValueType, value: string, slot: Slot, place: Place): void {
    this.#source.shared.node()
    if (isSimple(type)) {
      this.#put(slot, this.#simple(type, value, place))
      return
    }
    switch (type.kind) {
      case 'list':
        this.#list(type, value, slot, place)
        return
      case 'map':
        this.#elements(type, pairOf(type), value, slot, place)
        return
      case 'record':
        this.#record(type, value, slot, place)
        return
      case 'tuple':
        this.#tuple(type, value, slot, place)
        return
      case 'variant':
      case 'option':
      case 'result':
        this.#variant(type, value, slot, place)
        return
      // No element is a borrow.
      case 'own':
      case 'borrow':
        this.#own(type as OwnType, value, slot, place)
        return
      default:
        this.#async(type, value, slot, place)
    }
  }

  #put({ object, key }: Slot, copy: string): void {
    this.#source.line(`${object}[${key}] = ${copy}`)
  }

  /** Returns an expression without effect. */
  #simple(type: SimpleType, value: string, place: Place): string {
    if (type.kind === 'flags') return this.#flags(type, value, place)
    if (isScalar(type)) checkScalar(this.#source, type, value, place)
    else refuseIf(this.#source, `typeof ${value} !== 'string'`, type, value, place)
    return value
  }

  #flags(type: FlagsType, value: string, place: Place): string {
    const names = propertyNames(type.names)
    const flags = readFlags(this.#source, type, value, place)
    return `{ ${flags.map((flag, i) => `${quoteKey(names[i]!)}: ${flag}`).join(', ')} }`
  }

  #list(type: ListType, value: string, slot: Slot, place: Place): void {
    const Class = numberListClass(type.element)
    if (Class === undefined) {
      this.#elements(type, type.element, value, slot, place)
      return
    }
    const { list, length } = readNumbers(this.#source, type, Class, value, place)
    const name = this.#source.shared.constant(Class, 'Class')
    this.#put(slot, `${list} === ${value} ? ownNumbers(${list}, ${length}, ${name}) : ${list}`)
  }

  #elements(type: ListType | MapType, one: ValueType, value: string, slot: Slot, place: Place): void {
    const source = this.#source
    const expected = type.kind === 'list' ? type.length : undefined
    const { list, length } = readElements(source, type, value, place, expected)
    if (expected === undefined) {
      checkByteLength(source, type, value, length, elementSize(one, this.#pointer), place)
    }
    const copy = source.constant('l', `newArray(${length})`)
    this.#put(slot, copy)
    const i = source.shared.local('i')
    source.block(`for (let ${i} = 0; ${i} < ${length}; ${i}++)`, () => {
      const part = source.constant('x', `${list}[${i}]`)
      this.copy(one, part, { object: copy, key: i }, element(place, i))
    })
  }

  #record(type: RecordType, value: string, slot: Slot, place: Place): void {
    refuseIf(this.#source, notAnObject(value), type, value, place)
    const names = propertyNames(type.fields.map(({ name }) => name))
    this.#parts(
      type.fields.map((one, i) => ({
        type: one.type,
        value: property(value, names[i]!),
        key: quote(names[i]!),
        place: field(place, names[i]!),
      })),
      slot,
      (copies) => `{ ${copies.map((copy, i) => `${quoteKey(names[i]!)}: ${copy}`).join(', ')} }`,
    )
  }

  #tuple(type: TupleType, value: string, slot: Slot, place: Place): void {
    const { list } = readElements(this.#source, type, value, place, type.types.length)
    this.#parts(
      type.types.map((one, i) => ({
        type: one,
        value: `${list}[${i}]`,
        key: String(i),
        place: { ...place, text: `${place.text}[${i}]` },
      })),
      slot,
      (copies) => `[${copies.join(', ')}]`,
    )
  }

  /** Parts that others lie in need the object that they are put into; up to the first of these it is made with what has been read. */
  #parts(
    parts: readonly { type: ValueType; value: string; key: string; place: Place }[],
    slot: Slot,
    literal: (copies: readonly string[]) => string,
  ): void {
    const source = this.#source
    const copies = parts.map(() => 'undefined')
    let object: string | undefined
    const made = (): string => {
      object ??= source.constant('o', literal(copies))
      return object
    }
    for (const [i, one] of parts.entries()) {
      const value = source.constant('x', one.value)
      if (object === undefined && isSimple(one.type)) {
        source.shared.node()
        copies[i] = this.#simple(one.type, value, one.place)
      } else this.copy(one.type, value, { object: made(), key: one.key }, one.place)
    }
    this.#put(slot, made())
  }

  #variant(type: VariantType | OptionType | ResultType, value: string, slot: Slot, place: Place): void {
    const source = this.#source
    const { cases, optional } = caseShape(type)
    if (optional) {
      source.block(`if (${value} !== undefined)`, () => this.copy(cases[1]!.type!, value, slot, place))
      source.block('else', () => this.#put(slot, 'undefined'))
      return
    }
    refuseIf(source, notAnObject(value), type, value, place)
    const tag = source.constant('t', `${value}.tag`)
    const copy = source.constant('o', `{ tag: ${tag}, val: undefined }`)
    this.#put(slot, copy)
    source.block(`switch (${tag})`, () => {
      for (const one of cases) {
        source.line(`case ${quote(one.tag)}: {`)
        source.indented(() => {
          if (one.type !== undefined) {
            const val = source.constant('x', `${value}.val`)
            this.copy(one.type, val, { object: copy, key: '"val"' }, field(place, 'val'))
          }
          source.line('break')
        })
        source.line('}')
      }
      const site = source.shared.site(field(place, 'tag'), type)
      source.line(`default: throw bound.refuse(${[site, tag, ...place.indices].join(', ')})`)
    })
  }

  /** It stays where it is until all has been read. */
  #own(type: OwnType, value: string, slot: Slot, place: Place): void {
    const source = this.#source
    const resource = source.shared.resource(type.resource)
    claim(source, type, resource, value, place)
    this.#put(slot, value)
    const site = source.shared.site(place, type)
    source.line(`bound.own(${[resource, slot.object, slot.key, site, ...place.indices].join(', ')})`)
  }

  #async(type: AsyncValueType, value: string, slot: Slot, place: Place): void {
    this.#put(slot, readAsyncValue(this.#source, this.#pointer, type, value, place))
  }
}
