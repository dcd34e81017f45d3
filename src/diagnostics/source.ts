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
  /** The position that was asked for last. */
  #known = { line: 0, offset: 0, column: 1 }

  constructor(name: string, text: string) {
    this.name = name
    this.text = text
  }

  position(offset: number): Position {
    const line = this.#lineOf(offset)
    const start = this.#starts()[line - 1]!
    // Mostly places are asked for in their order, and a line can be all of a text.
    const known = this.#known.line === line && this.#known.offset <= offset
    let { offset: at, column } = known ? this.#known : { offset: start, column: 1 }
    for (const end = Math.min(offset, this.text.length); at < end; at++) {
      const isSecondHalf =
        isLow(this.text.charCodeAt(at)) && at > start && isHigh(this.text.charCodeAt(at - 1))
      if (!isSecondHalf) column++
    }
    this.#known = { line, offset: at, column }
    return { line, column }
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

/** Of a character that takes two UTF-16 units. */
function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
