/** The core value types that flattening yields. */
export type FlatType = 'i32' | 'i64' | 'f32' | 'f64'

/**
 * The core type that can hold either of two (CanonicalABI.md, "Flattening"): cases of a variant share their flat slots.
 *
 * @example
 * join('i32', 'f32') // 'i32'
 * join('f32', 'f64') // 'i64'
 */
export function join(a: FlatType, b: FlatType): FlatType {
  if (a === b) return a
  if ((a === 'i32' && b === 'f32') || (a === 'f32' && b === 'i32')) return 'i32'
  return 'i64'
}
