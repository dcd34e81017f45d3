import type { TextEdit } from './text-edit.ts'

/** Lines compared with each other: beyond, all lines between the first and the last that differ are one edit. */
const most = 250_000

/**
 * What makes one text of another, line by line, and within the lines no more than differs: so that an editor keeps its cursor.
 *
 * @example
 * editsBetween('a\nb\nc\n', 'a\nbd\nc\n') // [{ start: 3, end: 3, text: 'd' }]
 */
export function editsBetween(before: string, after: string): TextEdit[] {
  const [a, b] = [linesOf(before), linesOf(after)]
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  const [oldLines, newLines] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)]
  const kept = oldLines.length * newLines.length <= most ? keptLines(oldLines, newLines) : []
  const edits: TextEdit[] = []
  let [from, to] = [0, 0]
  let offset = lengthOf(a.slice(0, head))
  for (const [i, j] of [...kept, [oldLines.length, newLines.length] as const]) {
    const [gone, come] = [oldLines.slice(from, i).join(''), newLines.slice(to, j).join('')]
    if (gone !== come) edits.push(narrowed(offset, gone, come))
    offset += gone.length + (oldLines[i]?.length ?? 0)
    ;[from, to] = [i + 1, j + 1]
  }
  return edits
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0)
}

/** The pairs of a longest common subsequence. */
function keptLines(a: readonly string[], b: readonly string[]): [number, number][] {
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
    }
  }
  const kept: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) kept.push([i++, j++])
    else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++
    else j++
  }
  return kept
}

/** Without what both begin and end with. */
function narrowed(start: number, gone: string, come: string): TextEdit {
  const shorter = Math.min(gone.length, come.length)
  let head = 0
  while (head < shorter && gone[head] === come[head]) head++
  let tail = 0
  while (tail < shorter - head && gone.at(-1 - tail) === come.at(-1 - tail)) tail++
  return { start: start + head, end: start + gone.length - tail, text: come.slice(head, come.length - tail) }
}
