/** Core values in slots that several cases share (CanonicalABI.md, "Flat Lifting" and "Flat Lowering"), as source. */
import type { FlatType } from '../../abi/join.ts'

export function zero(type: FlatType): string {
  return type === 'i64' ? '0n' : '0'
}

/** A core value of one type, in a slot of another. */
export function lowerAs(core: string, have: FlatType, slot: FlatType): string {
  switch (`${have} ${slot}` as const) {
    case 'f32 i32':
      return `bitsOfF32(${core})`
    case 'i32 i64':
      return `BigInt(${core} >>> 0)`
    case 'f32 i64':
      return `BigInt(bitsOfF32(${core}) >>> 0)`
    case 'f64 i64':
      return `bitsOfF64(${core})`
    default:
      return core
  }
}

/** The reverse: the value of the type that is wanted, from what is in the slot. */
export function liftAs(slotted: string, slot: FlatType, want: FlatType): string {
  switch (`${want} ${slot}` as const) {
    case 'f32 i32':
      return `f32OfBits(${slotted})`
    case 'i32 i64':
      return `Number(BigInt.asIntN(32, ${slotted}))`
    case 'f32 i64':
      return `f32OfBits(Number(BigInt.asIntN(32, ${slotted})))`
    case 'f64 i64':
      return `f64OfBits(${slotted})`
    default:
      return slotted
  }
}
