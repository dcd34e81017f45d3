import type { ComponentType, ExternType } from '../component/extern-type.ts'
import type { ResourceType } from '../component/value-type.ts'
import type { TypeStore } from './type-store.ts'

/**
 * Tells a store which resource types the component and instance types in a type bring along. Types that were published say it
 * themselves, by their `sub` bounds; a store only knows it of types that it made.
 */
export function bindResources(store: TypeStore, type: ExternType): void {
  store.work()
  switch (type.kind) {
    case 'instance':
      for (const each of type.exports.values()) bindResources(store, each)
      return
    case 'component':
      bindComponent(store, type)
      return
    case 'type': {
      const named = type.type
      if (named.kind === 'component') bindComponent(store, named)
      if (named.kind !== 'instance') return
      for (const each of named.exports.values()) bindResources(store, each)
      store.bind(named, { imported: new Set(), defined: new Set(openResources([named])) })
      return
    }
    default:
      return
  }
}

function bindComponent(store: TypeStore, type: ComponentType): void {
  for (const each of type.imports.values()) bindResources(store, each)
  for (const each of type.exports.values()) bindResources(store, each)
  const imported = new Set(openResources(type.imports.values()))
  const defined = new Set<ResourceType>()
  for (const resource of openResources(type.exports.values())) {
    if (!imported.has(resource)) defined.add(resource)
  }
  store.bind(type, { imported, defined })
}

/** The resource types that imports or exports introduce, those within instances too. */
export function* openResources(types: Iterable<ExternType>): Generator<ResourceType> {
  for (const type of types) {
    if (type.kind === 'instance') yield* openResources(type.exports.values())
    if (type.kind === 'type' && type.bound === 'sub' && type.type.kind === 'resource') yield type.type
  }
}
