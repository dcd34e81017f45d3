import type { Features } from '../wit/gates.ts'

/** `--features a,b`, and `--all-features`. */
export function featuresOf(names: string | undefined, all: boolean | undefined): Features {
  return all ? 'all' : new Set(names?.split(',').map((name) => name.trim()))
}
