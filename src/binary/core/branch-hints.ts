/** The custom section `metadata.code.branch_hint`: which branches are likely. It stands before the code section. */
import { limits } from '../../component/limits.ts'
import { ByteReader } from '../byte-reader.ts'
import { ByteWriter } from '../byte-writer.ts'

export const branchHintSection = 'metadata.code.branch_hint'

/** `offset`: of the instruction, from the first byte of the function after its size. `value`: 0 unlikely, 1 likely. */
export interface BranchHint {
  readonly offset: number
  readonly value: number
}

/** Hints by function, in the order of their offsets. */
export type BranchHints = ReadonlyMap<number, readonly BranchHint[]>

/**
 *     hints ::= vec(func:u32 vec(offset:u32 0x01 value:byte))
 *
 * @throws {DecodeError}
 */
export function decodeBranchHints(bytes: Uint8Array): BranchHints {
  const reader = new ByteReader(bytes)
  const hints = new Map<number, readonly BranchHint[]>()
  const count = reader.count('functions with branch hints', limits.functions)
  for (let i = 0; i < count; i++)
    hints.set(reader.u32(), reader.vector('branch hints', limits.elements, readHint))
  if (!reader.atEnd) reader.fail('unexpected bytes after the branch hints')
  return hints
}

function readHint(reader: ByteReader): BranchHint {
  const offset = reader.u32()
  const size = reader.byte()
  if (size !== 1) reader.invalidByte(size, 'size of a branch hint', '0x01')
  const value = reader.byte()
  if (value > 1) reader.invalidByte(value, 'branch hint', '0x00 or 0x01')
  return { offset, value }
}

export function encodeBranchHints(hints: BranchHints): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter().u32(hints.size)
  for (const [func, all] of hints) {
    writer.u32(func).vector(all, ({ offset, value }) => writer.u32(offset).byte(1).byte(value))
  }
  return writer.finish()
}
