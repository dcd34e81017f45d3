import type { ResourceHandles } from '../component/extern-type.ts'
import type { ResourceType } from '../component/value-type.ts'

/** The handles of one more name of a resource type. */
export function handlesOf(resource: ResourceType): ResourceHandles {
  return { own: { kind: 'own', resource }, borrow: { kind: 'borrow', resource } }
}
