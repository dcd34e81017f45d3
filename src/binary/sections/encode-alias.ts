import type { AliasTarget, Sort } from '../../component/component.ts'
import type { ByteWriter } from '../byte-writer.ts'
import { writeSort } from './encode-sort.ts'

/** See {@link readAlias} for the grammar. */
export function writeAlias(
  writer: ByteWriter,
  { sort, target }: { readonly sort: Sort; readonly target: AliasTarget },
): void {
  writeSort(writer, sort)
  switch (target.kind) {
    case 'export':
      writer.byte(0x00).u32(target.instance).name(target.name)
      return
    case 'core-export':
      writer.byte(0x01).u32(target.instance).name(target.name)
      return
    case 'outer':
      writer.byte(0x02).u32(target.count).u32(target.index)
  }
}
