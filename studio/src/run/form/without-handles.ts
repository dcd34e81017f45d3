import type { FormType } from '../../contract/run.ts'

const known = new WeakMap<FormType, FormType>()

/** The type with strings, `#3`, where it has handles: JSON has none, and forms write them so. */
export function withoutHandles(type: FormType): FormType {
  let found = known.get(type)
  if (found === undefined) {
    found = convert(type)
    known.set(type, found)
  }
  return found
}

function convert(type: FormType): FormType {
  const optional = (part: FormType | undefined) => part && withoutHandles(part)
  switch (type.kind) {
    case 'own':
    case 'borrow':
      return { kind: 'string' }
    case 'record':
      return {
        ...type,
        fields: type.fields.map((field) => ({ ...field, type: withoutHandles(field.type) })),
      }
    case 'tuple':
      return { ...type, types: type.types.map(withoutHandles) }
    case 'variant':
      return { ...type, cases: type.cases.map((one) => ({ ...one, type: optional(one.type) })) }
    case 'option':
    case 'list':
      return { ...type, type: withoutHandles(type.type) }
    case 'result':
      return { ...type, ok: optional(type.ok), error: optional(type.error) }
    case 'map':
      return { ...type, key: withoutHandles(type.key), value: withoutHandles(type.value) }
    default:
      return type
  }
}
