import { CompositionError } from '../errors.ts'
import type { ExternType } from '../component/extern-type.ts'
import type { ResourceType } from '../component/value-type.ts'
import type { TypeStore } from '../validation/type-store.ts'
import { openResources } from '../validation/bound-resources.ts'
import { describeWanting, type OpenImport, type OpenImports } from './open-imports.ts'

/**
 * The imports in an order in which each stands behind those whose resource types it mentions; instances first, since the types of
 * other imports are found in them. What need not move stays as it is.
 *
 * @throws {CompositionError} `conflict`, where merging made imports that mention each other
 */
export function inOrder(imports: OpenImports, store: TypeStore): OpenImport[] {
  const owners = new Map<ResourceType, OpenImport>()
  for (const each of imports.values()) {
    for (const resource of openResources([each.type])) owners.set(resource, each)
  }
  const ordered = new Set<OpenImport>()
  const path = new Set<OpenImport>()
  const place = (each: OpenImport): void => {
    if (ordered.has(each)) return
    if (path.has(each)) throw circular([...path])
    path.add(each)
    for (const resource of store.freeResources([each.type])) {
      const owner = owners.get(resource)
      if (owner && owner !== each) place(owner)
    }
    path.delete(each)
    ordered.add(each)
  }
  const isInstance = ({ type }: { readonly type: ExternType }): boolean => type.kind === 'instance'
  const all = [...imports.values()]
  for (const each of all.filter(isInstance)) place(each)
  for (const each of all) place(each)
  return [...ordered]
}

function circular(path: readonly OpenImport[]): CompositionError {
  const names = path.map((each) => `\`${each.name}\` (for ${describeWanting(each)})`)
  return new CompositionError('conflict', `merged imports mention each other's types: ${names.join(', ')}`, {
    cure: 'give one of those who want them an instance of its own, as an argument',
  })
}
