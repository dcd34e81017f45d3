/** Which words of two texts have no counterpart in the other. */

export interface Piece {
  readonly text: string
  /** The other text has no such word there. */
  readonly differs: boolean
}

/** Names with their hyphens, then marks one by one. */
const word = /\s+|%?[A-Za-z0-9_](?:-?[A-Za-z0-9_])*|->|[^\s]/gu

/** Pairs of words that are compared at most, so that long texts take no longer than a few milliseconds. */
const mostPairs = 250_000

/**
 * Space between words makes no difference. Texts whose middles are too long to be compared word by word differ there as a whole.
 *
 * @returns the texts in pieces: joined, each gives its text
 */
export function wordDiff(
  left: string,
  right: string,
): { readonly left: readonly Piece[]; readonly right: readonly Piece[] } {
  const [a, b] = [words(left), words(right)]
  let start = 0
  while (start < a.length && start < b.length && a[start]!.key === b[start]!.key) start++
  let end = 0
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end]!.key === b[b.length - 1 - end]!.key
  )
    end++
  const middle = [a.slice(start, a.length - end), b.slice(start, b.length - end)] as const
  const common = commonWords(...middle)
  return {
    left: pieces(a, start, middle[0].length, common.left),
    right: pieces(b, start, middle[1].length, common.right),
  }
}

interface Word {
  readonly key: string
  /** With the space behind it. */
  readonly text: string
}

function words(text: string): Word[] {
  const found: { key: string; text: string }[] = []
  for (const [part] of text.matchAll(word)) {
    const isSpace = /^\s/.test(part)
    if (isSpace && found.length > 0) found.at(-1)!.text += part
    else found.push({ key: isSpace ? '' : part, text: part })
  }
  return found
}

/** Which words belong to a longest common subsequence, on both sides. */
function commonWords(
  a: readonly Word[],
  b: readonly Word[],
): { readonly left: ReadonlySet<number>; readonly right: ReadonlySet<number> } {
  const left = new Set<number>()
  const right = new Set<number>()
  if (a.length * b.length > mostPairs) return { left, right }
  const width = b.length + 1
  // The length of the longest one of what begins at a word of each.
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        a[i]!.key === b[j]!.key
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i]!.key === b[j]!.key) {
      left.add(i++)
      right.add(j++)
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++
    else j++
  }
  return { left, right }
}

function pieces(words: readonly Word[], start: number, length: number, common: ReadonlySet<number>): Piece[] {
  const made: { text: string; differs: boolean }[] = []
  words.forEach(({ text }, index) => {
    const differs = index >= start && index < start + length && !common.has(index - start)
    const last = made.at(-1)
    if (last?.differs === differs) last.text += text
    else made.push({ text, differs })
  })
  return made
}
