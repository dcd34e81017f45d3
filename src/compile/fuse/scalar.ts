/** Values that are one core number, on their way from one component to the other. */
import { discriminantSize, flagsSize } from '../../abi/discriminant.ts'
import type { FlatType } from '../../abi/join.ts'
import type { FlagsType } from '../../component/value-type.ts'
import type { Access } from './instructions.ts'
import { type Place, pushFrom, putInto } from './place.ts'
import type { Writing } from './writing.ts'

export const numberKinds = ['s8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'u64', 'f32', 'f64'] as const
export type NumberKind = (typeof numberKinds)[number]

interface NumberAccess {
  readonly flat: FlatType
  readonly load: Access
  readonly store: Access
}

const numbers: Readonly<Record<NumberKind, NumberAccess>> = {
  s8: { flat: 'i32', load: 'i32.load8_s', store: 'i32.store8' },
  u8: { flat: 'i32', load: 'i32.load8_u', store: 'i32.store8' },
  s16: { flat: 'i32', load: 'i32.load16_s', store: 'i32.store16' },
  u16: { flat: 'i32', load: 'i32.load16_u', store: 'i32.store16' },
  s32: { flat: 'i32', load: 'i32.load', store: 'i32.store' },
  u32: { flat: 'i32', load: 'i32.load', store: 'i32.store' },
  s64: { flat: 'i64', load: 'i64.load', store: 'i64.store' },
  u64: { flat: 'i64', load: 'i64.load', store: 'i64.store' },
  f32: { flat: 'f32', load: 'f32.load', store: 'f32.store' },
  f64: { flat: 'f64', load: 'f64.load', store: 'f64.store' },
}

export function moveNumber(writing: Writing, kind: NumberKind, from: Place, to: Place): void {
  const { code } = writing
  const { flat, load, store } = numbers[kind]
  putInto(code, to, flat, store, () => {
    pushFrom(code, from, flat, load)
    // What was loaded is in range.
    if (from.kind === 'flat') wrap(writing, kind)
    if (flat === 'f32' || flat === 'f64') canonicalizeNan(writing, flat)
  })
}

/** A core value is wrapped to the range of its type. */
function wrap({ code }: Writing, kind: NumberKind): void {
  if (kind === 's8') code.op('i32.extend8_s')
  if (kind === 'u8') code.i32(0xff).op('i32.and')
  if (kind === 's16') code.op('i32.extend16_s')
  if (kind === 'u16') code.i32(0xffff).op('i32.and')
}

/** CanonicalABI.md, "Loading", `canonicalize_nan32` and `canonicalize_nan64`. */
function canonicalizeNan({ code }: Writing, type: 'f32' | 'f64'): void {
  const float = code.local(type)
  code.tee(float)
  if (type === 'f32') code.i32(0x7fc0_0000).op('f32.reinterpret_i32')
  else code.i64(0x7ff8_0000_0000_0000n).op('f64.reinterpret_i64')
  code.get(float, float).op(`${type}.eq`, 'select')
}

export function moveBool({ code }: Writing, from: Place, to: Place): void {
  putInto(code, to, 'i32', 'i32.store8', () => {
    pushFrom(code, from, 'i32', 'i32.load8_u')
    code.i32(0).op('i32.ne')
  })
}

/** CanonicalABI.md, "Loading", `convert_i32_to_char`. */
export function moveChar(writing: Writing, from: Place, to: Place): void {
  const { code } = writing
  const char = code.local('i32')
  pushFrom(code, from, 'i32', 'i32.load')
  // Surrogates become the 2,048 lowest numbers, and these wrap round to the highest.
  code
    .tee(char)
    .i32(0xd800)
    .op('i32.xor')
    .i32(0x800)
    .op('i32.sub')
    .i32(0x110000 - 0x800)
    .op('i32.ge_u')
  writing.faultIf('char', 'pointer', from.side, () => {
    writing.asLong(char, 'i32').i64(BigInt(0))
  })
  putInto(code, to, 'i32', 'i32.store', () => code.get(char))
}

/** Bits beyond the last label are dropped. */
export function moveFlags({ code }: Writing, { names }: FlagsType, from: Place, to: Place): void {
  const { load, store } = unsigned(flagsSize(names.length))
  putInto(code, to, 'i32', store, () => {
    pushFrom(code, from, 'i32', load)
    if (names.length < 32) code.i32(2 ** names.length - 1).op('i32.and')
  })
}

/** Moves the index of a case, once it is checked; returns the local that it is in. */
export function moveDiscriminant(writing: Writing, cases: number, from: Place, to: Place): number {
  const { code } = writing
  const { load, store } = unsigned(discriminantSize(cases))
  const discriminant = code.local('i32')
  pushFrom(code, from, 'i32', load)
  code.tee(discriminant).i32(cases).op('i32.ge_u')
  writing.faultIf('discriminant', 'pointer', from.side, () => {
    writing.asLong(discriminant, 'i32').i64(BigInt(cases))
  })
  putInto(code, to, 'i32', store, () => code.get(discriminant))
  return discriminant
}

function unsigned(size: 1 | 2 | 4): { readonly load: Access; readonly store: Access } {
  switch (size) {
    case 1:
      return numbers.u8
    case 2:
      return numbers.u16
    case 4:
      return numbers.u32
  }
}
