/** Value types as TypeScript: what `runtime` really takes and gives (RATIONALE.md, "Declarations"). */
import { propertyNames } from '../../component/js-name.ts'
import { numberListClass } from '../../component/number-list.ts'
import { isTaggedOption } from '../../component/option-shape.ts'
import type { Case, ResourceType, ValueType } from '../../component/value-type.ts'
import { propertyKey, quote } from './identifiers.ts'

/** What names mean where a type is written. */
export interface TypeNames {
  /** The name that the scope has for a type; types are compared by identity. */
  nameOf(type: ValueType | ResourceType): string | undefined
  /** A global of JavaScript's, reached also where a name of the scope's hides it. */
  global(name: string): string
  /** The text of a type without a name: `print` makes it, where it was not made before. */
  remember(type: ValueType, position: Position, print: () => string): string
  /** The name of a type of all that may be passed as a stream: `Streamable<Chunk>`. */
  streamable(): string
}

/**
 * Who makes the value. What the host passes may be of many kinds, such as any iterable of numbers; what it receives is of one. The parts
 * of named types must do for both.
 */
export type Position = 'passed' | 'received' | 'either'

/** A part of the whole: the type, and how it is written. */
type Print = (type: ValueType) => string

/**
 * A type, by name where the scope has one for it.
 *
 * @example
 * const names = { nameOf: () => undefined, global: (name) => name, streamable: () => 'Streamable', remember: (type, position, print) => print() }
 * printValueType(list(u8), 'received', names) // Uint8Array<ArrayBuffer>
 * printValueType(list(u8), 'passed', names) // Uint8Array | Iterable<number>
 * printValueType(option(option(u64)), 'either', names) // { tag: 'some'; val?: bigint | undefined } | { tag: 'none'; val?: undefined }
 */
export function printValueType(type: ValueType, position: Position, names: TypeNames): string {
  const name = names.nameOf(type)
  return name ?? names.remember(type, position, () => printStructure(type, position, names))
}

/** The type spelled out one level, its parts by name where they have one. */
export function printStructure(type: ValueType, position: Position, names: TypeNames): string {
  const print: Print = (part) => printValueType(part, position, names)
  switch (type.kind) {
    case 'bool':
      return 'boolean'
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
    case 'f32':
    case 'f64':
      return 'number'
    case 's64':
    case 'u64':
      return 'bigint'
    case 'char':
    case 'string':
      return 'string'
    case 'error-context':
      return union([
        position === 'passed' ? names.global('Error') : undefined,
        '{ readonly debugMessage: string }',
      ])
    case 'list':
      return printList(type.element, position, names)
    case 'record':
      return `{ ${printFields(type.fields, position, names).join('; ')} }`
    case 'tuple':
      return `${position === 'passed' ? 'readonly ' : ''}[${type.types.map(print).join(', ')}]`
    case 'variant':
      return type.cases.map((one) => printCase(one, position, names)).join(' | ')
    case 'enum':
      return type.names.map(quote).join(' | ')
    case 'flags':
      return `{ ${printFlags(type.names).join('; ')} }`
    case 'option':
      if (!isTaggedOption(type)) return union([print(type.type), 'undefined'])
      return printCases(
        [
          ['some', type.type],
          ['none', undefined],
        ],
        position,
        names,
      )
    case 'result':
      return printCases(
        [
          ['ok', type.ok],
          ['err', type.error],
        ],
        position,
        names,
      )
    case 'map':
      return printMap(print(type.key), print(type.value), position, names)
    case 'own':
    case 'borrow':
      return names.nameOf(type.resource) ?? 'object'
    case 'stream':
      return printStream(type.element, position, names)
    case 'future':
      return `${names.global(position === 'passed' ? 'PromiseLike' : 'Promise')}<${type.element ? print(type.element) : 'void'}>`
  }
}

/** Fields of a record; those that may be undefined may be left away. */
export function printFields(
  fields: readonly { readonly name: string; readonly type: ValueType }[],
  position: Position,
  names: TypeNames,
): readonly string[] {
  const keys = propertyNames(fields.map(({ name }) => name))
  return fields.map(
    ({ type }, i) => `${propertyKey(keys[i]!)}${mark(type)}: ${printValueType(type, position, names)}`,
  )
}

export function printFlags(labels: readonly string[]): readonly string[] {
  return propertyNames(labels).map((key) => `${propertyKey(key)}?: boolean | undefined`)
}

/** One case of a variant: an object with its tag. */
export function printCase({ name, type }: Case, position: Position, names: TypeNames): string {
  const val = type ? `val${mark(type)}: ${printValueType(type, position, names)}` : 'val?: undefined'
  return `{ tag: ${quote(name)}; ${val} }`
}

/** Whether undefined is one of the type's values, so that it need not be written. */
export function mayBeUndefined(type: ValueType): boolean {
  return type.kind === 'option' && !isTaggedOption(type)
}

function mark(type: ValueType): string {
  return mayBeUndefined(type) ? '?' : ''
}

function printCases(
  cases: readonly (readonly [string, ValueType | undefined])[],
  position: Position,
  names: TypeNames,
): string {
  return cases.map(([name, type]) => printCase({ name, type }, position, names)).join(' | ')
}

function printList(element: ValueType, position: Position, names: TypeNames): string {
  const Class = numberListClass(element)
  if (Class) {
    const array = names.global(Class.name)
    if (position === 'received') return `${array}<${names.global('ArrayBuffer')}>`
    return position === 'passed' ? union([array, iterable(element, position, names)]) : array
  }
  if (position === 'passed') return iterable(element, position, names)
  const item = printValueType(element, position, names)
  return /^[\w.]+(\[\])*$/.test(item) ? `${item}[]` : `${names.global('Array')}<${item}>`
}

/** Text is iterable in JavaScript, but no list. */
function iterable(element: ValueType, position: Position, names: TypeNames): string {
  const all = `${names.global('Iterable')}<${printValueType(element, position, names)}>`
  return element.kind === 'string' || element.kind === 'char' ? `${all} & object` : all
}

function printMap(key: string, value: string, position: Position, names: TypeNames): string {
  if (position === 'passed') return `${names.global('Iterable')}<readonly [${key}, ${value}]>`
  return `${names.global('Map')}<${key}, ${value}>`
}

/** Chunks are typed arrays where the elements are numbers, else the elements one by one. */
function printStream(element: ValueType | undefined, position: Position, names: TypeNames): string {
  const stream = position === 'passed' ? names.streamable() : names.global('ReadableStream')
  return `${stream}<${element === undefined ? 'undefined' : printChunk(element, position, names)}>`
}

/** Who passes numbers may pass them one by one. */
function printChunk(element: ValueType, position: Position, names: TypeNames): string {
  const value = printValueType(element, position, names)
  if (!numberListClass(element)) return value
  if (position === 'passed') return `${value} | ${iterable(element, position, names)}`
  return printList(element, position, names)
}

function union(types: readonly (string | undefined)[]): string {
  return types.filter((type) => type !== undefined).join(' | ')
}
