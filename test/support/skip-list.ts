/** What the reference suite cannot run yet: lines of `file[:line] reason`, `#` begins a comment. */
export interface SkipList {
  /** Why a whole file is skipped; undefined if it is not. */
  file(name: string): string | undefined
  /** Why the directive at a line is skipped; undefined if it is not. */
  line(name: string, line: number): string | undefined
  /** Files that are named and do not exist: the list has to be kept. */
  unknownFiles(existing: readonly string[]): string[]
}

/**
 * @example
 * const list = parseSkipList('async/deadlock.wast needs async calls\nlinking/unit.wast:12 tags')
 * list.file('async/deadlock.wast') // 'needs async calls'
 * list.line('linking/unit.wast', 12) // 'tags'
 */
export function parseSkipList(text: string): SkipList {
  const reasons = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const [, place, reason] = /^(\S+)\s+(\S.*)$/.exec(line) ?? []
    if (!place || !reason) throw new SyntaxError(`the skip list says no reason: ${line}`)
    reasons.set(place, reason)
  }
  return {
    file: (name) => reasons.get(name),
    line: (name, line) => reasons.get(`${name}:${line}`),
    unknownFiles: (existing) =>
      [...reasons.keys()].filter((place) => !existing.includes(place.replace(/:\d+$/, ''))),
  }
}
