/**
 * Generated code for values that are passed as core parameters or results (CanonicalABI.md, "Flat Lowering"), in two
 * steps: `read` checks what JavaScript passed and keeps it in locals, before the guest is entered; `lower` turns the locals
 * into core values, which may call `realloc` and moves handles.
 */
import { flattenType } from '../../abi/flatten.ts'
import type { FlatType } from '../../abi/join.ts'
import type { CanonicalOptions } from '../../runtime/back-end.ts'
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
import { type AsyncValueType, readAsyncValue } from './async-source.ts'
import { type CaseShape, caseShape } from './case-shape.ts'
import { lowerAs, zero } from './coerce.ts'
import { canChange } from './recheck.ts'
import { readElements, readNumbers, readTuple, refuseWithIf } from './read-list.ts'
import { checkScalar, isScalar, notAnObject, refuseIf, type ScalarType, scalarFlatType } from './scalar.ts'
import { element, field, type Place, property, quote, type Source } from './source.ts'
import { claim, pairOf, writeImage } from './store-memory.ts'
import { lowerString } from './string-source.ts'

/** A value that was read: what it takes to lower it. */
export type Read =
  | { readonly kind: 'core'; readonly type: FlatType; readonly value: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'numbers'; readonly list: string; readonly length: string; readonly Class: string }
  | { readonly kind: 'image'; readonly image: string }
  | { readonly kind: 'own'; readonly value: string; readonly resource: string }
  | { readonly kind: 'borrow'; readonly value: string; readonly resource: string }
  | { readonly kind: 'async'; readonly value: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Read[] }
  | {
      readonly kind: 'variant'
      readonly discriminant: string
      readonly cases: readonly (Read | undefined)[]
      /** The payload's core types. */
      readonly payload: readonly FlatType[]
    }

/** What one call does with its arguments besides lowering them; statements. */
export interface CallStatements {
  /** When all arguments have been read: whether they still are what was checked. */
  readonly recheck: string[]
  /** Before it waits its turn. */
  readonly reserve: string[]
  /** It waited in vain. */
  readonly abandon: string[]
  /** Right before handles move. */
  readonly lend: string[]
  /** When it is over, whichever way. */
  readonly end: string[]
}

export class FlatReader {
  readonly #source: Source
  readonly #options: CanonicalOptions
  readonly #statements: CallStatements
  readonly #suspends: boolean

  /** @param suspends the call may be suspended */
  constructor(source: Source, options: CanonicalOptions, statements: CallStatements, suspends: boolean) {
    this.#source = source
    this.#options = options
    this.#statements = statements
    this.#suspends = suspends
  }

  /**
   * @param value a local, or an expression without effect
   * @param inCase inside of one case of a variant: what is kept must be visible outside
   */
  read(type: ValueType, value: string, place: Place, inCase: boolean): Read {
    const source = this.#source
    source.shared.node()
    if (isScalar(type)) return this.#scalar(type, value, place, inCase)
    switch (type.kind) {
      case 'string':
        refuseIf(source, `typeof ${value} !== 'string'`, type, value, place)
        return { kind: 'string', value: this.#keep(value, "''", inCase) }
      case 'list':
        return this.#list(type, value, place, inCase)
      case 'map':
        return this.#image(type, pairOf(type), value, place, inCase)
      case 'record':
        return this.#record(type, value, place, inCase)
      case 'tuple':
        return this.#tuple(type, value, place, inCase)
      case 'variant':
      case 'option':
      case 'result':
        return this.#variant(type, value, place)
      case 'own':
      case 'borrow':
        return this.#handle(type, value, place, inCase)
      default:
        return this.#async(type, value, place, inCase)
    }
  }

  /** A value that outlives the block it was read in. */
  #keep(value: string, initial: string, inCase: boolean): string {
    if (!inCase) return value
    const kept = this.#source.variable('k', initial)
    this.#source.line(`${kept} = ${value}`)
    return kept
  }

