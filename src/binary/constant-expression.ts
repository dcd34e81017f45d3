import type { ByteReader } from './byte-reader.ts'
import { skipInteger } from './leb128.ts'

/** Skips a constant expression (Core WebAssembly 3.0, "Constant Expressions"), its `end` included. */
export function skipConstantExpression(reader: ByteReader): void {
  for (;;) {
    const opcode = reader.byte()
    switch (opcode) {
      case 0x0b: // end
        return
      case 0x41: // i32.const
        skipInteger(reader, 5)
        break
      case 0x42: // i64.const
        skipInteger(reader, 10)
        break
      case 0x43: // f32.const
        reader.skip(4)
        break
      case 0x44: // f64.const
        reader.skip(8)
        break
      case 0x23: // global.get
      case 0xd2: // ref.func
        reader.u32()
        break
      case 0xd0: // ref.null, of a heap type
        if (reader.peek() === 0x65) reader.skip(1)
        reader.s33()
        break
      case 0x6a: // i32.add, sub, mul
      case 0x6b:
      case 0x6c:
      case 0x7c: // i64.add, sub, mul
      case 0x7d:
      case 0x7e:
        break
      case 0xfb:
        skipAggregate(reader)
        break
      case 0xfd: // v128.const is the only vector instruction here
        if (reader.u32() !== 0x0c) reader.fail('constant expression required: found a vector instruction')
        reader.skip(16)
        break
      default:
        reader.fail(
          `constant expression required: found opcode 0x${opcode.toString(16)}`,
          reader.position - 1,
        )
    }
  }
}

/** The instructions of prefix 0xfb that are constant: of structs, arrays and `i31`. */
function skipAggregate(reader: ByteReader): void {
  const start = reader.position
  const opcode = reader.u32()
  switch (opcode) {
    case 0: // struct.new
    case 1: // struct.new_default
    case 6: // array.new
    case 7: // array.new_default
      reader.u32()
      return
    case 8: // array.new_fixed
      reader.u32()
      reader.u32()
      return
    case 26: // any.convert_extern
    case 27: // extern.convert_any
    case 28: // ref.i31
      return
    default:
      reader.fail(`constant expression required: found opcode 0xfb 0x${opcode.toString(16)}`, start)
  }
}
