import type { StartDefinition } from '../../component/component.ts'
import type { ByteWriter } from '../byte-writer.ts'

/** `start ::= funcidx vec(valueidx) u32` */
export function writeStart(writer: ByteWriter, { func, args, results }: StartDefinition): void {
  writer
    .u32(func)
    .vector(args, (arg) => writer.u32(arg))
    .u32(results)
}
