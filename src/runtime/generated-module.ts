/** Core modules that the runtime makes for itself: switches, destructor calls, string helpers. */
import type { FlatType } from '../abi/join.ts'
import { ByteWriter } from '../binary/byte-writer.ts'

/** Value types and opcodes, by their names in the text format. */
export const op = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  br_if: 0x0d,
  return: 0x0f,
  call: 0x10,
  call_indirect: 0x11,
  local_get: 0x20,
  local_set: 0x21,
  local_tee: 0x22,
  global_get: 0x23,
  i32_load: 0x28,
  i32_load8_u: 0x2d,
  i32_store: 0x36,
  i32_store8: 0x3a,
  i32_const: 0x41,
  f64_const: 0x44,
  i32_eqz: 0x45,
  i32_ge_u: 0x4f,
  i32_gt_u: 0x4b,
  f64_lt: 0x63,
  i32_add: 0x6a,
  i32_sub: 0x6b,
  i32_and: 0x71,
  i32_or: 0x72,
  i32_trunc_f64_u: 0xab,
  empty: 0x40,
} as const

export const valueType = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  externref: 0x6f,
  funcref: 0x70,
} as const satisfies Record<FlatType | 'externref' | 'funcref', number>

export interface ModuleParts {
  /** Encoded definitions: see `functionType`. */
  readonly types: readonly Bytes[]
  readonly imports: readonly Import[]
  readonly functions?: readonly GeneratedFunction[]
  /** Encoded globals. */
  readonly globals?: readonly Bytes[]
}

/** Module name, field name, and the encoded description: `[0x00, type]` for a function. */
export interface Import {
  readonly module: string
  readonly name: string
  readonly description: Bytes
}

export interface GeneratedFunction {
  readonly type: number
  /** Undefined: only functions of the same module call it. */
  readonly export: string | undefined
  /** Encoded runs of locals. */
  readonly locals: readonly Bytes[]
  /** Without the last `end`. */
  readonly body: ArrayLike<number>
}

export type Bytes = readonly number[]

/**
 * Encodes a core module.
 *
 * @example
 * encodeModule({ types: [functionType([], [])], imports: [],
 *   functions: [{ type: 0, export: 'trap', locals: [], body: [op.unreachable] }] })
 */
export function encodeModule(parts: ModuleParts): Uint8Array<ArrayBuffer> {
  const { types, imports, functions = [], globals = [] } = parts
  const firstFunction = imports.filter((one) => one.description[0] === 0).length
  const exported = functions.flatMap((one, index) =>
    one.export === undefined ? [] : [{ name: one.export, index: firstFunction + index }],
  )
  const writer = new ByteWriter().bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])
  section(writer, 1, types, (type, to) => to.bytes(type))
  section(writer, 2, imports, (one, to) => to.name(one.module).name(one.name).bytes(one.description))
  section(writer, 3, functions, (one, to) => to.u32(one.type))
  section(writer, 6, globals, (global, to) => to.bytes(global))
  section(writer, 7, exported, ({ name, index }, to) => to.name(name).byte(0x00).u32(index))
  section(writer, 10, functions, (one, to) => to.sized((code) => writeCode(code, one)))
  // The module's name (WebAssembly, "Name Section").
  writer.section(0, (to) =>
    to
      .name('name')
      .byte(0x00)
      .sized((inner) => inner.name(generatedModuleName)),
  )
  return writer.finish()
}

/** What engines call these modules in stacks, so that backtraces leave them out. */
export const generatedModuleName: string = 'tenon.generated'

export function functionType(parameters: Bytes, results: Bytes): Bytes {
  return [0x60, ...u32(parameters.length), ...parameters, ...u32(results.length), ...results]
}

/** Unsigned LEB128. */
export function u32(value: number): Bytes {
  const bytes: number[] = []
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80)
  bytes.push(value)
  return bytes
}

function section<T>(
  writer: ByteWriter,
  id: number,
  items: readonly T[],
  write: (item: T, to: ByteWriter) => void,
): void {
  if (items.length > 0) writer.section(id, (to) => to.vector(items, write))
}

function writeCode(to: ByteWriter, { locals, body }: GeneratedFunction): void {
  to.vector(locals, (run) => to.bytes(run))
    .bytes(body)
    .byte(op.end)
}
