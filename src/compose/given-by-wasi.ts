/**
 * Whether an interface is one that `tenon/wasi` has: whoever runs a composition gives it, in every 0.2.
 *
 * @param name of an import
 *
 * @example
 * isGivenByWasi('wasi:io/streams@0.2.6') // true
 * isGivenByWasi('wasi:http/types@0.2.0') // false
 */
export function isGivenByWasi(name: string): boolean {
  return /^wasi:(cli|clocks|filesystem|io|random|sockets)\/[a-z-]+@0\.2(\.|$)/.test(name)
}
