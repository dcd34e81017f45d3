import type { Span } from '../diagnostics/span.ts'
import type { ContentChange, Position, Range } from './protocol.ts'

/** A text whose lines are known, which end with `\n`, `\r\n` or `\r` as the protocol has it. Positions are clamped. */
export class TextLines {
  readonly text: string
  readonly #starts: readonly number[]

  constructor(text: string) {
    this.text = text
    const starts = [0]
    for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length)
    this.#starts = starts
  }

  offset({ line, character }: Position): number {
    if (line < 0) return 0
    const start = this.#starts[line]
    if (start === undefined) return this.text.length
    const next = this.#starts[line + 1] ?? this.text.length
    return Math.min(start + Math.max(0, character), this.#endOfLine(next, start))
  }

  position(offset: number): Position {
    const at = Math.min(Math.max(0, offset), this.text.length)
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#starts[middle]! <= at) low = middle
      else high = middle - 1
    }
    return { line: low, character: at - this.#starts[low]! }
  }

  range({ start, end }: Span): Range {
    return { start: this.position(start), end: this.position(end) }
  }

  /** The text with some pieces of it replaced, one after the other. */
  changed(changes: readonly ContentChange[]): TextLines {
    return changes.reduce<TextLines>((lines, { range, text }) => {
      if (range === undefined) return new TextLines(text)
      const [start, end] = [lines.offset(range.start), lines.offset(range.end)]
      return new TextLines(lines.text.slice(0, start) + text + lines.text.slice(Math.max(start, end)))
    }, this)
  }

  /** Before the line break. */
  #endOfLine(next: number, start: number): number {
    let end = next
    while (end > start && /[\r\n]/.test(this.text[end - 1]!)) end--
    return end
  }
}
