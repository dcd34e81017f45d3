import type { ExternType } from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'

const none: readonly TypeEntity[] = []

/** The types that a type is made of, one level deep. Core module types have none. */
export function partsOf(type: TypeEntity | ExternType): readonly TypeEntity[] {
  switch (type.kind) {
    case 'record':
      return type.fields.map((field) => field.type)
    case 'variant':
      return type.cases.flatMap((each) => each.type ?? [])
    case 'list':
      return [type.element]
    case 'tuple':
      return type.types
    case 'option':
    case 'type':
    case 'value':
      return [type.type]
    case 'result':
      return [type.ok ?? [], type.error ?? []].flat()
    case 'map':
      return [type.key, type.value]
    case 'own':
    case 'borrow':
      return [type.resource]
    case 'stream':
    case 'future':
      return type.element ? [type.element] : none
    case 'function':
      return [...type.parameters.map((parameter) => parameter.type), type.result ?? []].flat()
    case 'instance':
      return partsOfExterns(type.exports)
    case 'component':
      return [...partsOfExterns(type.imports), ...partsOfExterns(type.exports)]
    default:
      return none
  }
}

function partsOfExterns(externs: ReadonlyMap<string, ExternType>): readonly TypeEntity[] {
  const parts: TypeEntity[] = []
  for (const extern of externs.values()) {
    switch (extern.kind) {
      case 'type':
      case 'value':
        parts.push(extern.type)
        break
      case 'core-module':
        break
      default:
        parts.push(extern)
    }
  }
  return parts
}
