/** Generated code that lifts core parameters or results (CanonicalABI.md, "Flat Lifting"). */
import { flattenType } from '../../abi/flatten.ts'
import type { FlatType } from '../../abi/join.ts'
import { propertyNames } from '../../component/js-name.ts'
import { numberListClass } from '../../component/number-list.ts'
import type {
  BorrowType,
  ListType,
  OptionType,
  OwnType,
  RecordType,
  ResultType,
  ValueType,
  VariantType,
} from '../../component/value-type.ts'
import type { CanonicalOptions } from '../../runtime/back-end.ts'
import { liftAsyncValue } from './async-source.ts'
import { caseShape } from './case-shape.ts'
import { writeCases } from './write-cases.ts'
import { liftAs } from './coerce.ts'
import { liftHandle, type Lending } from './lift-handle.ts'
import { MemoryLoader, offset } from './load-memory.ts'
import { isScalar, liftScalar, scalarFlatType } from './scalar.ts'
import { quote, quoteKey, type Source } from './source.ts'
import { liftString } from './string-source.ts'

/** A core value: a local, or an expression without effect. */
export interface Core {
  readonly value: string
  readonly type: FlatType
}

/** Hands out core values one by one (CanonicalABI.md, `CoreValueIter`). */
export class CoreValues {
  readonly #values: readonly Core[]
  #next = 0

  constructor(values: readonly Core[]) {
    this.#values = values
  }

  next(want: FlatType): string {
    const { value, type } = this.#values[this.#next++]!
    return liftAs(value, type, want)
  }

  take(count: number): readonly Core[] {
    const start = this.#next
    this.#next += count
    return this.#values.slice(start, this.#next)
  }
}

export class FlatLifter {
  readonly #source: Source
  readonly #options: CanonicalOptions
  readonly #lending: Lending
  readonly #loader: MemoryLoader

  constructor(source: Source, options: CanonicalOptions, lending: Lending) {
    this.#source = source
    this.#options = options
    this.#lending = lending
    this.#loader = new MemoryLoader(source, options, lending)
  }

  /** Returns the JavaScript value as an expression whose only effects are traps. */
  lift(type: ValueType, core: CoreValues): string {
    const source = this.#source
    source.shared.node()
    if (isScalar(type)) return liftScalar(source, type, this.#once(core.next(scalarFlatType(type))))
    switch (type.kind) {
      case 'string': {
        const pointer = this.#pointer(core)
        return source.constant('s', liftString(this.#options, pointer, core.next(this.#options.pointer)))
      }
      case 'list':
        return type.length === undefined
          ? this.#loader.list(type, this.#pointer(core), this.#length(core))
          : this.#fixed(type, type.length, core)
      case 'map':
        return this.#loader.map(type, this.#pointer(core), this.#length(core))
      case 'record':
        return this.#record(type, core)
      case 'tuple':
        return `[${type.types.map((part) => this.lift(part, core)).join(', ')}]`
      case 'variant':
      case 'option':
      case 'result':
        return this.#variant(type, core)
      case 'own':
      case 'borrow':
        return this.#handle(type, core)
      default:
        return liftAsyncValue(source, this.#options.pointer, type, this.#once(core.next('i32')))
    }
  }

  /** What is a call or arithmetic is computed once. */
  #once(expression: string): string {
    return /^[\w$]+$/.test(expression) ? expression : this.#source.constant('v', expression)
  }

  #pointer(core: CoreValues): string {
    return offset(this.#options, core.next(this.#options.pointer))
  }

  #length(core: CoreValues): string {
    return offset(this.#options, core.next(this.#options.pointer))
  }

  #fixed(type: ListType, count: number, core: CoreValues): string {
    const elements = Array.from({ length: count }, () => this.lift(type.element, core)).join(', ')
    const Class = numberListClass(type.element)
    return Class === undefined
      ? `[${elements}]`
      : `${this.#source.shared.constant(Class, 'Class')}.of(${elements})`
  }

  #record(type: RecordType, core: CoreValues): string {
    const names = propertyNames(type.fields.map(({ name }) => name))
    const fields = type.fields.map((field, i) => `${quoteKey(names[i]!)}: ${this.lift(field.type, core)}`)
    return `{ ${fields.join(', ')} }`
  }

  #variant(type: VariantType | OptionType | ResultType, core: CoreValues): string {
    const value = this.#source.variable('v', 'undefined')
    const { cases, optional } = caseShape(type)
    this.cases(type, core, (i, val) => {
      this.#source.line(`${value} = ${optional ? val : `{ tag: ${quote(cases[i]!.tag)}, val: ${val} }`}`)
    })
    return value
  }

  /** Lifts each case, and has `use` write what becomes of it. */
  cases(
    type: VariantType | OptionType | ResultType,
    core: CoreValues,
    use: (index: number, val: string) => void,
  ): void {
    const source = this.#source
    const { cases } = caseShape(type)
    const discriminant = this.#once(core.next('i32'))
    const payload = core.take(flattenType(type, this.#options.pointer).length - 1)
    writeCases(source, discriminant, cases.length, (i) => {
      const { type: one } = cases[i]!
      use(i, one === undefined ? 'undefined' : this.lift(one, new CoreValues(payload)))
    })
  }

  #handle(type: OwnType | BorrowType, core: CoreValues): string {
    return liftHandle(this.#source, type, this.#once(core.next('i32')), this.#lending)
  }
}
