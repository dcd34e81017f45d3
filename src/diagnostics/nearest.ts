/** Letters that are compared, and names: a guest may have names of any length, and any number of them. */
const compared = 200
const considered = 10_000

/**
 * The names that a mistyped name most likely meant: at most a third of its letters wrong, the best first. Case and dashes
 * do not count: they are how styles of naming differ.
 *
 * @example
 * nearest('getvalue', ['get-value', 'set', 'replace-value']) // ['get-value']
 */
export function nearest(name: string, names: Iterable<string>, most = 3): string[] {
  const folded = fold(name)
  const scored: { name: string; distance: number }[] = []
  let left = considered
  for (const candidate of names) {
    if (left-- === 0) break
    if (candidate === name) continue
    const distance = editDistance(folded, fold(candidate))
    if (distance <= worst(name, candidate)) scored.push({ name: candidate, distance })
  }
  scored.sort((a, b) => a.distance - b.distance)
  return scored.slice(0, most).map((one) => one.name)
}

function worst(name: string, candidate: string): number {
  const length = Math.max(name.length, candidate.length)
  // Of one letter nothing is left where one is wrong.
  return length < 2 ? 0 : Math.max(1, Math.floor(length / 3))
}

function fold(name: string): string {
  return name.slice(0, compared).toLowerCase().replaceAll('-', '')
}

/** Insertions, deletions, replacements, and swaps of neighbours that turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row[j] = Math.min(replace, last[j]! + 1, row[j - 1]! + 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) row[j] = Math.min(row[j]!, beforeLast[j - 2]! + 1)
    }
    beforeLast = last
    last = row
  }
  return last[b.length]!
}
