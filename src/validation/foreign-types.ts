import type { InstanceType } from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'
import { originOf } from './substituted-exports.ts'
import { everyPart } from './type-parts.ts'
import type { TypeStore } from './type-store.ts'

/**
 * The types with names that the exports of an instance mention and do not name before it themselves: none of an interface that
 * uses no other. The same for all instance types that come from one by substitution, and as that one has them. Undefined where there
 * are instances or components among the exports.
 */
export function foreignTypes(store: TypeStore, type: InstanceType): readonly TypeEntity[] | undefined {
  const origin = originOf(type)
  if (store.foreignTypes.has(origin)) return store.foreignTypes.get(origin)
  const foreign = nests(origin) ? undefined : findForeign(store, origin)
  store.foreignTypes.set(origin, foreign)
  return foreign
}

function nests({ exports }: InstanceType): boolean {
  for (const each of exports.values()) {
    const { kind } = each.kind === 'type' ? each.type : each
    if (kind === 'instance' || kind === 'component') return true
  }
  return false
}

function findForeign(store: TypeStore, { exports }: InstanceType): readonly TypeEntity[] {
  const foreign: TypeEntity[] = []
  const seen = new Set<TypeEntity>()
  const visit = (part: TypeEntity): boolean => {
    if (seen.has(part)) return true
    switch (part.kind) {
      case 'record':
      case 'variant':
      case 'enum':
      case 'flags':
      case 'resource':
        seen.add(part)
        foreign.push(part)
        return true
      case 'list':
      case 'tuple':
      case 'option':
      case 'result':
      case 'map':
      case 'own':
      case 'borrow':
      case 'stream':
      case 'future':
        seen.add(part)
        return everyPart(part, visit, undefined)
      default:
        return everyPart(part, visit, undefined)
    }
  }
  store.work(exports.size)
  for (const each of exports.values()) {
    if (each.kind === 'value') visit(each.type)
    else if (each.kind === 'function') everyPart(each, visit, undefined)
    else if (each.kind === 'type') {
      if (each.type.kind !== 'resource') everyPart(each.type, visit, undefined)
      seen.add(each.type)
    }
  }
  return foreign
}
