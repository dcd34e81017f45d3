import { isTaggedOption } from '../component/option-shape.ts'
import { propertyNames } from '../component/js-name.ts'
import { listValue } from '../component/number-list.ts'
import type {
  BorrowType,
  Case,
  EnumType,
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
} from '../component/value-type.ts'
import type { Source } from '../diagnostics/source.ts'
import { briefType, printType } from '../wit/print-type.ts'
import { describeRange, type IntegerKind, integerRange } from './integer-range.ts'
import { nearest } from '../diagnostics/nearest.ts'
import { describeSyntax, isKeyword, type LabelSyntax, type Name, type Syntax } from './syntax.ts'
import { waveProblem } from './wave-problem.ts'

/** The handle that a label stands for where one of this type belongs. Throws a WaveError where it stands for none. */
export type HandleOf = (label: LabelSyntax, type: OwnType | BorrowType) => unknown

/** The JavaScript value of a parsed WAVE text, once its type is known. Throws a WaveError that points into the text. */
export function toValue(syntax: Syntax, type: ValueType, source: Source, handleOf?: HandleOf): unknown {
  return new Reader(source, handleOf).value(syntax, type)
}

class Reader {
  readonly #source: Source
  readonly #handleOf: HandleOf | undefined

  constructor(source: Source, handleOf: HandleOf | undefined) {
    this.#source = source
    this.#handleOf = handleOf
  }

  value(syntax: Syntax, type: ValueType): unknown {
    switch (type.kind) {
      case 'bool':
        return this.#bool(syntax, type)
      case 's8':
      case 'u8':
      case 's16':
      case 'u16':
      case 's32':
      case 'u32':
      case 's64':
      case 'u64':
        return this.#integer(syntax, type.kind)
      case 'f32':
        return Math.fround(this.#float(syntax, type))
      case 'f64':
        return this.#float(syntax, type)
      case 'char':
        return this.#char(syntax, type)
      case 'string':
        if (syntax.kind !== 'string')
          throw this.#mismatch(
            syntax,
            type,
            syntax.kind === 'label' ? ['strings stand in double quotes'] : [],
          )
        return syntax.value
      case 'list':
        return this.#list(syntax, type)
      case 'map':
        return this.#map(syntax, type)
      case 'record':
        return this.#record(syntax, type)
      case 'tuple':
        return this.#tuple(syntax, type)
      case 'variant':
        return this.#variant(syntax, type)
      case 'enum':
        return this.#enum(syntax, type)
      case 'flags':
        return this.#flags(syntax, type)
      case 'option':
        return this.#option(syntax, type)
      case 'result':
        return this.#result(syntax, type)
      case 'own':
      case 'borrow':
        if (this.#handleOf && syntax.kind === 'label' && syntax.payload === undefined)
          return this.#handleOf(syntax, type)
        throw this.#noTextForm(syntax, type)
      case 'stream':
      case 'future':
      case 'error-context':
        throw this.#noTextForm(syntax, type)
    }
  }

  #noTextForm(syntax: Syntax, type: ValueType): Error {
    const message = `a value of type ${printType(type)} cannot be written as text`
    return this.#problem(syntax, message, 'no text form')
  }

