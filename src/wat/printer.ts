/** Pieces that are joined at once: joining few long strings in the end is cheap, keeping millions of short ones is not. */
const BATCH = 8192

/** Steps; deeper nesting is printed no further to the right: blocks nest without bound, and so would the spaces. */
const DEEPEST = 50

/**
 * Builds indented text in parentheses. A group whose contents took several lines gets its closing parenthesis on a
 * line of its own. All methods return the printer, for chains.
 *
 * @example
 * const printer = new Printer()
 * printer.open('module').line().open('memory').write(' 1').close().close()
 * printer.finish() // '(module\n  (memory 1)\n)'
 */
export class Printer {
  readonly #chunks: string[] = []
  #pieces: string[] = []
  #lines = 0
  /** For each group that is open: the line that it began on. */
  readonly #groups: number[] = []
  #extra = 0
  #indent = '\n'

  write(text: string): this {
    this.#pieces.push(text)
    if (this.#pieces.length >= BATCH) this.#batch()
    return this
  }

  /** `(` and `head`; what follows on lines of its own is indented, up to the {@link Printer.close} that belongs to it. */
  open(head: string): this {
    this.#groups.push(this.#lines)
    this.#setIndent()
    return this.write('(').write(head)
  }

  close(): this {
    const began = this.#groups.pop()
    this.#setIndent()
    if (began !== this.#lines) this.line()
    return this.write(')')
  }

  /** Begins a line. */
  line(): this {
    this.#lines++
    return this.write(this.#indent)
  }

  /** Indents what follows by so many steps more, or less. */
  indent(steps: number): this {
    this.#extra += steps
    this.#setIndent()
    return this
  }

  finish(): string {
    this.#batch()
    return this.#chunks.join('')
  }

  #batch(): void {
    this.#chunks.push(this.#pieces.join(''))
    this.#pieces = []
  }

  #setIndent(): void {
    this.#indent = `\n${'  '.repeat(Math.min(this.#groups.length + this.#extra, DEEPEST))}`
  }
}
