import type { ComponentType, ExternType } from '../component/extern-type.ts'
import type { ResourceType } from '../component/value-type.ts'
import type { Scope } from './scope.ts'

/** The type of a component or component type whose definitions were checked. */
export function finishComponent(scope: Scope): ComponentType {
  const { store, refuse, definedResources } = scope
  const imports = scope.imports.types
  const exports = scope.exports.types
  const defined = new Set<ResourceType>()
  if (definedResources.size > 0) {
    for (const resource of store.freeResources(imports.values())) {
      if (definedResources.has(resource)) refuse('local resource type found in imports')
    }
    const named = new Set<ResourceType>()
    for (const type of exports.values()) collectNamedResources(scope, type, named)
    for (const resource of store.freeResources(exports.values())) {
      if (!definedResources.has(resource)) continue
      if (!named.has(resource)) refuse('local resource type found in export but not exported itself')
      defined.add(resource)
    }
  }
  const { attributes: importAttributes } = scope.imports
  const { attributes: exportAttributes } = scope.exports
  const type: ComponentType = {
    kind: 'component',
    imports,
    exports,
    ...(importAttributes && { importAttributes }),
    ...(exportAttributes && { exportAttributes }),
  }
  return store.checkSize(store.bind(type, { imported: scope.importedResources, defined }))
}

/** Roots of the resource types that have a name in an export. */
function collectNamedResources(scope: Scope, type: ExternType, named: Set<ResourceType>): void {
  if (type.kind === 'type' && type.type.kind === 'resource') named.add(scope.store.root(type.type))
  if (type.kind !== 'instance') return
  scope.store.work(type.exports.size)
  for (const each of type.exports.values()) collectNamedResources(scope, each, named)
}
