/** Lines that are compared with each other: more are shown as replaced as a whole. */
const compared = 2_000

export interface LineChange {
  /** Of the first of the lines, from 1. */
  readonly line: number
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

/**
 * What turns one text into another, line by line: places from top to bottom, lines that stay left out.
 *
 * @example
 * lineDiff('a\nb\nc\n', 'a\nB\nc\n') // [{ line: 2, removed: ['b'], added: ['B'] }]
 */
export function lineDiff(before: string, after: string): LineChange[] {
  const a = before.split('\n')
  const b = after.split('\n')
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const removed = a.slice(start, a.length - end)
  const added = b.slice(start, b.length - end)
  if (removed.length === 0 && added.length === 0) return []
  if (removed.length > compared || added.length > compared) return [{ line: start + 1, removed, added }]
  return changes(removed, added, start + 1)
}

/** By the longest common subsequence. */
function changes(a: readonly string[], b: readonly string[], firstLine: number): LineChange[] {
  const lengths = commonLengths(a, b)
  const width = b.length + 1
  const found: { line: number; removed: string[]; added: string[] }[] = []
  let isOpen = false
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      isOpen = false
      i++
      j++
      continue
    }
    if (!isOpen) found.push({ line: firstLine + i, removed: [], added: [] })
    isOpen = true
    const isRemoved =
      j === b.length || (i < a.length && lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)
    if (isRemoved) found.at(-1)!.removed.push(a[i++]!)
    else found.at(-1)!.added.push(b[j++]!)
  }
  return found
}

/** At `i * (b.length + 1) + j` that of the lines from `i` and `j` on. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array {
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const at = i * width + j
      lengths[at] =
        a[i] === b[j] ? lengths[at + width + 1]! + 1 : Math.max(lengths[at + width]!, lengths[at + 1]!)
    }
  }
  return lengths
}
