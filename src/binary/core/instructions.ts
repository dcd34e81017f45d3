/**
 * The table of instructions of core WebAssembly 3.0 and of the proposals that engines have implemented. All who read or
 * write instructions, as bytes or as text, are driven by it.
 */
import type { ImmediateKind, Instruction } from './instruction.ts'

/** By opcode, and by name. */
interface Table {
  readonly rows: readonly Instruction[]
  readonly plain: readonly (Instruction | undefined)[]
  readonly prefixed: ReadonlyMap<number, readonly (Instruction | undefined)[]>
  readonly byName: ReadonlyMap<string, Instruction>
}

let made: Table | undefined

/** Made when it is first needed: who runs components reads a few instructions, or none. */
function table(): Table {
  made ??= makeTable(makeRows())
  return made
}

function makeTable(rows: readonly Instruction[]): Table {
  const plain: (Instruction | undefined)[] = []
  const prefixed = new Map<number, (Instruction | undefined)[]>()
  const byName = new Map<string, Instruction>()
  for (const instruction of rows) {
    const { name, prefix, opcode } = instruction
    if (prefix === undefined) plain[opcode] = instruction
    else {
      const others = prefixed.get(prefix) ?? []
      others[opcode] = instruction
      prefixed.set(prefix, others)
    }
    if (!byName.has(name)) byName.set(name, instruction)
  }
  return { rows, plain, prefixed, byName }
}

/** All rows, each opcode once. */
export function instructions(): readonly Instruction[] {
  return table().rows
}

/** The instruction with that opcode; `prefix` is undefined for opcodes of one byte. */
export function instructionOf(prefix: number | undefined, opcode: number): Instruction | undefined {
  const { plain, prefixed } = table()
  return prefix === undefined ? plain[opcode] : prefixed.get(prefix)?.[opcode]
}

/** Whether a first byte is a prefix, which an opcode follows. */
export function isPrefix(byte: number): boolean {
  return byte >= 0xfb && byte <= 0xfe
}

/** The instruction called so in the text format; of two, that with the lower opcode. */
export function instructionNamed(name: string): Instruction | undefined {
  return table().byName.get(name)
}

/** The names of all instructions. */
export function instructionNames(): Iterable<string> {
  return table().byName.keys()
}

