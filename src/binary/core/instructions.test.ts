import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sampleImmediates } from '../../../test/support/sample-immediates.ts'
import { DecodeError } from '../../errors.ts'
import { ByteReader } from '../byte-reader.ts'
import { LayoutWriter } from '../layout-writer.ts'
import { writeImmediate } from './immediates.ts'
import type { Immediate, Instruction } from './instruction.ts'
import { readInstruction, readInstructions } from './instruction-reader.ts'
import { instructionNamed, instructionNames, instructionOf, instructions } from './instructions.ts'

function bytesOf({ prefix, opcode, immediates }: Instruction, values: readonly Immediate[]): Uint8Array {
  const writer = new LayoutWriter(new Map())
  if (prefix === undefined) writer.byte(opcode)
  else writer.byte(prefix).u32(opcode)
  for (const [i, kind] of immediates.entries()) writeImmediate(writer, kind, values[i])
  return writer.finish()
}

describe('the table of instructions', () => {
  test('each opcode stands in it once', () => {
    const opcodes = instructions().map(({ prefix, opcode }) => `${prefix ?? ''} ${opcode}`)
    assert.equal(new Set(opcodes).size, instructions().length)
    for (const instruction of instructions()) {
      assert.equal(instructionOf(instruction.prefix, instruction.opcode), instruction)
    }
  })

  test('each name is found; only three stand for two opcodes', () => {
    const names = new Set(instructions().map(({ name }) => name))
    assert.deepEqual([...instructionNames()].sort(), [...names].sort())
    const twice = instructions().filter((instruction) => instructionNamed(instruction.name) !== instruction)
    assert.deepEqual(
      twice.map(({ name }) => name),
      ['select', 'ref.test', 'ref.cast'],
    )
  })

  // From Core WebAssembly 3.0, "Index of Instructions", and the proposals' texts: the last of each run of opcodes.
  const known: [name: string, prefix: number | undefined, opcode: number][] = [
    ['try_table', undefined, 0x1f],
    ['i64.store32', undefined, 0x3e],
    ['i64.extend32_s', undefined, 0xc4],
    ['br_on_non_null', undefined, 0xd6],
    ['i31.get_u', 0xfb, 30],
    ['array.init_elem', 0xfb, 19],
    ['i64.trunc_sat_f64_u', 0xfc, 7],
    ['i64.mul_wide_u', 0xfc, 22],
    ['f64x2.replace_lane', 0xfd, 34],
    ['v128.any_true', 0xfd, 83],
    ['i16x8.max_u', 0xfd, 153],
    ['i32x4.neg', 0xfd, 161],
    ['i32x4.dot_i16x8_s', 0xfd, 186],
    ['f64x2.convert_low_i32x4_u', 0xfd, 255],
    ['i32x4.relaxed_dot_i8x16_i7x16_add_s', 0xfd, 0x113],
    ['i64.atomic.store32', 0xfe, 0x1d],
    ['i64.atomic.rmw32.cmpxchg_u', 0xfe, 0x4e],
    ['array.atomic.rmw.cmpxchg', 0xfe, 0x71],
  ]
  for (const [name, prefix, opcode] of known) {
    test(name, () => assert.equal(instructionOf(prefix, opcode)?.name, name))
  }
})

test('every instruction with its immediates becomes bytes and comes back', () => {
  for (const instruction of instructions()) {
    for (const values of sampleImmediates(instruction)) {
      const bytes = bytesOf(instruction, values)
      const reader = new ByteReader(bytes)
      assert.deepEqual(readInstruction(reader), { instruction, immediates: values }, instruction.name)
      assert.ok(reader.atEnd, instruction.name)
    }
  }
})

test('every instruction that ends too early is a DecodeError', () => {
  for (const instruction of instructions()) {
    for (const values of sampleImmediates(instruction)) {
      const bytes = bytesOf(instruction, values)
      for (let end = 0; end < bytes.length; end++) {
        assert.throws(() => readInstruction(new ByteReader(bytes, 0, end)), DecodeError, instruction.name)
      }
    }
  }
})

describe('malformed expressions', () => {
  const cases: [what: string, bytes: number[], message: RegExp][] = [
    ['no end', [0x01], /unexpected end-of-file/],
    ['instructions after the end', [0x0b, 0x01], /END opcode expected/],
    ['an unknown opcode', [0x27], /illegal opcode 0x27 \(at offset 0x0/],
    ['an unknown opcode after a prefix', [0xfc, 0x7f], /illegal opcode 0xfc 0x7f/],
    ['an else without an if', [0x02, 0x40, 0x05], /unexpected `else`, in `block` \(at offset 0x2/],
    ['a second else', [0x04, 0x40, 0x05, 0x05], /unexpected `else`, in `else`/],
    ['a catch after catch_all', [0x06, 0x40, 0x19, 0x07, 0x00], /unexpected `catch`, in `catch_all`/],
    ['a delegate after a catch', [0x06, 0x40, 0x07, 0x00, 0x18, 0x00], /unexpected `delegate`, in `catch`/],
    ['a padded opcode that is too large', [0xfc, 0x80, 0x80, 0x80, 0x80, 0x10], /integer too large/],
    ['an i32 that is too large', [0x41, 0xff, 0xff, 0xff, 0xff, 0x0f], /integer too large/],
    [
      'an i32 that is too long',
      [0x41, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
      /integer representation too long/,
    ],
    ['an i64 that is too large', [0x42, ...Array(9).fill(0xff), 0x7e], /integer too large/],
    ['a negative type index', [0x02, 0xbf, 0x7f], /invalid block type/],
    ['a memory argument with unknown flags', [0x28, 0x80, 0x01, 0x00], /malformed memory argument/],
    ['a byte that is reserved', [0xfe, 0x03, 0x01], /reserved byte/],
  ]
  for (const [what, bytes, message] of cases) {
    test(what, () => {
      const read = () => [...readInstructions(new ByteReader(Uint8Array.from(bytes)))]
      assert.throws(read, (error) => error instanceof DecodeError && message.test(error.message))
    })
  }
})

test('nesting costs no stack', () => {
  const depth = 200_000
  const bytes = new Uint8Array(3 * depth + 1)
  for (let i = 0; i < depth; i++) bytes.set([0x02, 0x40], 2 * i)
  bytes.fill(0x0b, 2 * depth)
  let count = 0
  for (const { instruction } of readInstructions(new ByteReader(bytes)))
    count += Number(instruction.name === 'end')
  assert.equal(count, depth + 1)
})
