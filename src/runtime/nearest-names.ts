/** How many candidates a message names. */
const MAX_CANDIDATES = 3

/**
 * The names that are most like a wanted one, nearest first; none that differs in more than a third of its letters.
 *
 * @example
 * nearestNames('get-value', ['getvalue', 'set-value', 'close']) // ['getvalue', 'set-value']
 */
export function nearestNames(wanted: string, offered: readonly string[]): readonly string[] {
  return offered
    .map((name) => ({ name, distance: editDistance(fold(wanted), fold(name)) }))
    .filter(({ name, distance }) => distance * 3 <= Math.max(wanted.length, name.length))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_CANDIDATES)
    .map(({ name }) => name)
}

/** Letters that are compared: a guest may have names of any length. */
const MAX_COMPARED = 200

/** Case and dashes are how styles of naming differ, not names. */
function fold(name: string): string {
  return name.slice(0, MAX_COMPARED).toLowerCase().replaceAll('-', '')
}

/** How many letters have to be put in, taken out or replaced (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + Number(a[i - 1] !== b[j - 1])
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
