/** A place as editors show it: both 1-based, the column in characters (code points). */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A text with a name, and the index of its lines (made on first use: only errors need it). */
export class Source {
  /** For messages: a path, or a description such as `<call>`. */
  readonly name: string
  readonly text: string
  #lineStarts: readonly number[] | undefined

  constructor(name: string, text: string) {
    this.name = name
    this.text = text
  }

  position(offset: number): Position {
    const line = this.#lineOf(offset)
    const before = this.text.slice(this.#starts()[line - 1], offset)
    return { line, column: [...before].length + 1 }
  }

  /** Where line `line` (1-based) starts. */
  lineStart(line: number): number {
    return this.#starts()[line - 1] ?? this.text.length
  }

  /** The text of line `line` (1-based), without its line break. */
  line(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineStart(line + 1)).replace(/\r?\n$/, '')
  }

  /** The last line whose start is not after `offset`. */
  #lineOf(offset: number): number {
    const starts = this.#starts()
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }

  #starts(): readonly number[] {
    if (this.#lineStarts === undefined) {
      const starts = [0]
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1))
        starts.push(at + 1)
      this.#lineStarts = starts
    }
    return this.#lineStarts
  }
}
