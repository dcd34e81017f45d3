import { areSameBytes } from '../../binary/same-bytes.ts'
import {
  type BranchHint,
  type BranchHints,
  branchHintSection,
  decodeBranchHints,
  encodeBranchHints,
} from '../../binary/core/branch-hints.ts'
import { ByteReader } from '../../binary/byte-reader.ts'
import { readInstructions } from '../../binary/core/instruction-reader.ts'
import type { CoreModule, FunctionBody } from '../../binary/core/module.ts'
import { DecodeError } from '../../errors.ts'

/**
 * The hints of the section at an index, if it is one of branch hints, stands where a parser puts it, and says nothing
 * but what annotations of instructions can say. `imported`: how many functions are.
 */
export function printableHints(
  bytes: Uint8Array,
  { sections }: CoreModule,
  index: number,
  imported: number,
): BranchHints | undefined {
  const section = sections[index]
  const code = sections[index + 1]
  if (section?.kind !== 'custom' || section.name !== branchHintSection || code?.kind !== 'code')
    return undefined
  try {
    const hints = decodeBranchHints(section.bytes)
    if (!areSameBytes(encodeBranchHints(hints), section.bytes)) return undefined
    const fit = [...hints].every(([func, all]) => fits(bytes, code.items[func - imported], all))
    return fit && isAscending([...hints.keys()]) ? hints : undefined
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}

/** Whether each hint is at an instruction of its own. */
function fits(bytes: Uint8Array, body: FunctionBody | undefined, hints: readonly BranchHint[]): boolean {
  if (!body || hints.length === 0 || !isAscending(hints.map(({ offset }) => offset))) return false
  const { code } = body
  const reader = new ByteReader(bytes, code.offset, code.offset + code.bytes.length)
  const starts = new Set<number>()
  let start = code.offset
  for (const _ of readInstructions(reader)) {
    starts.add(start - body.offset)
    start = reader.position
  }
  // Nothing in the text stands for the last `end`.
  starts.delete(code.offset + code.bytes.length - 1 - body.offset)
  return hints.every(({ offset }) => starts.has(offset))
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((number, i) => i === 0 || number > numbers[i - 1]!)
}
