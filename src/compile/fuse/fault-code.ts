/** What generated code says of a value that breaks a rule: one number, which says also whose value it was. */

const kinds = [
  'out-of-bounds',
  'unaligned',
  'too-long',
  'allocation-out-of-bounds',
  'allocation-unaligned',
  'utf8',
  'utf16',
  'char',
  'discriminant',
] as const
const subjects = ['string', 'list', 'pointer', 'arguments'] as const
const sides = ['caller', 'callee'] as const

export type FaultKind = (typeof kinds)[number]
export type Subject = (typeof subjects)[number]
export type SideName = (typeof sides)[number]

export interface FaultCode {
  readonly kind: FaultKind
  readonly subject: Subject
  readonly side: SideName
}

export function encodeFault({ kind, subject, side }: FaultCode): number {
  return kinds.indexOf(kind) | (subjects.indexOf(subject) << 4) | (sides.indexOf(side) << 6)
}

export function decodeFault(code: number): FaultCode {
  return { kind: kinds[code & 15]!, subject: subjects[(code >> 4) & 3]!, side: sides[code >> 6]! }
}
