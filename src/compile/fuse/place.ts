/** Where the values of a call come from and go to: core values in locals, or places in memory. */
import { type FlatType, join } from '../../abi/join.ts'
import type { Access } from './instructions.ts'
import type { Side } from './side.ts'
import type { Code } from './code.ts'

export interface Slot {
  readonly local: number
  readonly type: FlatType
}

/** Core values, one after the other (CanonicalABI.md, `CoreValueIter`). */
export class FlatPlace {
  readonly kind = 'flat'
  readonly side: Side
  readonly #slots: readonly Slot[]
  #next = 0

  constructor(side: Side, slots: readonly Slot[]) {
    this.side = side
    this.#slots = slots
  }

  next(): Slot {
    return this.#slots[this.#next++]!
  }

  take(count: number): readonly Slot[] {
    this.#next += count
    return this.#slots.slice(this.#next - count, this.#next)
  }
}

/** What begins `offset` bytes after the address in a local. It was checked. */
export interface MemoryPlace {
  readonly kind: 'memory'
  readonly side: Side
  readonly base: number
  readonly offset: number
}

export type Place = FlatPlace | MemoryPlace

export function at(side: Side, base: number): MemoryPlace {
  return { kind: 'memory', side, base, offset: 0 }
}

export function plus(place: MemoryPlace, offset: number): MemoryPlace {
  return { ...place, offset: place.offset + offset }
}

/** Pushes a core value of the type that is wanted: out of a flat slot, or out of memory by `access`. */
export function pushFrom(code: Code, from: Place, want: FlatType, access: Access): void {
  if (from.kind === 'memory') {
    code.get(from.base).access(access, from.side.memory!, from.offset)
    return
  }
  const { local, type } = from.next()
  code.get(local)
  liftAs(code, type, want)
}

/** Puts the core value that `value` pushes into the next slot, or into memory by `access`. */
export function putInto(code: Code, to: Place, have: FlatType, access: Access, value: () => void): void {
  if (to.kind === 'memory') {
    code.get(to.base)
    value()
    code.access(access, to.side.memory!, to.offset)
    return
  }
  const { local, type } = to.next()
  value()
  lowerAs(code, have, type)
  code.set(local)
}

/** CanonicalABI.md, "Flat Lifting", `CoerceValueIter`. */
function liftAs(code: Code, have: FlatType, want: FlatType): void {
  if (have === want) return
  if (have === 'i64' && want !== 'f64') code.op('i32.wrap_i64')
  if (want === 'f32') code.op('f32.reinterpret_i32')
  if (want === 'f64') code.op('f64.reinterpret_i64')
}

/** CanonicalABI.md, "Flat Lowering", `lower_flat_variant`. */
function lowerAs(code: Code, have: FlatType, want: FlatType): void {
  if (have === want) return
  if (have === 'f32') code.op('i32.reinterpret_f32')
  if (have === 'f64') code.op('i64.reinterpret_f64')
  if (have !== 'f64' && join(have, want) === 'i64') code.op('i64.extend_i32_u')
}
