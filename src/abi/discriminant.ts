/**
 * Bytes of the smallest integer type that can number `count` cases, which are its alignment too (CanonicalABI.md,
 * "Alignment", `discriminant_type`).
 *
 * @example
 * discriminantSize(256) // 1
 * discriminantSize(257) // 2
 */
export function discriminantSize(count: number): 1 | 2 | 4 {
  if (count <= 2 ** 8) return 1
  if (count <= 2 ** 16) return 2
  return 4
}

/** Bytes of a flags value with `count` labels (1 to 32), and its alignment. */
export function flagsSize(count: number): 1 | 2 | 4 {
  if (count <= 8) return 1
  if (count <= 16) return 2
  return 4
}
