/** The integer type that numbers the cases of a variant in memory. */
export type DiscriminantKind = 'u8' | 'u16' | 'u32'

/**
 * The smallest integer type that can number `count` cases (CanonicalABI.md, "Alignment", `discriminant_type`).
 *
 * @example
 * discriminantKind(256) // 'u8'
 * discriminantKind(257) // 'u16'
 */
export function discriminantKind(count: number): DiscriminantKind {
  if (count <= 2 ** 8) return 'u8'
  if (count <= 2 ** 16) return 'u16'
  return 'u32'
}

/** Its bytes in memory, which are its alignment too. */
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
