import type { CoreExternSyntax } from '../component/component.ts'
import { limits } from '../component/limits.ts'
import type { ByteReader } from './byte-reader.ts'
import { readCoreExternType } from './sections/core-type.ts'

/** What can be imported and exported, by opcode. */
export const externSorts = ['func', 'table', 'memory', 'global', 'tag'] as const

/**
 * Imports that are encoded together; functions and tags name their type by index. A plain import is a group of one,
 * and `compact` is undefined; of the compact import section a group shares the module's name (`module`), or that and
 * the type (`type`).
 */
export interface ImportGroup {
  readonly module: string
  readonly compact: 'module' | 'type' | undefined
  readonly items: readonly { readonly name: string; readonly type: CoreExternSyntax }[]
  /** The type that the items share, where there are none. */
  readonly type?: CoreExternSyntax
}

/**
 *     import ::= name name externtype
 *              | name "" 0x7f vec(name externtype)      (one module, many items)
 *              | name "" 0x7e externtype vec(name)      (one module and type, many names)
 *
 * The last two are the compact import section; engines that lack it refuse such a module themselves.
 */
export function readImportGroup(reader: ByteReader): ImportGroup {
  const module = reader.name()
  const name = reader.name()
  const byte = reader.peek()
  if (name !== '' || byte < 0x7e) {
    return { module, compact: undefined, items: [{ name, type: readCoreExternType(reader) }] }
  }
  reader.skip(1)
  if (byte === 0x7f) {
    const items = reader.vector('imports', limits.imports, () => ({
      name: reader.name(),
      type: readCoreExternType(reader),
    }))
    return { module, compact: 'module', items }
  }
  const type = readCoreExternType(reader)
  const items = reader.vector('imports', limits.imports, () => ({ name: reader.name(), type }))
  return items.length > 0 ? { module, compact: 'type', items } : { module, compact: 'type', items, type }
}
