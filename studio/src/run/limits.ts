import type { RunLimits } from '../contract/run.ts'

/** What a run may take of this machine, unless Setup says otherwise. */
export const runLimits: RunLimits = {
  memory: 1024 * 1024 * 1024,
  output: 1024 * 1024,
  calls: 10_000,
}

/** Bytes of a file, and of all files together, that are given to a run. */
export const mostFileBytes: number = 64 * 1024 * 1024
/** Calls that are remembered, and characters of all their parameters together. */
export const mostRemembered = 100
export const rememberedCharacters = 40_000_000
/** Characters of one text of a guest that are shown at once; the whole of it can be copied and saved. */
export const shownCharacters = 20_000
