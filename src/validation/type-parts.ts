import type { ExternType } from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'

/** `context` is handed on, so that nobody has to make a function for each type. */
export type PartTest<C> = (part: TypeEntity, context: C) => boolean

/**
 * Asks `test` of the types that a type is made of, one level deep, until one fails it; true if none does. Core module
 * types have no parts.
 */
export function everyPart<C>(type: TypeEntity | ExternType, test: PartTest<C>, context: C): boolean {
  switch (type.kind) {
    case 'record':
      for (const field of type.fields) if (!test(field.type, context)) return false
      return true
    case 'variant':
      for (const each of type.cases) if (each.type && !test(each.type, context)) return false
      return true
    case 'list':
      return test(type.element, context)
    case 'tuple':
      for (const part of type.types) if (!test(part, context)) return false
      return true
    case 'option':
    case 'type':
    case 'value':
      return test(type.type, context)
    case 'result':
      return (!type.ok || test(type.ok, context)) && (!type.error || test(type.error, context))
    case 'map':
      return test(type.key, context) && test(type.value, context)
    case 'own':
    case 'borrow':
      return test(type.resource, context)
    case 'stream':
    case 'future':
      return !type.element || test(type.element, context)
    case 'function':
      for (const parameter of type.parameters) if (!test(parameter.type, context)) return false
      return !type.result || test(type.result, context)
    case 'instance':
      return everyPartOfExterns(type.exports, test, context)
    case 'component':
      return (
        everyPartOfExterns(type.imports, test, context) && everyPartOfExterns(type.exports, test, context)
      )
    default:
      return true
  }
}

function everyPartOfExterns<C>(
  externs: ReadonlyMap<string, ExternType>,
  test: PartTest<C>,
  context: C,
): boolean {
  for (const extern of externs.values()) {
    if (extern.kind === 'core-module') continue
    if (!test(extern.kind === 'type' || extern.kind === 'value' ? extern.type : extern, context)) return false
  }
  return true
}
