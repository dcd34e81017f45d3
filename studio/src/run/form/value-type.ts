import type { ValueType } from 'tenon'
import type { FormType } from '../../contract/run.ts'

/** Types are shared by many forms, and looked at for each key that is pressed. */
const known = new WeakMap<FormType, ValueType>()

/** The type as Tenon knows it. A resource is told by its name alone: which one a form means, the runner checks. */
export function valueType(type: FormType): ValueType {
  let found = known.get(type)
  if (found === undefined) {
    found = convert(type)
    known.set(type, found)
  }
  return found
}

function convert(type: FormType): ValueType {
  switch (type.kind) {
    case 'bool':
    case 'char':
    case 'string':
    case 'error-context':
      return { kind: type.kind }
    case 'integer':
      return { kind: `${type.signed ? 's' : 'u'}${type.bits}` }
    case 'float':
      return { kind: `f${type.bits}` }
    case 'record':
      return {
        kind: 'record',
        fields: type.fields.map((field) => ({ name: field.name, type: valueType(field.type) })),
      }
    case 'tuple':
      return { kind: 'tuple', types: type.types.map(valueType) }
    case 'variant':
      return {
        kind: 'variant',
        cases: type.cases.map((one) => ({ name: one.name, type: one.type && valueType(one.type) })),
      }
    case 'enum':
    case 'flags':
      return { kind: type.kind, names: type.names }
    case 'option':
      return { kind: 'option', type: valueType(type.type) }
    case 'result':
      return {
        kind: 'result',
        ok: type.ok && valueType(type.ok),
        error: type.error && valueType(type.error),
      }
    case 'list':
      return { kind: 'list', element: valueType(type.type), length: type.length }
    case 'map':
      return { kind: 'map', key: valueType(type.key), value: valueType(type.value) }
    case 'own':
    case 'borrow':
      return { kind: type.kind, resource: { kind: 'resource', name: type.resource } }
    case 'unsupported':
      return { kind: 'stream', element: undefined }
  }
}
