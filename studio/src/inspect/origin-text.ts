import type { Origin } from '../contract/studio.ts'

/** Where a package came from, in words. */
export function originText(origin: Origin | undefined): string {
  if (origin === undefined) return 'not known'
  if (origin.kind === 'file') return `the file ${origin.name}`
  if (origin.kind === 'address') return origin.address
  return `the example ${origin.file}`
}
