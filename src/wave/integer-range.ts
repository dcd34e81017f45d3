export type IntegerKind = 's8' | 'u8' | 's16' | 'u16' | 's32' | 'u32' | 's64' | 'u64'

/** Inclusive bounds. */
export interface IntegerRange {
  readonly least: bigint
  readonly greatest: bigint
  /** 64 bits: a bigint in JavaScript. */
  readonly big: boolean
}

const ranges = Object.fromEntries(
  [8, 16, 32, 64].flatMap((bits) => {
    const big = bits === 64
    const half = 1n << BigInt(bits - 1)
    return [
      [`s${bits}`, { least: -half, greatest: half - 1n, big }],
      [`u${bits}`, { least: 0n, greatest: 2n * half - 1n, big }],
    ]
  }),
) as Record<IntegerKind, IntegerRange>

export function integerRange(kind: IntegerKind): IntegerRange {
  return ranges[kind]
}

/** For messages. */
export function describeRange(kind: IntegerKind): string {
  const { least, greatest } = ranges[kind]
  return `an integer from ${least} to ${greatest}`
}
