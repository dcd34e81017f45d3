import type { MemoryType } from '../binary/rewrite-core-module.ts'
import { ByteWriter } from '../binary/byte-writer.ts'

const wasmPage = 16

/** Bytes that a memory begins with. */
export function memorySize({ initial, pageSizeLog2 }: MemoryType): number {
  return initial * 2 ** pageSizeLog2
}

/**
 * A new memory of the type, with another maximum if there is one.
 *
 * @throws {RangeError} where the engine has not so much memory
 */
export function makeMemory(type: MemoryType, maximum: number | undefined = type.maximum): WebAssembly.Memory {
  const { initial, shared, index64, pageSizeLog2 } = type
  if (!shared && !index64 && pageSizeLog2 === wasmPage) {
    return makePlainMemory(initial, maximum)
  }
  try {
    return memoryOfModule({ ...type, maximum })
  } catch (error) {
    // No memory of this engine can grow to the maximum: so none needs one.
    if (!(error instanceof WebAssembly.CompileError) || maximum === type.maximum) throw error
    return memoryOfModule(type)
  }
}

/** Of 32 bits, and with pages of the usual size; sizes in pages. @throws {RangeError} where the engine has not so much memory */
export function makePlainMemory(initial: number, maximum: number | undefined): WebAssembly.Memory {
  return new WebAssembly.Memory(maximum === undefined ? { initial } : { initial, maximum })
}

/**
 * Through a module that defines nothing else: how a memory of 64 bits is made in JavaScript changed over time, and one with
 * pages of another size cannot be. An engine that instantiates the guest's module knows this one, too.
 */
function memoryOfModule({ initial, maximum, shared, index64, pageSizeLog2 }: MemoryType): WebAssembly.Memory {
  const bytes = new ByteWriter()
    .bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])
    .section(5, (memories) => {
      const ownPages = pageSizeLog2 !== wasmPage
      memories.u32(1)
      memories.byte(
        (maximum === undefined ? 0 : 0b0001) |
          (shared ? 0b0010 : 0) |
          (index64 ? 0b0100 : 0) |
          (ownPages ? 0b1000 : 0),
      )
      memories.u32(initial)
      if (maximum !== undefined) memories.u32(maximum)
      if (ownPages) memories.u32(pageSizeLog2)
    })
    .section(7, (exports) => exports.u32(1).name('memory').bytes([0x02, 0]))
    .finish()
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes))
  return exports.memory as WebAssembly.Memory
}
