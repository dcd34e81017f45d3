/** Generated code that lifts values out of memory (CanonicalABI.md, "Loading"). */
import { alignment } from '../../abi/alignment.ts'
import { elementSize, recordLayout, variantLayout } from '../../abi/element-size.ts'
import { MAX_LIST_BYTE_LENGTH } from '../../abi/strings.ts'
import { limits } from '../../component/limits.ts'
import { propertyNames } from '../../component/js-name.ts'
import { numberListClass } from '../../component/number-list.ts'
import type {
  ListType,
  MapType,
  OptionType,
  RecordType,
  ResultType,
  TupleType,
  ValueType,
  VariantType,
} from '../../component/value-type.ts'
import type { CanonicalOptions } from '../../runtime/back-end.ts'
import { type Address, at, plus, text } from './address.ts'
import { liftAsyncValue } from './async-source.ts'
import { caseShape } from './case-shape.ts'
import { type Lending, liftHandle } from './lift-handle.ts'
import { isScalar, liftLoaded, scalarAccess, unsigned } from './scalar.ts'
import { quote, quoteKey, type Source } from './source.ts'
import { pairOf, tupleLayout } from './store-memory.ts'
import { liftString } from './string-source.ts'
import { writeCases } from './write-cases.ts'

export class MemoryLoader {
  readonly #source: Source
  readonly #options: CanonicalOptions
  readonly #lending: Lending
  #lists = 0

  constructor(source: Source, options: CanonicalOptions, lending: Lending) {
    this.#source = source
    this.#options = options
    this.#lending = lending
  }

  /** A value at a place that the guest gave, in a local: checks it first. */
  loadChecked(type: ValueType, pointer: string): string {
    return this.load(type, at(pointer), this.#check(type, pointer))
  }

  /** Returns the view to read it through. */
  #check(type: ValueType, pointer: string): string {
    checkPlace(this.#source, this.#options, type, pointer)
    return this.#source.constant('data', 'views.data')
  }

  /** Returns the JavaScript value as an expression whose only effects are traps. `data` is a local with a fresh view. */
  load(type: ValueType, address: Address, data: string): string {
    const source = this.#source
    source.shared.node()
    if (isScalar(type)) return liftLoaded(source, type, get(data, scalarAccess(type), address))
    switch (type.kind) {
      case 'string': {
        const lifted = liftString(this.#options, this.#pointer(address, data), this.#count(address, data))
        const string = source.constant('s', lifted)
        this.#charge(`${string}.length`)
        return string
      }
      case 'list': {
        if (type.length !== undefined) return this.#fixed(type, type.length, address, data)
        const list = this.list(type, this.#pointer(address, data), this.#length(address, data))
        if (numberListClass(type.element) !== undefined) this.#charge(`${list}.byteLength`)
        return list
      }
      case 'map':
        return this.map(type, this.#pointer(address, data), this.#length(address, data))
      case 'record':
        return this.#record(type, address, data)
      case 'tuple':
        return this.#tuple(type, address, data)
      case 'variant':
      case 'option':
      case 'result':
        return this.#variant(type, address, data)
      case 'own':
      case 'borrow':
        return liftHandle(source, type, get(data, 'Int32', address), this.#lending, this.#lists > 0)
      default:
        return liftAsyncValue(source, this.#options.pointer, type, get(data, 'Int32', address))
    }
  }

  /** A list at a place that the guest gave: numbers without effect. */
  list(type: ListType, pointer: string, length: string): string {
    const source = this.#source
    const Class = numberListClass(type.element)
    if (Class === Uint8Array) return source.constant('b', `bytesOf(memory, ${pointer}, ${length})`)
    if (Class !== undefined) {
      const name = source.shared.constant(Class, 'Class')
      return source.constant('b', `liftNumbers(memory, ${pointer}, ${length}, ${name})`)
    }
    return this.#elements(type.element, pointer, length)
  }

  /** So many elements at a place that was checked. */
  elements(one: ValueType, pointer: string, length: string): string {
    return this.#loop(one, pointer, length, this.#source.constant('data', 'views.data'))
  }

  /** Of equal keys the last one counts. */
  map(type: MapType, pointer: string, length: string): string {
    const pairs = this.#elements(pairOf(type), pointer, length)
    // Another component gets the pairs as they are: with keys that occur twice.
    return this.#source.constant('m', `transient ? ${pairs} : new Map(${pairs})`)
  }

  #elements(one: ValueType, pointer: string, length: string): string {
    const source = this.#source
    const { pointer: pointerType } = this.#options
    const size = elementSize(one, pointerType)
    const p = source.constant('p', pointer)
    const n = source.constant('n', length)
    const bytes = source.constant('z', `${n} * ${size}`)
    source.line(
      `if (${bytes} > ${MAX_LIST_BYTE_LENGTH}) memory.checkLength(${bytes}, ${MAX_LIST_BYTE_LENGTH}, 'list')`,
    )
    source.line(`memory.check(${p}, ${alignment(one, pointerType) - 1}, ${bytes}, 'list')`)
    this.#charge(`${bytes} + ${n} * ${limits.liftedElement}`)
    const data = source.constant('data', 'views.data')
    return this.#loop(one, p, n, data)
  }

  /** Counts what the host has to hold. */
  #charge(bytes: string): void {
    const source = this.#source
    const lifted = source.needs('lifted')
    source.line(
      `if ((${lifted} += ${bytes}) > ${limits.liftedBytes}) memory.checkLength(${lifted}, ${limits.liftedBytes}, 'list')`,
    )
  }

  #loop(one: ValueType, start: string, length: string, data: string): string {
    const source = this.#source
    const list = source.constant('l', `newArray(${length})`)
    const i = source.shared.local('i')
    const a = source.shared.local('a')
    const size = elementSize(one, this.#options.pointer)
    this.#lists++
    source.block(`for (let ${i} = 0, ${a} = ${start}; ${i} < ${length}; ${i}++, ${a} += ${size})`, () => {
      source.line(`${list}[${i}] = ${this.load(one, at(a), data)}`)
    })
    this.#lists--
    return list
  }

  #fixed(type: ListType, count: number, address: Address, data: string): string {
    const Class = numberListClass(type.element)
    if (Class === undefined) return this.#loop(type.element, text(address), String(count), data)
    const name = this.#source.shared.constant(Class, 'Class')
    return this.#source.constant('b', `loadNumbers(memory, ${text(address)}, ${count}, ${name})`)
  }

  #record(type: RecordType, address: Address, data: string): string {
    const { offsets } = recordLayout(type.fields, this.#options.pointer)
    const names = propertyNames(type.fields.map(({ name }) => name))
    const fields = type.fields.map(
      (field, i) => `${quoteKey(names[i]!)}: ${this.load(field.type, plus(address, offsets[i]!), data)}`,
    )
    return `{ ${fields.join(', ')} }`
  }

  #tuple(type: TupleType, address: Address, data: string): string {
    const { offsets } = tupleLayout(type, this.#options.pointer)
    return `[${type.types.map((part, i) => this.load(part, plus(address, offsets[i]!), data)).join(', ')}]`
  }

  #variant(type: VariantType | OptionType | ResultType, address: Address, data: string): string {
    const value = this.#source.variable('v', 'undefined')
    const { cases, optional } = caseShape(type)
    this.#cases(type, address, data, (i, val) => {
      this.#source.line(`${value} = ${optional ? val : `{ tag: ${quote(cases[i]!.tag)}, val: ${val} }`}`)
    })
    return value
  }

