/** What an instruction of core WebAssembly is: a row of the table in `instructions.ts`. */

/**
 * What follows an opcode in the bytes, in their order. An index by what it points to; the rest:
 *
 * | kind | value |
 * | --- | --- |
 * | `memarg` | {@link MemoryArgument} |
 * | `i32`, `f32` | number: a signed integer; the bits, unsigned |
 * | `i64`, `f64` | bigint, likewise |
 * | `v128`, `lanes` | 16 bytes |
 * | `lane` | 0 to 255 |
 * | `count` | u32 |
 * | `block` | {@link BlockType} |
 * | `labels` | labels of `br_table`, the default last |
 * | `heap` | heap type, as text |
 * | `ref`, `ref null` | the heap type of a reference type, whose null-ness is in the opcode |
 * | `cast` | {@link Cast} |
 * | `types` | value types, as text |
 * | `catches` | {@link Catch} list |
 * | `handlers` | {@link Handler} list |
 * | `ordering` | 0 `seq_cst`, 1 `acq_rel` |
 * | `zero` | a byte that must be zero; never in the text |
 */
export type ImmediateKind =
  | IndexKind
  | 'label'
  | 'field'
  | 'memarg'
  | 'i32'
  | 'i64'
  | 'f32'
  | 'f64'
  | 'v128'
  | 'lanes'
  | 'lane'
  | 'count'
  | 'block'
  | 'labels'
  | 'heap'
  | 'ref'
  | 'ref null'
  | 'cast'
  | 'types'
  | 'catches'
  | 'handlers'
  | 'ordering'
  | 'zero'

/** Index spaces of a module, and `local`, which is a function's. */
export type IndexKind = 'func' | 'table' | 'memory' | 'global' | 'tag' | 'type' | 'elem' | 'data' | 'local'

export interface Instruction {
  /** In the text format. Two rows may share one: `select` with and without types. */
  readonly name: string
  /** The prefix byte (0xfb to 0xfe), or undefined. */
  readonly prefix: number | undefined
  /** After a prefix an u32, else one byte. */
  readonly opcode: number
  readonly immediates: readonly ImmediateKind[]
  /** The logarithm of the alignment that a `memarg` has where the text gives none. */
  readonly alignment: number
  /** What it does to the nesting of blocks. */
  readonly block: 'begin' | 'middle' | 'end' | undefined
}

/** An instruction as it stands in a body: `immediates` are the values of the row's, see {@link ImmediateKind}. */
export interface InstructionSyntax {
  readonly instruction: Instruction
  readonly immediates: readonly Immediate[]
}

export type Immediate =
  | number
  | bigint
  | string
  | undefined
  | Uint8Array
  | MemoryArgument
  | Cast
  | readonly number[]
  | readonly string[]
  | readonly Catch[]
  | readonly Handler[]

export interface MemoryArgument {
  /** The logarithm of the alignment. */
  readonly align: number
  readonly memory: number
  readonly offset: bigint
}

/** The index of a function type; a value type, of the one result; or undefined: neither parameters nor results. */
export type BlockType = number | string | undefined

/** Of `br_on_cast`: both reference types as text. */
export interface Cast {
  readonly label: number
  readonly from: string
  readonly to: string
}

/** A clause of `try_table`; `tag` is undefined for `catch_all` and `catch_all_ref`. */
export interface Catch {
  readonly tag: number | undefined
  /** Whether the exception itself is passed on, too. */
  readonly ref: boolean
  readonly label: number
}

/** `(on $tag $label)`, or `(on $tag switch)` where `label` is undefined. */
export interface Handler {
  readonly tag: number
  readonly label: number | undefined
}
