const step = /^type mismatch (?:in|for|with) ([a-z ]+?(?: `[^`]*`| \d+)?): /

/**
 * What the checker says of two types that do not match, taken apart: the way to what differs, and what is said of that.
 *
 * @example
 * mismatchPath('type mismatch in function parameter `p`: type mismatch in record field `x`: expected u8, found s8')
 * // { path: ['function parameter `p`', 'record field `x`'], reason: 'expected u8, found s8' }
 */
export function mismatchPath(words: string): { readonly path: readonly string[]; readonly reason: string } {
  const path: string[] = []
  let reason = words
  for (let match = step.exec(reason); match; match = step.exec(reason)) {
    path.push(match[1]!)
    reason = reason.slice(match[0].length)
  }
  return { path, reason }
}
