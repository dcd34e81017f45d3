/** What changed between two texts, in few and small pieces: cursors and folds in between stay where they are. */

export interface TextChange {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/** Lines; where more of them changed, they are one change. */
const lineLimit = 400

/** Offsets are of the old text, sorted; the changes do not overlap. */
export function textChanges(before: string, after: string): readonly TextChange[] {
  if (before === after) return []
  const old = linesOf(before)
  const fresh = linesOf(after)
  let start = 0
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++
  let end = 0
  const most = Math.min(old.length, fresh.length) - start
  while (end < most && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end++
  const oldMiddle = old.slice(start, old.length - end)
  const freshMiddle = fresh.slice(start, fresh.length - end)
  let at = old.slice(0, start).join('').length
  const changes: TextChange[] = []
  for (const { removed, added } of runs(oldMiddle, freshMiddle)) {
    if (removed !== added) changes.push(trim(at, removed, added))
    at += removed.length
  }
  return changes
}

/** With their line ends. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

interface Run {
  readonly removed: string
  readonly added: string
}

/** Equal lines and changed ones in turn, by the longest common subsequence. */
function runs(old: readonly string[], fresh: readonly string[]): readonly Run[] {
  if (old.length > lineLimit || fresh.length > lineLimit)
    return [{ removed: old.join(''), added: fresh.join('') }]
  const width = fresh.length + 1
  const lengths = new Uint16Array((old.length + 1) * width)
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        old[i] === fresh[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
    }
  }
  const found: Run[] = []
  let removed = ''
  let added = ''
  const flush = () => {
    if (removed !== added) found.push({ removed, added })
    removed = ''
    added = ''
  }
  for (let i = 0, j = 0; i < old.length || j < fresh.length; ) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      flush()
      found.push({ removed: old[i]!, added: fresh[j]! })
      i++
      j++
    } else if (
      j === fresh.length ||
      (i < old.length && lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)
    ) {
      removed += old[i++]
    } else {
      added += fresh[j++]
    }
  }
  flush()
  return found
}

/** Without what both begin and end with. */
function trim(at: number, removed: string, added: string): TextChange {
  const most = Math.min(removed.length, added.length)
  let start = 0
  while (start < most && removed[start] === added[start]) start++
  let end = 0
  while (end < most - start && removed.at(-1 - end) === added.at(-1 - end)) end++
  return { from: at + start, to: at + removed.length - end, insert: added.slice(start, added.length - end) }
}
