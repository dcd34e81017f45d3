import type { ExternType } from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'

/**
 * Asks `test` of the types that a type is made of, one level deep, until one fails it; true if none does. Core module
 * types have no parts.
 */
export function everyPart(type: TypeEntity | ExternType, test: (part: TypeEntity) => boolean): boolean {
  switch (type.kind) {
    case 'record':
      return type.fields.every((field) => test(field.type))
    case 'variant':
      return type.cases.every((each) => each.type === undefined || test(each.type))
    case 'list':
      return test(type.element)
    case 'tuple':
      return type.types.every((part) => test(part))
    case 'option':
    case 'type':
    case 'value':
      return test(type.type)
    case 'result':
      return (type.ok === undefined || test(type.ok)) && (type.error === undefined || test(type.error))
    case 'map':
      return test(type.key) && test(type.value)
    case 'own':
    case 'borrow':
      return test(type.resource)
    case 'stream':
    case 'future':
      return type.element === undefined || test(type.element)
    case 'function':
      return (
        type.parameters.every((parameter) => test(parameter.type)) &&
        (type.result === undefined || test(type.result))
      )
    case 'instance':
      return everyPartOfExterns(type.exports, test)
    case 'component':
      return everyPartOfExterns(type.imports, test) && everyPartOfExterns(type.exports, test)
    default:
      return true
  }
}

function everyPartOfExterns(
  externs: ReadonlyMap<string, ExternType>,
  test: (part: TypeEntity) => boolean,
): boolean {
  for (const extern of externs.values()) {
    if (extern.kind === 'core-module') continue
    if (!test(extern.kind === 'type' || extern.kind === 'value' ? extern.type : extern)) return false
  }
  return true
}

/** Calls `visit` with each of them. */
export function forEachPart(type: TypeEntity | ExternType, visit: (part: TypeEntity) => void): void {
  everyPart(type, (part) => {
    visit(part)
    return true
  })
}
