import type { NameAttribute } from '../component/component.ts'
import { fullName } from './interface-parts.ts'
import type { WorldItem } from './package.ts'

/** What the name of an item says beside itself (Binary.md, "Import and Export Definitions"). */
export function attributesOf(item: WorldItem): readonly NameAttribute[] {
  const id = externalIdAttributes(item.externalId)
  if (item.kind !== 'interface' || item.label === undefined || item.interface.name === undefined) return id
  return [{ kind: 'implements', interface: fullName(item.interface) }, ...id]
}

export function externalIdAttributes(id: string | undefined): readonly NameAttribute[] {
  return id === undefined ? [] : [{ kind: 'external-id', id }]
}
