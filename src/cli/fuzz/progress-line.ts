import type { Paint } from '../../diagnostics/paint.ts'
import { isatty } from 'node:tty'
import { show } from '../show.ts'
import { stderr, write } from '../write.ts'

/** How often it is written anew, in milliseconds. */
const period = 200

const clear = '\r\x1b[K'

/** One line on a terminal that says how far things are; nothing elsewhere. */
export class ProgressLine implements Disposable {
  readonly #describe: () => string
  readonly #paint: Paint
  readonly #timer: NodeJS.Timeout | undefined

  constructor(describe: () => string, paint: Paint) {
    this.#describe = describe
    this.#paint = paint
    if (isatty(stderr) && process.env.TERM !== 'dumb') this.#timer = setInterval(() => this.#draw(), period)
  }

  /** Writes something that stays above the line. */
  print(descriptor: number, text: string): void {
    if (this.#timer) write(stderr, clear)
    show(descriptor, text)
  }

  #draw(): void {
    const width = process.stderr.columns || 80
    write(stderr, clear + this.#paint('note', this.#describe().slice(0, width - 1)))
  }

  [Symbol.dispose](): void {
    if (!this.#timer) return
    clearInterval(this.#timer)
    write(stderr, clear)
  }
}
