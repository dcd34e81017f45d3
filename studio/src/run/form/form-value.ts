/** What stands in the fields of a form: plain data, also where it is no value yet. */
import { isTaggedOption } from 'tenon/wave'
import type { FormType } from '../../contract/run.ts'
import { valueType } from './value-type.ts'

export type FormValue =
  /** Integers, floats, chars, strings, and resources (`#3`), as they were typed. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bool'; readonly on: boolean }
  /** An enum's case, by its name. */
  | { readonly kind: 'choice'; readonly name: string }
  /** The flags that are set. */
  | { readonly kind: 'set'; readonly names: readonly string[] }
  /** A case of a variant, of an option (`none`, `some`) or of a result (`ok`, `err`). */
  | { readonly kind: 'case'; readonly name: string; readonly payload: FormValue | undefined }
  /** The fields of a record or the parts of a tuple, in the type's order. */
  | { readonly kind: 'parts'; readonly parts: readonly FormValue[] }
  /** The elements of a list, or the entries of a map as pairs. */
  | { readonly kind: 'items'; readonly items: readonly FormValue[] }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

/** A case of a variant, an option or a result. */
export interface FormCase {
  readonly name: string
  readonly type: FormType | undefined
}

export type CasesType = Extract<FormType, { readonly kind: 'variant' | 'option' | 'result' }>

export function casesOf(type: CasesType): readonly FormCase[] {
  switch (type.kind) {
    case 'variant':
      return type.cases
    case 'option':
      return [
        { name: 'none', type: undefined },
        { name: 'some', type: type.type },
      ]
    case 'result':
      return [
        { name: 'ok', type: type.ok },
        { name: 'err', type: type.error },
      ]
  }
}

export type PartsType = Extract<FormType, { readonly kind: 'record' | 'tuple' }>

/** The parts of a record, a tuple or a map's entry, with what they are called on the form. */
export function partsOf(type: PartsType): readonly { readonly name: string; readonly type: FormType }[] {
  return type.kind === 'record'
    ? type.fields
    : type.types.map((part, index) => ({ name: `${index}`, type: part }))
}

export type ItemsType = Extract<FormType, { readonly kind: 'list' | 'map' }>

const entries = new WeakMap<FormType, FormType>()

/** What an element of a list or an entry of a map is. The same object for the same type, so that fields know what did not change. */
export function itemOf(type: ItemsType): FormType {
  if (type.kind === 'list') return type.type
  const known = entries.get(type)
  if (known !== undefined) return known
  const fields = [
    { name: 'key', type: type.key },
    { name: 'value', type: type.value },
  ]
  const entry: FormType = { kind: 'record', fields }
  entries.set(type, entry)
  return entry
}

/** Lists of `u8` have a field of their own. */
export function isBytes(type: FormType): boolean {
  return type.kind === 'list' && type.type.kind === 'integer' && type.type.bits === 8 && !type.type.signed
}

/** How a form begins: zero, false, empty, the first case. Chars and resources are the person's to give. */
export function blank(type: FormType): FormValue {
  switch (type.kind) {
    case 'bool':
      return { kind: 'bool', on: false }
    case 'integer':
    case 'float':
      return { kind: 'text', text: '0' }
    case 'char':
    case 'string':
    case 'own':
    case 'borrow':
    case 'error-context':
    case 'unsupported':
      return { kind: 'text', text: '' }
    case 'enum':
      return { kind: 'choice', name: type.names[0]! }
    case 'flags':
      return { kind: 'set', names: [] }
    case 'variant':
    case 'option':
    case 'result':
      return blankCase(casesOf(type)[0]!)
    case 'record':
    case 'tuple':
      return { kind: 'parts', parts: partsOf(type).map((part) => blank(part.type)) }
    case 'list':
      if (isBytes(type)) return { kind: 'bytes', bytes: new Uint8Array(type.length ?? 0) }
      return { kind: 'items', items: Array.from({ length: type.length ?? 0 }, () => blank(type.type)) }
    case 'map':
      return { kind: 'items', items: [] }
  }
}

export function blankCase({ name, type }: FormCase): FormValue {
  return { kind: 'case', name, payload: type && blank(type) }
}

/** Nested options are tagged in JavaScript, others are `T | undefined`. */
export function isTagged(type: FormType & { readonly kind: 'option' }): boolean {
  const option = valueType(type)
  return option.kind === 'option' && isTaggedOption(option)
}
