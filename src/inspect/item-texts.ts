import type { ComponentType, ExternType, NameAttributes } from '../component/extern-type.ts'
import { nameInPackage, type WitWorld } from '../wit/package.ts'
import { worldItemPrinter } from '../wit/print-package.ts'
import { instanceKey } from '../wit/world-reader.ts'

/** One import or export of a component by itself. */
export interface ItemText {
  readonly direction: 'import' | 'export'
  readonly name: string
  readonly kind: ExternType['kind']
  /** The interface's full name, where the item is an interface with one. */
  readonly interface: string | undefined
  /** A function's type, or the lines of an interface; empty for what WIT cannot say. */
  readonly text: readonly string[]
}

/** @param world of the component; undefined for one that is a package in binary form */
export function itemTexts(type: ComponentType, world: WitWorld | undefined): ItemText[] {
  const print = world && worldItemPrinter(world)
  const textsOf = (direction: ItemText['direction'], attributes: NameAttributes | undefined): ItemText[] =>
    Array.from(type[`${direction}s`], ([name, { kind }]) => {
      const key = kind === 'instance' ? instanceKey(name, attributes?.get(name)) : name
      const item = key === undefined ? undefined : world?.[`${direction}s`].get(key)
      const one = item?.kind === 'interface' ? item.interface : undefined
      const path = one?.name === undefined ? undefined : nameInPackage(one.package, one.name)
      return {
        direction,
        name,
        kind,
        interface: path,
        text: (item && print?.(item)) ?? [],
      }
    })
  return [...textsOf('import', type.importAttributes), ...textsOf('export', type.exportAttributes)]
}
