/** Address types of the memory (CanonicalABI.md, "Canonical ABI Options"): `i64` is memory64. */
export type PointerType = 'i32' | 'i64'

/** Bytes of a pointer, and of a length, in memory (`ptr_size`). */
export function pointerSize(pointer: PointerType): 4 | 8 {
  return pointer === 'i32' ? 4 : 8
}
