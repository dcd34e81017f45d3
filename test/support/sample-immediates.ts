/** Values for the immediates of every instruction, of which a module with two of everything knows what they mean. */
import type { Immediate, ImmediateKind, Instruction } from '../../src/binary/core/instruction.ts'

const bytes16 = Uint8Array.from({ length: 16 }, (_, i) => i)

/** For each kind two values or more. */
const samples: Readonly<Record<ImmediateKind, readonly Immediate[]>> = {
  func: [0, 1],
  table: [0, 1],
  memory: [0, 1],
  global: [0, 1],
  tag: [0, 1],
  type: [1, 0],
  elem: [0, 1],
  data: [0, 1],
  local: [0, 1],
  label: [0, 1],
  field: [0, 1],
  memarg: [
    { align: 0, memory: 0, offset: 0n },
    { align: 3, memory: 1, offset: 2n ** 64n - 1n },
  ],
  i32: [0, -1, 2 ** 31 - 1, -(2 ** 31)],
  i64: [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)],
  f32: [0, 0x3f80_0000, 0x8000_0001, 0x7fc0_0000, 0xff80_0001, 0x7f80_0000, 0xff7f_ffff],
  f64: [0n, 0x3ff0_0000_0000_0000n, 2n ** 63n + 1n, 0x7ff8_0000_0000_0000n, 0x7ff0_0000_0000_0001n],
  v128: [new Uint8Array(16), bytes16.map((byte) => 255 - byte)],
  lanes: [new Uint8Array(16), bytes16],
  lane: [0, 15],
  count: [0, 4_294_967_295],
  block: [undefined, 'i32', '(ref 0)', 0],
  labels: [[0], [1, 0, 1]],
  heap: ['func', '1', '(shared any)'],
  ref: ['none', '1'],
  'ref null': ['none', '1'],
  cast: [
    { label: 0, from: 'anyref', to: '(ref i31)' },
    { label: 1, from: '(ref 1)', to: '(ref null 1)' },
  ],
  types: [[], ['i32'], ['(ref null 1)', 'f64']],
  catches: [
    [],
    [
      { tag: 1, ref: false, label: 0 },
      { tag: 0, ref: true, label: 1 },
      { tag: undefined, ref: false, label: 0 },
      { tag: undefined, ref: true, label: 0 },
    ],
  ],
  handlers: [
    [],
    [
      { tag: 1, label: 0 },
      { tag: 0, label: undefined },
    ],
  ],
  ordering: [0, 1],
  zero: [0, 0],
}

/** The n-th values of all immediates, for as many n as the one with the most has values. */
export function sampleImmediates({ immediates }: Instruction): Immediate[][] {
  const count = Math.max(1, ...immediates.map((kind) => samples[kind].length))
  return Array.from({ length: count }, (_, n) =>
    immediates.map((kind) => samples[kind][n % samples[kind].length]),
  )
}
