import type { StartDefinition } from '../../component/component.ts'
import type { FuncIndex, ValueIndex } from '../../component/indices.ts'
import { limits } from '../../component/limits.ts'
import type { ByteReader } from '../byte-reader.ts'

/** `start ::= funcidx vec(valueidx) u32` */
export function readStart(reader: ByteReader): StartDefinition {
  return {
    kind: 'start',
    offset: reader.position,
    func: reader.u32() as FuncIndex,
    args: reader.vector('start arguments', limits.startArguments, readValueIndex),
    results: readResultCount(reader),
  }
}

const readValueIndex = (reader: ByteReader): ValueIndex => reader.u32() as ValueIndex

function readResultCount(reader: ByteReader): number {
  const start = reader.position
  const count = reader.u32()
  if (count > limits.startResults) reader.exceeds('too many start results', limits.startResults, count, start)
  return count
}
