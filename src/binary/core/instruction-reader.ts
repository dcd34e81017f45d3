import type { ByteReader } from '../byte-reader.ts'
import { readImmediate } from './immediates.ts'
import type { Instruction, InstructionSyntax } from './instruction.ts'
import { instructionOf, isPrefix } from './instructions.ts'

/** Reads an opcode. */
export function readOpcode(reader: ByteReader): Instruction {
  const start = reader.position
  const byte = reader.byte()
  if (!isPrefix(byte)) return instructionOf(undefined, byte) ?? illegal(reader, start, hex(byte))
  const opcode = reader.u32()
  return instructionOf(byte, opcode) ?? illegal(reader, start, `${hex(byte)} ${hex(opcode)}`)
}

/** Reads an instruction, all of it. */
export function readInstruction(reader: ByteReader): InstructionSyntax {
  const instruction = readOpcode(reader)
  return { instruction, immediates: instruction.immediates.map((kind) => readImmediate(reader, kind)) }
}

/**
 * The instructions up to the end of the reader, which must be that of the expression.
 *
 * @throws {DecodeError} for bytes that are no instructions, and blocks that do not end where the expression does
 */
export function* readInstructions(reader: ByteReader): Generator<InstructionSyntax, void, undefined> {
  const nesting = new Nesting()
  while (!nesting.ended) {
    const start = reader.position
    const syntax = readInstruction(reader)
    nesting.step(syntax.instruction, reader, start)
    yield syntax
  }
  if (!reader.atEnd) reader.fail('END opcode expected: found instructions after the last `end`')
}

/** Skips an expression, its `end` included. */
export function skipExpression(reader: ByteReader): void {
  const nesting = new Nesting()
  while (!nesting.ended) {
    const start = reader.position
    nesting.step(readInstruction(reader).instruction, reader, start)
  }
}

/** Which blocks are open: `delegate` ends a `try` only, `else` divides an `if` once, and so on. */
export class Nesting {
  /** The instructions that began the blocks, and what divided them last; outermost first. */
  readonly #open: string[] = ['']

  get depth(): number {
    return this.#open.length
  }

  /** Whether the expression itself has ended. */
  get ended(): boolean {
    return this.#open.length === 0
  }

  step({ name, block }: Instruction, reader: ByteReader, start: number): void {
    if (block === undefined) return
    if (block === 'begin') {
      this.#open.push(name)
      return
    }
    const opened = this.#open.at(-1)!
    if (!follows(name, opened)) {
      const place = opened === '' ? 'the function' : `\`${opened}\``
      reader.fail(`unexpected \`${name}\`, in ${place}`, start)
    }
    if (block === 'end') this.#open.pop()
    else this.#open[this.#open.length - 1] = name
  }
}

/** Whether the instruction may end or divide what this one began. */
export function follows(name: string, opened: string): boolean {
  switch (name) {
    case 'else':
      return opened === 'if'
    case 'catch':
    case 'catch_all':
      return opened === 'try' || opened === 'catch'
    case 'delegate':
      return opened === 'try'
    default:
      return true
  }
}

function illegal(reader: ByteReader, start: number, opcode: string): never {
  reader.fail(`illegal opcode ${opcode}`, start)
}

const hex = (byte: number): string => `0x${byte.toString(16).padStart(2, '0')}`
