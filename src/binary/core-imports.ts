import type { CoreExternSyntax } from '../component/component.ts'
import { limits } from '../component/limits.ts'
import type { ByteReader } from './byte-reader.ts'
import { readCoreExternType } from './sections/core-type.ts'

/** An import as written: functions and tags name their type by index. */
export interface CoreImportSyntax {
  readonly module: string
  readonly name: string
  readonly type: CoreExternSyntax
}

/**
 *     import ::= name name externtype
 *              | name "" 0x7f vec(name externtype)      (one module, many items)
 *              | name "" 0x7e externtype vec(name)      (one module and type, many names)
 *
 * The last two are the compact import section; engines that lack it refuse such a module themselves.
 */
export function readImportGroup(reader: ByteReader): CoreImportSyntax[] {
  const module = reader.name()
  const name = reader.name()
  const byte = reader.peek()
  if (name !== '' || byte < 0x7e) return [{ module, name, type: readCoreExternType(reader) }]
  reader.skip(1)
  if (byte === 0x7f) {
    return reader.vector('imports', limits.imports, () => ({
      module,
      name: reader.name(),
      type: readCoreExternType(reader),
    }))
  }
  const type = readCoreExternType(reader)
  return reader.vector('imports', limits.imports, () => ({ module, name: reader.name(), type }))
}
