import type { CoreSort, Sort, SortIndex } from '../../component/component.ts'
import type { ByteWriter } from '../byte-writer.ts'

const coreSorts: Readonly<Record<CoreSort, number>> = {
  func: 0x00,
  table: 0x01,
  memory: 0x02,
  global: 0x03,
  tag: 0x04,
  type: 0x10,
  module: 0x11,
  instance: 0x12,
}

const sorts: Readonly<Record<Exclude<Sort, `core ${string}`>, number>> = {
  func: 0x01,
  value: 0x02,
  type: 0x03,
  component: 0x04,
  instance: 0x05,
}

export function writeCoreSort(writer: ByteWriter, sort: CoreSort): void {
  writer.byte(coreSorts[sort])
}

/** `sort ::= 0x00 core:sort | 0x01 func | 0x02 value | 0x03 type | 0x04 component | 0x05 instance` */
export function writeSort(writer: ByteWriter, sort: Sort): void {
  if (isCore(sort)) writer.byte(0x00).byte(coreSorts[sort.slice('core '.length) as CoreSort])
  else writer.byte(sorts[sort])
}

function isCore(sort: Sort): sort is `core ${CoreSort}` {
  return sort.startsWith('core ')
}

/** `sortidx ::= sort u32` */
export function writeSortIndex(writer: ByteWriter, { sort, index }: SortIndex): void {
  writeSort(writer, sort)
  writer.u32(index)
}
