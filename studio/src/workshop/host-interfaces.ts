export function isWasi(name: string): boolean {
  return name.startsWith('wasi:')
}

/** Of what a command exports. */
export function isRun(name: string): boolean {
  return /^wasi:cli\/run(@|$)/.test(name)
}
