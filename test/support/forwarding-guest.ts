/**
 * A guest for any function type: a core module whose export `f` forwards what it gets to its import, and returns what
 * that returns. So a call of `f` lowers and lifts the parameters, and lowers and lifts the result, flat or spilled.
 *
 *     address 0      masks, 8 bytes each: one per flat parameter, one for the result; xored into integers and pointers
 *     RESULT_AT      where the import's spilled result goes
 *     heapAt         free
 *
 * Imports, all from `host`: `memory`; `call` is the lowered function; `arguments` is told the flat parameters of `f`;
 * `stage` is called with 0 before the call, with 1 after it and with 2 by post-return. Exports: `f` and `post-return`.
 */
import { alignTo } from '../../src/abi/alignment.ts'
import { elementSize } from '../../src/abi/element-size.ts'
import { flattenFunction } from '../../src/abi/flatten.ts'
import type { FlatType } from '../../src/abi/join.ts'
import type { PointerType } from '../../src/abi/pointer.ts'
import { ByteWriter } from '../../src/binary/byte-writer.ts'
import type { FunctionType } from '../../src/component/extern-type.ts'

export interface ForwardingGuest {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** How many masks there are. */
  readonly masks: number
  readonly heapAt: number
}

const RESULT_AT = 256

type CoreType = readonly [parameters: readonly FlatType[], results: readonly FlatType[]]

/**
 * @example
 * const { bytes } = forwardingGuest(type, 'i32')
 * const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { host: { memory, call, arguments, stage } })
 */
export function forwardingGuest(type: FunctionType, pointer: PointerType): ForwardingGuest {
  const options = { pointer, async: false, callback: false }
  const lifted = flattenFunction(type, options, 'lift')
  const lowered = flattenFunction(type, options, 'lower')
  const resultSize = type.result === undefined ? 0 : elementSize(type.result, pointer)

  const imports: readonly (readonly [name: string, type: CoreType])[] = [
    ['call', [lowered.parameters, lowered.results]],
    ['arguments', [lifted.parameters, []]],
    ['stage', [['i32'], []]],
  ]
  const [CALL_IMPORT, ARGUMENTS, STAGE] = [0, 1, 2]
  const functions: readonly CoreType[] = [
    [lifted.parameters, lifted.results],
    [lifted.results, []],
  ]

  const f = (code: Code) => {
    lifted.parameters.forEach((_, i) => {
      code.localGet(i)
    })
    code.call(ARGUMENTS!).i32Const(0).call(STAGE!)
    lifted.parameters.forEach((flat, i) => {
      code.localGet(i).xorMask(flat, pointer, i)
    })
    if (lowered.spillsResult) code.constant(pointer, RESULT_AT)
    code.call(CALL_IMPORT!).i32Const(1).call(STAGE!)
    if (lifted.spillsResult) code.constant(pointer, RESULT_AT)
    for (const flat of lifted.results) code.xorMask(flat, pointer, lifted.parameters.length)
  }
  const postReturn = (code: Code) => {
    code.i32Const(2).call(STAGE!)
  }

  const types = [...imports.map(([, type]) => type), ...functions]
  const bytes = new ByteWriter()
    .bytes(preamble)
    .section(1, (w) => w.vector(types, writeFunctionType))
    .section(2, (w) => {
      w.u32(imports.length + 1)
      imports.forEach(([name], i) => {
        w.name('host').name(name).byte(0x00).u32(i)
      })
      w.name('host')
        .name('memory')
        .byte(0x02)
        .byte(pointer === 'i64' ? 0x04 : 0x00)
        .u32(1)
    })
    .section(3, (w) => w.vector([imports.length, imports.length + 1], (index) => w.u32(index)))
    .section(7, (w) => {
      w.u32(2)
      w.name('f').byte(0x00).u32(imports.length)
      w.name('post-return')
        .byte(0x00)
        .u32(imports.length + 1)
    })
    .section(10, (w) => w.vector([f, postReturn], (body) => w.sized((inner) => writeBody(inner, body))))
    .finish()
  return { bytes, masks: lifted.parameters.length + 1, heapAt: alignTo(RESULT_AT + resultSize, 8) }
}

/** A core module that exports its only import, `host` `realloc`, so that a JavaScript allocator becomes a wasm function. */
export function reallocModule(pointer: PointerType): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .bytes(preamble)
    .section(1, (w) =>
      w.vector([[[pointer, pointer, pointer, pointer], [pointer]] as const], writeFunctionType),
    )
    .section(2, (w) => w.u32(1).name('host').name('realloc').byte(0x00).u32(0))
    .section(7, (w) => w.u32(1).name('realloc').byte(0x00).u32(0))
    .finish()
}

const preamble = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]
const flatTypeCodes: Readonly<Record<FlatType, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c }

function writeFunctionType([parameters, results]: CoreType, writer: ByteWriter): void {
  writer.byte(0x60)
  for (const list of [parameters, results]) writer.vector(list, (flat) => writer.byte(flatTypeCodes[flat]))
}

function writeBody(writer: ByteWriter, body: (code: Code) => void): void {
  const code = new Code()
  body(code)
  writer.u32(0).bytes(code.writer.view()).byte(0x0b) // no locals … end
}

/** The few instructions that the guest needs. */
class Code {
  readonly writer = new ByteWriter()

  localGet(index: number): this {
    this.writer.byte(0x20).u32(index)
    return this
  }

  call(index: number): this {
    this.writer.byte(0x10).u32(index)
    return this
  }

  i32Const(value: number): this {
    this.writer.byte(0x41).s32(value)
    return this
  }

  constant(type: PointerType, value: number): this {
    if (type === 'i32') return this.i32Const(value)
    this.writer.byte(0x42).s64(BigInt(value))
    return this
  }

  /** Xors the integer on the stack with mask number `index`; floats stay. */
  xorMask(flat: FlatType, pointer: PointerType, index: number): this {
    if (flat === 'f32' || flat === 'f64') return this
    this.constant(pointer, 8 * index)
    const [load, align, xor] = flat === 'i32' ? [0x28, 2, 0x73] : [0x29, 3, 0x85]
    this.writer.byte(load!).u32(align!).u32(0).byte(xor!)
    return this
  }
}
