import type { CoreSort, Sort, SortIndex } from '../../component/component.ts'
import type { ByteReader } from '../byte-reader.ts'

/** `core:sort`, as a `sort`; undefined for a byte that is none. */
export function coreSortOf(byte: number): `core ${CoreSort}` | undefined {
  switch (byte) {
    case 0x00:
      return 'core func'
    case 0x01:
      return 'core table'
    case 0x02:
      return 'core memory'
    case 0x03:
      return 'core global'
    case 0x04:
      return 'core tag'
    case 0x10:
      return 'core type'
    case 0x11:
      return 'core module'
    case 0x12:
      return 'core instance'
    default:
      return undefined
  }
}

/** `sort` without its `core` case; undefined for a byte that is none. */
export function componentSortOf(byte: number): Exclude<Sort, `core ${string}`> | undefined {
  switch (byte) {
    case 0x01:
      return 'func'
    case 0x02:
      return 'value'
    case 0x03:
      return 'type'
    case 0x04:
      return 'component'
    case 0x05:
      return 'instance'
    default:
      return undefined
  }
}

export function readCoreSort(reader: ByteReader): CoreSort {
  const byte = reader.byte()
  const sort = coreSortOf(byte) ?? reader.invalidByte(byte, 'core external kind', 'a core sort')
  return sort.slice('core '.length) as CoreSort
}

/** `sort ::= 0x00 core:sort | 0x01 func | 0x02 value | 0x03 type | 0x04 component | 0x05 instance` */
export function readSort(reader: ByteReader, what = 'component external kind'): Sort {
  const byte = reader.byte()
  if (byte !== 0x00) return componentSortOf(byte) ?? reader.invalidByte(byte, what, 'a sort, 0x00 to 0x05')
  const core = reader.byte()
  return coreSortOf(core) ?? reader.invalidByte(core, what, 'a core sort')
}

/** `sortidx ::= sort u32` */
export function readSortIndex(reader: ByteReader): SortIndex {
  return { sort: readSort(reader), index: reader.u32() }
}
