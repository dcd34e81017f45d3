/** Places in memory as generated source writes them. */
export interface Address {
  /** A local, or a number. */
  readonly base: string
  readonly offset: number
}

export function at(base: string, offset = 0): Address {
  return { base, offset }
}

export function plus({ base, offset }: Address, more: number): Address {
  return { base, offset: offset + more }
}

export function text({ base, offset }: Address): string {
  return offset === 0 ? base : `${base} + ${offset}`
}
