import { printValue, propertyNames } from 'tenon/wave'
import type { FormType } from '../../contract/run.ts'
import { casesOf, type FormValue, isBytes, isTagged, itemOf } from './form-value.ts'
import type { ResourceNumber } from './leaf.ts'
import { valueType } from './value-type.ts'

/** The form that says a value: the reverse of `readForm`. The value is one of the type. */
export function formOf(type: FormType, value: unknown): FormValue {
  switch (type.kind) {
    case 'bool':
      return { kind: 'bool', on: value as boolean }
    case 'integer':
    case 'float':
      return { kind: 'text', text: printValue(value, valueType(type)) }
    case 'char':
    case 'string':
      return { kind: 'text', text: value as string }
    case 'own':
    case 'borrow':
      return { kind: 'text', text: `#${(value as ResourceNumber).resource}` }
    case 'enum':
      return { kind: 'choice', name: value as string }
    case 'flags': {
      const properties = propertyNames(type.names)
      const set = value as Readonly<Record<string, boolean>>
      return { kind: 'set', names: type.names.filter((_, index) => set[properties[index]!]) }
    }
    case 'record': {
      const properties = propertyNames(type.fields.map((field) => field.name))
      const record = value as Readonly<Record<string, unknown>>
      return {
        kind: 'parts',
        parts: type.fields.map((field, index) => formOf(field.type, record[properties[index]!])),
      }
    }
    case 'tuple':
      return {
        kind: 'parts',
        parts: type.types.map((part, index) => formOf(part, (value as readonly unknown[])[index])),
      }
    case 'variant':
    case 'option':
    case 'result': {
      const { tag, val } =
        type.kind === 'option' && !isTagged(type)
          ? { tag: value === undefined ? 'none' : 'some', val: value }
          : (value as { readonly tag: string; readonly val?: unknown })
      const payload = casesOf(type).find((one) => one.name === tag)?.type
      return { kind: 'case', name: tag, payload: payload && formOf(payload, val) }
    }
    case 'list':
      if (isBytes(type)) return { kind: 'bytes', bytes: Uint8Array.from(value as ArrayLike<number>) }
      return {
        kind: 'items',
        items: Array.from(value as ArrayLike<unknown>, (item) => formOf(type.type, item)),
      }
    case 'map': {
      const entry = itemOf(type)
      return {
        kind: 'items',
        items: Array.from(value as ReadonlyMap<unknown, unknown>, ([key, item]) =>
          formOf(entry, { key, value: item }),
        ),
      }
    }
    case 'error-context':
    case 'unsupported':
      throw new TypeError(`no form for ${type.kind}`)
  }
}
