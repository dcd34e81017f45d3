/**
 * The line that is being typed for a guest's standard input, as a terminal's line discipline edits it: with echo, a line at a time.
 * Enter submits the line, Ctrl+D the line without its end or, on an empty one, the end of input; Ctrl+C stops the run.
 */
import { textWidth } from './text-width.ts'

export interface Typed {
  /** To be written to the terminal. */
  readonly echo: string
  /** What the guest may read, a text each. */
  readonly submitted: readonly string[]
  readonly isEnd: boolean
  readonly isInterrupt: boolean
}

const mostRemembered = 100

export class LineEditor {
  #chars: string[] = []
  #cursor = 0
  readonly #history: string[] = []
  /** Which line of the history is shown; its length: the new one. */
  #shown = 0

  /** @param data what the terminal says was typed or pasted */
  type(data: string): Typed {
    let echo = ''
    const submitted: string[] = []
    for (const key of keysOf(data)) {
      if (key === '\x03') {
        this.#reset()
        return { echo: `${echo}^C\r\n`, submitted, isEnd: false, isInterrupt: true }
      }
      if (key === '\x04') {
        const line = this.#chars.join('')
        this.#reset()
        if (line === '') return { echo, submitted, isEnd: true, isInterrupt: false }
        submitted.push(line)
      } else if (key === '\r' || key === '\n') {
        const line = this.#chars.join('')
        this.#remember(line)
        this.#reset()
        submitted.push(`${line}\n`)
        echo += '\r\n'
      } else echo += this.#edit(key)
    }
    return { echo, submitted, isEnd: false, isInterrupt: false }
  }

  #edit(key: string): string {
    switch (key) {
      case '\x7f':
      case '\b':
        return this.#cursor === 0 ? '' : this.#replace(this.#cursor - 1, this.#cursor, '')
      case '\x1b[3~':
        return this.#replace(this.#cursor, this.#cursor + 1, '')
      case '\x15':
        return this.#replace(0, this.#cursor, '')
      case '\x0b':
        return this.#replace(this.#cursor, this.#chars.length, '')
      case '\x17':
        return this.#replace(this.#wordStart(), this.#cursor, '')
      case '\x1b[D':
      case '\x02':
        return this.#moveTo(this.#cursor - 1)
      case '\x1b[C':
      case '\x06':
        return this.#moveTo(this.#cursor + 1)
      case '\x1b[H':
      case '\x1bOH':
      case '\x01':
        return this.#moveTo(0)
      case '\x1b[F':
      case '\x1bOF':
      case '\x05':
        return this.#moveTo(this.#chars.length)
      case '\x1b[A':
        return this.#recall(this.#shown - 1)
      case '\x1b[B':
        return this.#recall(this.#shown + 1)
      default:
        return key >= ' ' && !(key >= '\x7f' && key <= '\x9f')
          ? this.#replace(this.#cursor, this.#cursor, key)
          : ''
    }
  }

  /** Replaces a part of the line by a text, with the cursor behind it, and says how that is drawn. */
  #replace(start: number, end: number, text: string): string {
    const back = this.#moveTo(start)
    const added = [...text]
    this.#chars.splice(start, Math.max(0, end - start), ...added)
    const rest = this.#chars.slice(start + added.length).join('')
    this.#cursor = start + added.length
    // Erased to the end of the screen: a long line goes over several rows.
    return `${back}${text}${rest}\x1b[J${backOver(rest)}`
  }

  #moveTo(target: number): string {
    const to = Math.max(0, Math.min(target, this.#chars.length))
    const from = this.#cursor
    this.#cursor = to
    return to < from ? backOver(this.#chars.slice(to, from).join('')) : this.#chars.slice(from, to).join('')
  }

  #wordStart(): number {
    let at = this.#cursor
    while (at > 0 && this.#chars[at - 1] === ' ') at--
    while (at > 0 && this.#chars[at - 1] !== ' ') at--
    return at
  }

  #recall(index: number): string {
    if (index < 0 || index > this.#history.length) return ''
    this.#shown = index
    return this.#moveTo(0) + this.#replace(0, this.#chars.length, this.#history[index] ?? '')
  }

  #remember(line: string): void {
    if (line !== '' && line !== this.#history.at(-1)) this.#history.push(line)
    if (this.#history.length > mostRemembered) this.#history.shift()
  }

  #reset(): void {
    this.#chars = []
    this.#cursor = 0
    this.#shown = this.#history.length
  }
}

/** A backspace goes back a column, and with reverse wrapping, which the terminal is set to, also to the row before. */
function backOver(text: string): string {
  return '\b'.repeat(textWidth(text))
}

/** Escape sequences of keys are one key, other characters one each; of a pasted text, a line break is one. */
function keysOf(data: string): readonly string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: keys are sent as escape sequences
  return data.replaceAll('\r\n', '\r').match(/\x1b\[[\d;]*[ -/]*[@-~]|\x1bO.|\x1b.?|[^\x1b]/gsu) ?? []
}