  /** The cases of a value at a place that the guest gave; `use` writes what becomes of each. */
  casesChecked(
    type: VariantType | OptionType | ResultType,
    pointer: string,
    use: (index: number, val: string) => void,
  ): void {
    this.#cases(type, at(pointer), this.#check(type, pointer), use)
  }

  #cases(
    type: VariantType | OptionType | ResultType,
    address: Address,
    data: string,
    use: (index: number, val: string) => void,
  ): void {
    const source = this.#source
    const { cases } = caseShape(type)
    const layout = variantLayout(
      cases.map(({ tag, type }) => ({ name: tag, type })),
      this.#options.pointer,
    )
    const discriminant = source.constant('d', get(data, unsigned(layout.discriminantSize), address))
    const payload = plus(address, layout.payloadOffset)
    writeCases(source, discriminant, cases.length, (i) => {
      const { type: one } = cases[i]!
      use(i, one === undefined ? 'undefined' : this.load(one, payload, data))
    })
  }

  #pointer(address: Address, data: string): string {
    return offset(this.#options, this.#word(address, data))
  }

  #length(address: Address, data: string): string {
    return offset(this.#options, this.#count(address, data))
  }

  /** As the core has it. */
  #count(address: Address, data: string): string {
    return this.#word(plus(address, this.#options.pointer === 'i32' ? 4 : 8), data)
  }

  #word(address: Address, data: string): string {
    return get(data, this.#options.pointer === 'i32' ? 'Uint32' : 'BigUint64', address)
  }
}

/** Checks a place that the guest gave for a value. */
export function checkPlace(
  source: Source,
  options: CanonicalOptions,
  type: ValueType,
  pointer: string,
): void {
  const mask = alignment(type, options.pointer) - 1
  source.line(`memory.check(${pointer}, ${mask}, ${elementSize(type, options.pointer)}, 'pointer')`)
}

function get(data: string, access: string, address: Address): string {
  return `${data}.get${access}(${text(address)}, true)`
}

/** A pointer or a length of the core as a number. */
export function offset(options: CanonicalOptions, core: string): string {
  return options.pointer === 'i32' ? `(${core} >>> 0)` : `toOffset(${core})`
}
