/** A list, or spilled arguments, as it will lie in the guest's memory; and what has to be put in place there. */
import type { GuestMemory } from './memory.ts'
import type { Scratch } from './scratch.ts'

/** Something that an image refers to, other than a string. */
export interface Reference {
  /** Puts it where the guest looks for it: at `address` of the guest's memory. */
  place(memory: GuestMemory, scratch: Scratch, address: number): void
  /** What has become of it since it was checked; undefined where nothing has. */
  changed(): string | undefined
  /** The call has to wait: nobody else may change it or use it up meanwhile. */
  reserve?(): void
  /** A reserved call is not made. */
  abandon?(): void
}

export interface Image extends Required<Reference> {
  /** Its address in the scratch. */
  readonly start: number
  readonly byteLength: number
  /** The alignment minus 1. */
  readonly mask: number
  /** Elements. */
  readonly length: number
  /** Allocates it in the guest and fills it; returns the pointer. */
  lower(memory: GuestMemory, scratch: Scratch, what: 'list' | 'arguments'): number
}

/** Allocates an image in the guest and copies it, but not what it refers to; returns the pointer. */
export function copyImage(
  { start, byteLength, mask }: Image,
  memory: GuestMemory,
  scratch: Scratch,
  what: 'list' | 'arguments',
): number {
  const pointer = memory.allocate(mask, byteLength, what)
  memory.views.bytes.set(scratch.bytes.subarray(start, start + byteLength), pointer)
  return pointer
}