  /** @param problem an expression: what it has become, or undefined */
  #recheck(problem: string, type: ValueType, place: Place): void {
    const { shared } = this.#source
    const changed = shared.local('w')
    const refusal = [shared.site(place, type), 'undefined', changed, ...place.indices].join(', ')
    this.#statements.recheck.push(
      `const ${changed} = ${problem}`,
      `if (${changed} !== undefined) throw bound.refuseWith(${refusal})`,
    )
  }

  #scalar(type: ScalarType, value: string, place: Place, inCase: boolean): Read {
    const flat = scalarFlatType(type)
    const core = checkScalar(this.#source, type, value, place)
    return { kind: 'core', type: flat, value: this.#keep(core, zero(flat), inCase) }
  }

  #list(type: ListType, value: string, place: Place, inCase: boolean): Read {
    const source = this.#source
    if (type.length !== undefined) return this.#fixed(type, type.length, value, place, inCase)
    const Class = numberListClass(type.element)
    if (Class === undefined) return this.#image(type, type.element, value, place, inCase)
    // The locals of a numeric list are variables of the function anyway.
    const { list, length } = readNumbers(source, type, Class, value, place)
    const name = source.shared.constant(Class, 'Class')
    this.#statements.reserve.push(
      `if (${list} !== undefined) ${list} = ownNumbers(${list}, ${length}, ${name})`,
    )
    this.#recheck(`changedNumbers(${list}, ${length})`, type, place)
    return { kind: 'numbers', list, length, Class: name }
  }

  #image(type: ListType | MapType, one: ValueType, value: string, place: Place, inCase: boolean): Read {
    const source = this.#source
    const elements = readElements(source, type, value, place, undefined)
    const written = writeImage(source, this.#options.pointer, type, one, value, elements, place)
    const image = this.#keep(written, 'undefined', inCase)
    this.#statements.reserve.push(`${image}?.reserve()`)
    this.#statements.abandon.push(`${image}?.abandon()`)
    if (canChange(one)) this.#recheck(`${image}?.changed()`, type, place)
    return { kind: 'image', image }
  }

  /** As many values in a row: fewer than 17, or they would not be flat. */
  #fixed(type: ListType, count: number, value: string, place: Place, inCase: boolean): Read {
    const { list } = readElements(this.#source, type, value, place, count)
    const parts = Array.from({ length: count }, (_, i) => this.#source.constant('x', `${list}[${i}]`))
    return {
      kind: 'sequence',
      parts: parts.map((part, i) => this.read(type.element, part, element(place, String(i)), inCase)),
    }
  }

  #record(type: RecordType, value: string, place: Place, inCase: boolean): Read {
    refuseIf(this.#source, notAnObject(value), type, value, place)
    const names = propertyNames(type.fields.map(({ name }) => name))
    return {
      kind: 'sequence',
      parts: type.fields.map((one, i) => {
        const part = this.#source.constant('x', property(value, names[i]!))
        return this.read(one.type, part, field(place, names[i]!), inCase)
      }),
    }
  }

  #tuple(type: TupleType, value: string, place: Place, inCase: boolean): Read {
    const parts = readTuple(this.#source, type, value, place)
    return {
      kind: 'sequence',
      parts: type.types.map((part, i) => this.read(part, parts[i]!, element(place, String(i)), inCase)),
    }
  }

  #variant(type: VariantType | OptionType | ResultType, value: string, place: Place): Read {
    const shape = caseShape(type)
    const discriminant = this.#source.variable('d', '0')
    const cases = shape.optional
      ? this.#optional(shape, discriminant, value, place)
      : this.#tagged(type, shape, discriminant, value, place)
    const payload = flattenType(type, this.#options.pointer).slice(1)
    return { kind: 'variant', discriminant, cases, payload }
  }

  #optional(
    shape: CaseShape,
    discriminant: string,
    value: string,
    place: Place,
  ): readonly (Read | undefined)[] {
    let some: Read | undefined
    this.#source.line(`${discriminant} = 0`)
    this.#source.block(`if (${value} !== undefined)`, () => {
      this.#source.line(`${discriminant} = 1`)
      some = this.read(shape.cases[1]!.type!, value, place, true)
    })
    return [undefined, some]
  }

  #tagged(
    type: ValueType,
    shape: CaseShape,
    discriminant: string,
    value: string,
    place: Place,
  ): readonly (Read | undefined)[] {
    const source = this.#source
    refuseIf(source, notAnObject(value), type, value, place)
    const tag = source.constant('t', `${value}.tag`)
    const cases: (Read | undefined)[] = []
    source.block(`switch (${tag})`, () => {
      shape.cases.forEach((one, i) => {
        source.line(`case ${quote(one.tag)}: {`)
        source.indented(() => {
          source.line(`${discriminant} = ${i}`)
          const val = one.type && source.constant('x', `${value}.val`)
          cases.push(one.type && this.read(one.type, val!, field(place, 'val'), true))
          source.line('break')
        })
        source.line('}')
      })
      const site = source.shared.site(field(place, 'tag'), type)
      source.line(`default: throw bound.refuse(${[site, tag, ...place.indices].join(', ')})`)
    })
    return cases
  }

  #handle(type: OwnType | BorrowType, value: string, place: Place, inCase: boolean): Read {
    const resource = this.#source.shared.resource(type.resource)
    return type.kind === 'own'
      ? this.#own(type, resource, value, place, inCase)
      : this.#borrow(type, resource, value, place, inCase)
  }

  #own(type: OwnType, resource: string, value: string, place: Place, inCase: boolean): Read {
    claim(this.#source, type, resource, value, place)
    const { reserve, abandon } = this.#statements
    // A variable in any case: what is reserved is another object.
    const kept = this.#keep(value, 'undefined', true)
    const given = inCase ? `if (${kept} !== undefined) ` : ''
    reserve.push(`${given}${kept} = reserveOwn(${resource}, ${kept})`)
    abandon.push(`${given}${resource}.giveUp(${kept})`)
    this.#recheck(`changedOwn(${resource}, ${kept})`, type, place)
    return { kind: 'own', value: kept, resource }
  }

  /**
   * What the callee implements needs no lending while a synchronous call runs: the instance is entered, so that no
   * destructor runs and no other call takes the handle's resource away.
   */
  #borrow(type: BorrowType, resource: string, value: string, place: Place, inCase: boolean): Read {
    const source = this.#source
    const { reserve, abandon, lend, end } = this.#statements
    const rep = source.variable('r', 'undefined')
    if (source.stamp() === '0') {
      source.line(`${rep} = ${resource}.repOf(${value})`)
      refuseWithIf(source, `${rep} === undefined`, type, value, `${resource}.claimBorrow(${value}, 0)`, place)
    } else {
      claim(source, type, resource, value, place)
      source.line(`${rep} = ${resource}.repOf(${value})`)
    }
    const kept = this.#keep(value, 'undefined', inCase)
    const given = inCase ? `${kept} !== undefined` : 'true'
    const lent = this.#suspends ? given : inCase ? `!${resource}$inside && ${given}` : `!${resource}$inside`
    reserve.push(`if (${given}) ${resource}.hold(${kept})`)
    abandon.push(`if (${given}) ${resource}.endLend(${kept})`)
    lend.push(`if (${lent}) ${rep} = ${resource}.lend(${kept})`)
    end.push(`if (${lent}) ${resource}.endLend(${kept})`)
    this.#recheck(`changedBorrow(${resource}, ${kept})`, type, place)
    return { kind: 'borrow', value: rep, resource }
  }

  /** What it is made of is read later, and the ends of the caller's are what they are: nothing is to be reserved. */
  #async(type: AsyncValueType, value: string, place: Place, inCase: boolean): Read {
    const shared = readAsyncValue(this.#source, this.#options.pointer, type, value, place)
    return { kind: 'async', value: this.#keep(shared, 'undefined', inCase) }
  }

  /** Core values, as expressions without effect, in order. */
  lower(read: Read): readonly string[] {
    const source = this.#source
    switch (read.kind) {
      case 'core':
        return [read.value]
      case 'string':
        return lowerString(source, this.#options, read.value)
      case 'numbers':
        return this.#range(`lowerNumbers(memory, ${read.list}, ${read.length}, ${read.Class})`, read.length)
      case 'image':
        return this.#range(`${read.image}.lower(memory, scratch, 'list')`, `${read.image}.length`)
      case 'own':
        return [source.constant('h', `lowerOwn(instance, ${read.resource}, ${read.value})`)]
      case 'borrow':
        return [this.#lowerBorrow(read.value, read.resource)]
      case 'async':
        return [source.constant('h', `addShared(instance, ${read.value})`)]
      case 'sequence':
        return read.parts.flatMap((part) => this.lower(part))
      case 'variant':
        return this.#lowerVariant(read)
    }
  }

  /** The component that implements the resource gets the rep: then there is nothing to count. */
  #lowerBorrow(rep: string, resource: string): string {
    const source = this.#source
    source.needs('scope')
    const lower = `lowerBorrow(instance, ${resource}, ${rep}, scope ??= new BorrowScope())`
    return source.constant('h', `${resource}$inside ? ${rep} : ${lower}`)
  }

  #range(pointer: string, length: string): readonly string[] {
    const p = this.#source.constant('p', pointer)
    return this.#options.pointer === 'i32' ? [p, length] : [`BigInt(${p})`, `BigInt(${length})`]
  }

  /** Cases share their core values (CanonicalABI.md, "Flattening", `join`). */
  #lowerVariant({ discriminant, cases, payload }: Extract<Read, { kind: 'variant' }>): readonly string[] {
    const source = this.#source
    const joined = payload.map((type) => source.variable('j', zero(type)))
    if (cases.every((one) => one === undefined)) return [discriminant, ...joined]
    source.block(`switch (${discriminant})`, () => {
      cases.forEach((one, i) => {
        if (one === undefined) return
        source.line(`case ${i}: {`)
        source.indented(() => {
          const types = coreTypes(one, this.#options.pointer)
          this.lower(one).forEach((core, slot) => {
            source.line(`${joined[slot]} = ${lowerAs(core, types[slot]!, payload[slot]!)}`)
          })
          source.line('break')
        })
        source.line('}')
      })
    })
    return [discriminant, ...joined]
  }
}

/** The core types of what `lower` returns for it. */
function coreTypes(read: Read, pointer: 'i32' | 'i64'): readonly FlatType[] {
  switch (read.kind) {
    case 'core':
      return [read.type]
    case 'string':
    case 'numbers':
    case 'image':
      return [pointer, pointer]
    case 'own':
    case 'borrow':
    case 'async':
      return ['i32']
    case 'sequence':
      return read.parts.flatMap((part) => coreTypes(part, pointer))
    case 'variant':
      return ['i32', ...read.payload]
  }
}
