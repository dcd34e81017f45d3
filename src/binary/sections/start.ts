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
    results: reader.u32(),
  }
}

const readValueIndex = (reader: ByteReader): ValueIndex => reader.u32() as ValueIndex