  #bool(syntax: Syntax, type: ValueType): boolean {
    if (isPlainLabel(syntax, 'true')) return true
    if (isPlainLabel(syntax, 'false')) return false
    throw this.#mismatch(syntax, type, ['a bool is `true` or `false`'])
  }

  #integer(syntax: Syntax, kind: IntegerKind): number | bigint {
    if (syntax.kind !== 'number') throw this.#mismatch(syntax, { kind })
    if (!/^-?[0-9]+$/.test(syntax.text))
      throw this.#problem(syntax, `expected ${kind}, found ${syntax.text}`, describeRange(kind))
    const { least, greatest, big } = integerRange(kind)
    // A text of a million digits is out of range without being converted.
    const value = syntax.text.length > 20 ? undefined : BigInt(syntax.text)
    if (value === undefined || value < least || value > greatest) {
      const label = `${kind} is ${describeRange(kind)}`
      throw this.#problem(syntax, `${syntax.text} is out of range for ${kind}`, label)
    }
    return big ? value : Number(value)
  }

  #float(syntax: Syntax, type: ValueType): number {
    if (syntax.kind === 'number')
      return syntax.text === '-inf' ? Number.NEGATIVE_INFINITY : Number(syntax.text)
    if (isPlainLabel(syntax, 'nan')) return Number.NaN
    if (isPlainLabel(syntax, 'inf')) return Number.POSITIVE_INFINITY
    throw this.#mismatch(syntax, type)
  }

  #char(syntax: Syntax, type: ValueType): string {
    if (syntax.kind === 'char') return syntax.value
    const cure =
      syntax.kind === 'string' && [...syntax.value].length === 1 ? ['chars stand in single quotes'] : []
    throw this.#mismatch(syntax, type, cure)
  }

  #list(syntax: Syntax, type: ListType): unknown {
    if (syntax.kind !== 'list') throw this.#mismatch(syntax, type)
    if (type.length !== undefined && syntax.items.length !== type.length) {
      const message = `expected a list of ${type.length} values, found ${syntax.items.length}`
      throw this.#problem(syntax, message, `expected ${printType(type)}`)
    }
    return listValue(
      type.element,
      syntax.items.map((item) => this.value(item, type.element)),
    )
  }

  /** A list of pairs, as `map` despecializes (Explainer.md, "Specialized value types"); of equal keys the last counts. */
  #map(syntax: Syntax, type: MapType): Map<unknown, unknown> {
    if (syntax.kind !== 'list')
      throw this.#mismatch(syntax, type, ['a map is a list of pairs: `[(key, value), …]`'])
    const pair: TupleType = { kind: 'tuple', types: [type.key, type.value] }
    return new Map(syntax.items.map((item) => this.#tuple(item, pair) as [unknown, unknown]))
  }

  #tuple(syntax: Syntax, type: TupleType): unknown[] {
    if (syntax.kind !== 'tuple') throw this.#mismatch(syntax, type)
    if (syntax.items.length !== type.types.length) {
      const message = `expected a tuple of ${type.types.length}, found one of ${syntax.items.length}`
      throw this.#problem(syntax, message, `expected ${briefType(type)}`)
    }
    return type.types.map((part, index) => this.value(syntax.items[index]!, part))
  }

  #record(syntax: Syntax, type: RecordType): object {
    if (syntax.kind === 'flags' && syntax.labels.length === 0) {
      throw this.#mismatch(syntax, type, [
        '`{}` is the empty set of flags; a record without fields is written `{:}`',
      ])
    }
    if (syntax.kind !== 'record') throw this.#mismatch(syntax, type)
    const given = new Map(syntax.fields.map((field) => [field.name.name, field.value]))
    const known = new Set(type.fields.map((field) => field.name))
    const unknown = syntax.fields.find((field) => !known.has(field.name.name))
    if (unknown) throw this.#unknownName('field', unknown.name, [...known], type)
    const properties = propertyNames([...known])
    return Object.fromEntries(
      type.fields.map((field, index) => {
        const value = given.get(field.name)
        if (value === undefined && field.type.kind !== 'option') {
          throw this.#problem(syntax, `missing field \`${field.name}\``, `expected ${briefType(type)}`)
        }
        return [
          properties[index]!,
          value === undefined ? noneOf(field.type as OptionType) : this.value(value, field.type),
        ]
      }),
    )
  }

  #flags(syntax: Syntax, type: FlagsType): object {
    if (syntax.kind === 'record' && syntax.fields.length === 0) {
      throw this.#mismatch(syntax, type, [
        '`{:}` is a record without fields; the empty set of flags is written `{}`',
      ])
    }
    if (syntax.kind !== 'flags')
      throw this.#mismatch(syntax, type, ['flags are a set of names: `{read, write}`'])
    const unknown = syntax.labels.find((label) => !type.names.includes(label.name))
    if (unknown) throw this.#unknownName('flag', unknown, type.names, type)
    const set = new Set(syntax.labels.map((label) => label.name))
    const properties = propertyNames(type.names)
    return Object.fromEntries(type.names.map((name, index) => [properties[index]!, set.has(name)]))
  }

  #enum(syntax: Syntax, type: EnumType): string {
    const label = this.#caseLabel(syntax, type.names, type)
    if (!type.names.includes(label.name)) throw this.#unknownName('case', label, type.names, type)
    this.#payload(label, undefined)
    return label.name
  }

  #variant(syntax: Syntax, type: VariantType): object {
    const names = type.cases.map((one) => one.name)
    const label = this.#caseLabel(syntax, names, type)
    const found = type.cases.find((one) => one.name === label.name)
    if (!found) throw this.#unknownName('case', label, names, type)
    return this.#tagged(label.name, label, found.type)
  }

  #caseLabel(syntax: Syntax, names: readonly string[], type: ValueType): LabelSyntax {
    if (syntax.kind !== 'label') throw this.#mismatch(syntax, type)
    if (syntax.escaped || !isKeyword(syntax.name)) return syntax
    const cure = names.includes(syntax.name)
      ? [`\`${syntax.name}\` is a keyword: write \`%${syntax.name}\``]
      : []
    throw this.#mismatch(syntax, type, cure)
  }

  #option(syntax: Syntax, type: OptionType): unknown {
    if (isPlainLabel(syntax, 'none')) return noneOf(type)
    if (syntax.kind === 'label' && !syntax.escaped && syntax.name === 'some') {
      const value = this.#payload(syntax, type.type)
      return isTaggedOption(type) ? { tag: 'some', val: value } : value
    }
    if (isFlattenable(type.type)) return this.value(syntax, type.type)
    throw this.#mismatch(syntax, type, ['write `some(…)` or `none`'])
  }

  #result(syntax: Syntax, type: ResultType): unknown {
    if (syntax.kind === 'label' && !syntax.escaped && (syntax.name === 'ok' || syntax.name === 'err')) {
      return this.#tagged(syntax.name, syntax, syntax.name === 'ok' ? type.ok : type.error)
    }
    if (type.ok && isFlattenable(type.ok)) return { tag: 'ok', val: this.value(syntax, type.ok) }
    throw this.#mismatch(syntax, type, ['write `ok(…)` or `err(…)`'])
  }

  #tagged(tag: string, label: LabelSyntax, type: Case['type']): object {
    return { tag, val: this.#payload(label, type) }
  }

  #payload(label: LabelSyntax, type: ValueType | undefined): unknown {
    if (type && label.payload) return this.value(label.payload, type)
    if (type)
      throw this.#problem(
        label,
        `missing payload for \`${label.name}\``,
        `expected \`${label.name}(…)\` with ${briefType(type)}`,
      )
    if (label.payload)
      throw this.#problem(label.payload, `unexpected payload for \`${label.name}\``, 'this case has none')
    return undefined
  }

  #unknownName(what: string, name: Name, names: readonly string[], type: ValueType): Error {
    const candidates = nearest(name.name, names)
    const label =
      candidates.length > 0
        ? `did you mean ${candidates.map((other) => `\`${other}\``).join(' or ')}?`
        : 'unknown'
    return this.#problem(name, `unknown ${what} \`${name.name}\``, label, [`expected ${briefType(type)}`])
  }

  #mismatch(syntax: Syntax, type: ValueType, notes: readonly string[] = []): Error {
    const wanted = briefType(type)
    return this.#problem(
      syntax,
      `expected ${wanted}, found ${describeSyntax(syntax)}`,
      `expected ${wanted}`,
      notes,
    )
  }

  #problem(at: Syntax | Name, message: string, label: string, notes: readonly string[] = []): Error {
    return waveProblem(this.#source, at.span, message, label, notes)
  }
}

function isPlainLabel(syntax: Syntax, name: string): boolean {
  return syntax.kind === 'label' && !syntax.escaped && !syntax.payload && syntax.name === name
}

/** `none`, as a value. */
export function noneOf(type: OptionType): unknown {
  return isTaggedOption(type) ? { tag: 'none', val: undefined } : undefined
}

/** `some(…)` and `ok(…)` may be left away around a payload, but not around another option or result. */
function isFlattenable(type: ValueType): boolean {
  return type.kind !== 'option' && type.kind !== 'result'
}
