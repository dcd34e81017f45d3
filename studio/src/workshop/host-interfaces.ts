/** Whether whoever runs a component gives it an import: the packages of WASI that `tenon/wasi` has. */
export function isGivenByHost(name: string): boolean {
  return /^wasi:(cli|clocks|filesystem|io|random|sockets)\/[^@]*@0\.2\./.test(name)
}

export function isWasi(name: string): boolean {
  return name.startsWith('wasi:')
}

/** Of what a command exports. */
export function isRun(name: string): boolean {
  return /^wasi:cli\/run(@|$)/.test(name)
}