function makeRows(): readonly Instruction[] {
  const all: Instruction[] = []

  function row(
    prefix: number | undefined,
    opcode: number,
    name: string,
    immediates: readonly ImmediateKind[] = [],
    block?: Instruction['block'],
  ): void {
    all.push({ name, prefix, opcode, immediates, alignment: 0, block })
  }

  /** Instructions with the same immediates and consecutive opcodes. */
  function rows(
    prefix: number | undefined,
    first: number,
    names: string,
    immediates: readonly ImmediateKind[] = [],
  ): void {
    for (const [i, name] of names.trim().split(/\s+/).entries()) row(prefix, first + i, name, immediates)
  }

  /** Memory accesses with consecutive opcodes: each name and the bytes that it accesses, which are its natural alignment. */
  function accesses(prefix: number | undefined, first: number, names: string, lane = false): void {
    for (const [i, entry] of names.trim().split(/\s+/).entries()) {
      const [name, bytes] = entry.split(':')
      const immediates: readonly ImmediateKind[] = lane ? ['memarg', 'lane'] : ['memarg']
      const alignment = Math.log2(Number(bytes))
      all.push({ name: name!, prefix, opcode: first + i, immediates, alignment, block: undefined })
    }
  }

  // Control.
  row(undefined, 0x00, 'unreachable')
  row(undefined, 0x01, 'nop')
  row(undefined, 0x02, 'block', ['block'], 'begin')
  row(undefined, 0x03, 'loop', ['block'], 'begin')
  row(undefined, 0x04, 'if', ['block'], 'begin')
  row(undefined, 0x05, 'else', [], 'middle')
  row(undefined, 0x0b, 'end', [], 'end')
  row(undefined, 0x0c, 'br', ['label'])
  row(undefined, 0x0d, 'br_if', ['label'])
  row(undefined, 0x0e, 'br_table', ['labels'])
  row(undefined, 0x0f, 'return')
  rows(undefined, 0x10, 'call', ['func'])
  rows(undefined, 0x11, 'call_indirect', ['type', 'table'])
  rows(undefined, 0x12, 'return_call', ['func'])
  rows(undefined, 0x13, 'return_call_indirect', ['type', 'table'])
  rows(undefined, 0x14, 'call_ref return_call_ref', ['type'])

  // Exceptions, and the older form of them.
  row(undefined, 0x08, 'throw', ['tag'])
  row(undefined, 0x0a, 'throw_ref')
  row(undefined, 0x1f, 'try_table', ['block', 'catches'], 'begin')
  row(undefined, 0x06, 'try', ['block'], 'begin')
  row(undefined, 0x07, 'catch', ['tag'], 'middle')
  row(undefined, 0x09, 'rethrow', ['label'])
  row(undefined, 0x18, 'delegate', ['label'], 'end')
  row(undefined, 0x19, 'catch_all', [], 'middle')

  // Parametric; variables; tables.
  row(undefined, 0x1a, 'drop')
  row(undefined, 0x1b, 'select')
  row(undefined, 0x1c, 'select', ['types'])
  rows(undefined, 0x20, 'local.get local.set local.tee', ['local'])
  rows(undefined, 0x23, 'global.get global.set', ['global'])
  rows(undefined, 0x25, 'table.get table.set', ['table'])

  // Memory.
  accesses(
    undefined,
    0x28,
    `i32.load:4 i64.load:8 f32.load:4 f64.load:8
     i32.load8_s:1 i32.load8_u:1 i32.load16_s:2 i32.load16_u:2
     i64.load8_s:1 i64.load8_u:1 i64.load16_s:2 i64.load16_u:2 i64.load32_s:4 i64.load32_u:4
     i32.store:4 i64.store:8 f32.store:4 f64.store:8
     i32.store8:1 i32.store16:2 i64.store8:1 i64.store16:2 i64.store32:4`,
  )
  rows(undefined, 0x3f, 'memory.size memory.grow', ['memory'])

  // Numbers.
  row(undefined, 0x41, 'i32.const', ['i32'])
  row(undefined, 0x42, 'i64.const', ['i64'])
  row(undefined, 0x43, 'f32.const', ['f32'])
  row(undefined, 0x44, 'f64.const', ['f64'])
  rows(
    undefined,
    0x45,
    `i32.eqz i32.eq i32.ne i32.lt_s i32.lt_u i32.gt_s i32.gt_u i32.le_s i32.le_u i32.ge_s i32.ge_u
     i64.eqz i64.eq i64.ne i64.lt_s i64.lt_u i64.gt_s i64.gt_u i64.le_s i64.le_u i64.ge_s i64.ge_u
     f32.eq f32.ne f32.lt f32.gt f32.le f32.ge
     f64.eq f64.ne f64.lt f64.gt f64.le f64.ge
     i32.clz i32.ctz i32.popcnt i32.add i32.sub i32.mul i32.div_s i32.div_u i32.rem_s i32.rem_u
     i32.and i32.or i32.xor i32.shl i32.shr_s i32.shr_u i32.rotl i32.rotr
     i64.clz i64.ctz i64.popcnt i64.add i64.sub i64.mul i64.div_s i64.div_u i64.rem_s i64.rem_u
     i64.and i64.or i64.xor i64.shl i64.shr_s i64.shr_u i64.rotl i64.rotr
     f32.abs f32.neg f32.ceil f32.floor f32.trunc f32.nearest f32.sqrt
     f32.add f32.sub f32.mul f32.div f32.min f32.max f32.copysign
     f64.abs f64.neg f64.ceil f64.floor f64.trunc f64.nearest f64.sqrt
     f64.add f64.sub f64.mul f64.div f64.min f64.max f64.copysign
     i32.wrap_i64 i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u
     i64.extend_i32_s i64.extend_i32_u i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u
     f32.convert_i32_s f32.convert_i32_u f32.convert_i64_s f32.convert_i64_u f32.demote_f64
     f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s f64.convert_i64_u f64.promote_f32
     i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64
     i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s`,
  )

  // References.
  row(undefined, 0xd0, 'ref.null', ['heap'])
  row(undefined, 0xd1, 'ref.is_null')
  row(undefined, 0xd2, 'ref.func', ['func'])
  row(undefined, 0xd3, 'ref.eq')
  row(undefined, 0xd4, 'ref.as_non_null')
  rows(undefined, 0xd5, 'br_on_null br_on_non_null', ['label'])

  // Stack switching.
  row(undefined, 0xe0, 'cont.new', ['type'])
  row(undefined, 0xe1, 'cont.bind', ['type', 'type'])
  row(undefined, 0xe2, 'suspend', ['tag'])
  row(undefined, 0xe3, 'resume', ['type', 'handlers'])
  row(undefined, 0xe4, 'resume_throw', ['type', 'tag', 'handlers'])
  row(undefined, 0xe5, 'resume_throw_ref', ['type', 'handlers'])
  row(undefined, 0xe6, 'switch', ['type', 'tag'])

  // Garbage collection.
  rows(0xfb, 0, 'struct.new struct.new_default', ['type'])
  rows(0xfb, 2, 'struct.get struct.get_s struct.get_u struct.set', ['type', 'field'])
  rows(0xfb, 6, 'array.new array.new_default', ['type'])
  row(0xfb, 8, 'array.new_fixed', ['type', 'count'])
  row(0xfb, 9, 'array.new_data', ['type', 'data'])
  row(0xfb, 10, 'array.new_elem', ['type', 'elem'])
  rows(0xfb, 11, 'array.get array.get_s array.get_u array.set', ['type'])
  row(0xfb, 15, 'array.len')
  row(0xfb, 16, 'array.fill', ['type'])
  row(0xfb, 17, 'array.copy', ['type', 'type'])
  row(0xfb, 18, 'array.init_data', ['type', 'data'])
  row(0xfb, 19, 'array.init_elem', ['type', 'elem'])
  row(0xfb, 20, 'ref.test', ['ref'])
  row(0xfb, 21, 'ref.test', ['ref null'])
  row(0xfb, 22, 'ref.cast', ['ref'])
  row(0xfb, 23, 'ref.cast', ['ref null'])
  rows(0xfb, 24, 'br_on_cast br_on_cast_fail', ['cast'])
  rows(0xfb, 26, 'any.convert_extern extern.convert_any ref.i31 i31.get_s i31.get_u')

  // Saturating truncation, bulk memory, wide arithmetic.
  rows(
    0xfc,
    0,
    `i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u
     i64.trunc_sat_f32_s i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u`,
  )
  row(0xfc, 8, 'memory.init', ['data', 'memory'])
  row(0xfc, 9, 'data.drop', ['data'])
  row(0xfc, 10, 'memory.copy', ['memory', 'memory'])
  row(0xfc, 11, 'memory.fill', ['memory'])
  row(0xfc, 12, 'table.init', ['elem', 'table'])
  row(0xfc, 13, 'elem.drop', ['elem'])
  row(0xfc, 14, 'table.copy', ['table', 'table'])
  rows(0xfc, 15, 'table.grow table.size table.fill', ['table'])
  row(0xfc, 18, 'memory.discard', ['memory'])
  rows(0xfc, 19, 'i64.add128 i64.sub128 i64.mul_wide_s i64.mul_wide_u')

  // Vectors.
  accesses(
    0xfd,
    0,
    `v128.load:16 v128.load8x8_s:8 v128.load8x8_u:8 v128.load16x4_s:8 v128.load16x4_u:8 v128.load32x2_s:8
     v128.load32x2_u:8 v128.load8_splat:1 v128.load16_splat:2 v128.load32_splat:4 v128.load64_splat:8 v128.store:16`,
  )
  row(0xfd, 12, 'v128.const', ['v128'])
  row(0xfd, 13, 'i8x16.shuffle', ['lanes'])
  rows(0xfd, 14, 'i8x16.swizzle i8x16.splat i16x8.splat i32x4.splat i64x2.splat f32x4.splat f64x2.splat')
  rows(
    0xfd,
    21,
    `i8x16.extract_lane_s i8x16.extract_lane_u i8x16.replace_lane
     i16x8.extract_lane_s i16x8.extract_lane_u i16x8.replace_lane
     i32x4.extract_lane i32x4.replace_lane i64x2.extract_lane i64x2.replace_lane
     f32x4.extract_lane f32x4.replace_lane f64x2.extract_lane f64x2.replace_lane`,
    ['lane'],
  )
  rows(
    0xfd,
    35,
    `i8x16.eq i8x16.ne i8x16.lt_s i8x16.lt_u i8x16.gt_s i8x16.gt_u i8x16.le_s i8x16.le_u i8x16.ge_s i8x16.ge_u
     i16x8.eq i16x8.ne i16x8.lt_s i16x8.lt_u i16x8.gt_s i16x8.gt_u i16x8.le_s i16x8.le_u i16x8.ge_s i16x8.ge_u
     i32x4.eq i32x4.ne i32x4.lt_s i32x4.lt_u i32x4.gt_s i32x4.gt_u i32x4.le_s i32x4.le_u i32x4.ge_s i32x4.ge_u
     f32x4.eq f32x4.ne f32x4.lt f32x4.gt f32x4.le f32x4.ge
     f64x2.eq f64x2.ne f64x2.lt f64x2.gt f64x2.le f64x2.ge
     v128.not v128.and v128.andnot v128.or v128.xor v128.bitselect v128.any_true`,
  )
  accesses(
    0xfd,
    84,
    `v128.load8_lane:1 v128.load16_lane:2 v128.load32_lane:4 v128.load64_lane:8
     v128.store8_lane:1 v128.store16_lane:2 v128.store32_lane:4 v128.store64_lane:8`,
    true,
  )
  accesses(0xfd, 92, 'v128.load32_zero:4 v128.load64_zero:8')
  rows(
    0xfd,
    94,
    `f32x4.demote_f64x2_zero f64x2.promote_low_f32x4
     i8x16.abs i8x16.neg i8x16.popcnt i8x16.all_true i8x16.bitmask i8x16.narrow_i16x8_s i8x16.narrow_i16x8_u
     f32x4.ceil f32x4.floor f32x4.trunc f32x4.nearest i8x16.shl i8x16.shr_s i8x16.shr_u
     i8x16.add i8x16.add_sat_s i8x16.add_sat_u i8x16.sub i8x16.sub_sat_s i8x16.sub_sat_u f64x2.ceil f64x2.floor
     i8x16.min_s i8x16.min_u i8x16.max_s i8x16.max_u f64x2.trunc i8x16.avgr_u
     i16x8.extadd_pairwise_i8x16_s i16x8.extadd_pairwise_i8x16_u
     i32x4.extadd_pairwise_i16x8_s i32x4.extadd_pairwise_i16x8_u
     i16x8.abs i16x8.neg i16x8.q15mulr_sat_s i16x8.all_true i16x8.bitmask
     i16x8.narrow_i32x4_s i16x8.narrow_i32x4_u
     i16x8.extend_low_i8x16_s i16x8.extend_high_i8x16_s i16x8.extend_low_i8x16_u i16x8.extend_high_i8x16_u
     i16x8.shl i16x8.shr_s i16x8.shr_u i16x8.add i16x8.add_sat_s i16x8.add_sat_u
     i16x8.sub i16x8.sub_sat_s i16x8.sub_sat_u f64x2.nearest i16x8.mul
     i16x8.min_s i16x8.min_u i16x8.max_s i16x8.max_u`,
  )
  rows(
    0xfd,
    155,
    `i16x8.avgr_u
     i16x8.extmul_low_i8x16_s i16x8.extmul_high_i8x16_s i16x8.extmul_low_i8x16_u i16x8.extmul_high_i8x16_u
     i32x4.abs i32x4.neg`,
  )
  rows(0xfd, 163, 'i32x4.all_true i32x4.bitmask')
  rows(
    0xfd,
    167,
    `i32x4.extend_low_i16x8_s i32x4.extend_high_i16x8_s i32x4.extend_low_i16x8_u i32x4.extend_high_i16x8_u
     i32x4.shl i32x4.shr_s i32x4.shr_u i32x4.add`,
  )
  row(0xfd, 177, 'i32x4.sub')
  rows(0xfd, 181, 'i32x4.mul i32x4.min_s i32x4.min_u i32x4.max_s i32x4.max_u i32x4.dot_i16x8_s')
  rows(
    0xfd,
    188,
    `i32x4.extmul_low_i16x8_s i32x4.extmul_high_i16x8_s i32x4.extmul_low_i16x8_u i32x4.extmul_high_i16x8_u
     i64x2.abs i64x2.neg`,
  )
  rows(0xfd, 195, 'i64x2.all_true i64x2.bitmask')
  rows(
    0xfd,
    199,
    `i64x2.extend_low_i32x4_s i64x2.extend_high_i32x4_s i64x2.extend_low_i32x4_u i64x2.extend_high_i32x4_u
     i64x2.shl i64x2.shr_s i64x2.shr_u i64x2.add`,
  )
  row(0xfd, 209, 'i64x2.sub')
  rows(
    0xfd,
    213,
    `i64x2.mul i64x2.eq i64x2.ne i64x2.lt_s i64x2.gt_s i64x2.le_s i64x2.ge_s
     i64x2.extmul_low_i32x4_s i64x2.extmul_high_i32x4_s i64x2.extmul_low_i32x4_u i64x2.extmul_high_i32x4_u
     f32x4.abs f32x4.neg`,
  )
  rows(
    0xfd,
    227,
    `f32x4.sqrt f32x4.add f32x4.sub f32x4.mul f32x4.div f32x4.min f32x4.max f32x4.pmin f32x4.pmax
     f64x2.abs f64x2.neg`,
  )
  rows(
    0xfd,
    239,
    `f64x2.sqrt f64x2.add f64x2.sub f64x2.mul f64x2.div f64x2.min f64x2.max f64x2.pmin f64x2.pmax
     i32x4.trunc_sat_f32x4_s i32x4.trunc_sat_f32x4_u f32x4.convert_i32x4_s f32x4.convert_i32x4_u
     i32x4.trunc_sat_f64x2_s_zero i32x4.trunc_sat_f64x2_u_zero
     f64x2.convert_low_i32x4_s f64x2.convert_low_i32x4_u
     i8x16.relaxed_swizzle i32x4.relaxed_trunc_f32x4_s i32x4.relaxed_trunc_f32x4_u
     i32x4.relaxed_trunc_f64x2_s_zero i32x4.relaxed_trunc_f64x2_u_zero
     f32x4.relaxed_madd f32x4.relaxed_nmadd f64x2.relaxed_madd f64x2.relaxed_nmadd
     i8x16.relaxed_laneselect i16x8.relaxed_laneselect i32x4.relaxed_laneselect i64x2.relaxed_laneselect
     f32x4.relaxed_min f32x4.relaxed_max f64x2.relaxed_min f64x2.relaxed_max
     i16x8.relaxed_q15mulr_s i16x8.relaxed_dot_i8x16_i7x16_s i32x4.relaxed_dot_i8x16_i7x16_add_s`,
  )

  // Threads.
  accesses(0xfe, 0x00, 'memory.atomic.notify:4 memory.atomic.wait32:4 memory.atomic.wait64:8')
  row(0xfe, 0x03, 'atomic.fence', ['zero'])
  accesses(
    0xfe,
    0x10,
    `i32.atomic.load:4 i64.atomic.load:8 i32.atomic.load8_u:1 i32.atomic.load16_u:2
     i64.atomic.load8_u:1 i64.atomic.load16_u:2 i64.atomic.load32_u:4
     i32.atomic.store:4 i64.atomic.store:8 i32.atomic.store8:1 i32.atomic.store16:2
     i64.atomic.store8:1 i64.atomic.store16:2 i64.atomic.store32:4`,
  )
  for (const [i, operation] of ['add', 'sub', 'and', 'or', 'xor', 'xchg', 'cmpxchg'].entries()) {
    accesses(
      0xfe,
      0x1e + 7 * i,
      `i32.atomic.rmw.${operation}:4 i64.atomic.rmw.${operation}:8
       i32.atomic.rmw8.${operation}_u:1 i32.atomic.rmw16.${operation}_u:2
       i64.atomic.rmw8.${operation}_u:1 i64.atomic.rmw16.${operation}_u:2 i64.atomic.rmw32.${operation}_u:4`,
    )
  }

  // Shared everything.
  rows(
    0xfe,
    0x4f,
    `global.atomic.get global.atomic.set global.atomic.rmw.add global.atomic.rmw.sub global.atomic.rmw.and
     global.atomic.rmw.or global.atomic.rmw.xor global.atomic.rmw.xchg global.atomic.rmw.cmpxchg`,
    ['ordering', 'global'],
  )
  rows(0xfe, 0x58, 'table.atomic.get table.atomic.set table.atomic.rmw.xchg table.atomic.rmw.cmpxchg', [
    'ordering',
    'table',
  ])
  rows(
    0xfe,
    0x5c,
    `struct.atomic.get struct.atomic.get_s struct.atomic.get_u struct.atomic.set
     struct.atomic.rmw.add struct.atomic.rmw.sub struct.atomic.rmw.and struct.atomic.rmw.or
     struct.atomic.rmw.xor struct.atomic.rmw.xchg struct.atomic.rmw.cmpxchg`,
    ['ordering', 'type', 'field'],
  )
  rows(
    0xfe,
    0x67,
    `array.atomic.get array.atomic.get_s array.atomic.get_u array.atomic.set
     array.atomic.rmw.add array.atomic.rmw.sub array.atomic.rmw.and array.atomic.rmw.or
     array.atomic.rmw.xor array.atomic.rmw.xchg array.atomic.rmw.cmpxchg`,
    ['ordering', 'type'],
  )
  row(0xfe, 0x72, 'ref.i31_shared')
  return all
}
