import type { Contestant } from './values.ts'

/** In the order of the table's columns. */
export const contestants = {
  'hand-written': () => import('./contestants/hand-written.ts'),
  tenon: () => import('./contestants/tenon.ts'),
  transpiled: () => import('./contestants/transpiled.ts'),
  jco: () => import('./contestants/jco.ts'),
} satisfies Record<string, () => Promise<{ load(): Contestant | Promise<Contestant> }>>

export type ContestantName = keyof typeof contestants
