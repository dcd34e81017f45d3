import type { ValueType } from 'tenon'

const known = new WeakMap<ValueType, boolean>()

/** Whether values of the type can be written as JSON: not handles, streams and futures. */
export function hasJsonForm(type: ValueType): boolean {
  let has = known.get(type)
  if (has === undefined) {
    has = isJson(type)
    known.set(type, has)
  }
  return has
}

function isJson(type: ValueType): boolean {
  switch (type.kind) {
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
    case 'error-context':
      return false
    case 'list':
      return hasJsonForm(type.element)
    case 'option':
      return hasJsonForm(type.type)
    case 'map':
      return hasJsonForm(type.key) && hasJsonForm(type.value)
    case 'tuple':
      return type.types.every(hasJsonForm)
    case 'record':
      return type.fields.every((field) => hasJsonForm(field.type))
    case 'variant':
      return type.cases.every((one) => one.type === undefined || hasJsonForm(one.type))
    case 'result':
      return [type.ok, type.error].every((one) => one === undefined || hasJsonForm(one))
    default:
      return true
  }
}
