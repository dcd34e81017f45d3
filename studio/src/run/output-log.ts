/** What a run wrote, as the terminal may see it; kept so that a terminal that is opened later shows it, too. */
import { LineEditor } from './terminal/line-editor.ts'
import { TerminalText } from './terminal/terminal-text.ts'

export class OutputLog {
  /** What is being typed: its echo is part of the output. */
  readonly line: LineEditor = new LineEditor()
  readonly #pieces: string[] = []
  readonly #streams = { stdout: new TerminalText(), stderr: new TerminalText() }
  #listener: ((text: string) => void) | undefined

  get isEmpty(): boolean {
    return this.#pieces.length === 0
  }

  write(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    this.#add(this.#streams[stream].write(bytes))
  }

  /** What the page itself shows: the echo of what is typed, a line on how the run ended. */
  say(text: string): void {
    this.#add(text)
  }

  /** Calls back with all that was written, and with each piece that will be. Ends when the result is called. */
  follow(listener: (text: string) => void): () => void {
    this.#listener = listener
    if (!this.isEmpty) listener(this.#pieces.join(''))
    return () => {
      if (this.#listener === listener) this.#listener = undefined
    }
  }

  /** All of it without escape sequences, to be copied. */
  plainText(): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is removed
    return this.#pieces.join('').replace(/\x1b(?:\[[\d;:?]*[@-~]|.)/g, '')
  }

  #add(text: string): void {
    if (text === '') return
    this.#pieces.push(text)
    this.#listener?.(text)
  }
}
