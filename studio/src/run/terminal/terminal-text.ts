/**
 * What a guest writes, as text that a terminal may act on. Guests are hostile: a terminal's escape sequences also set titles, write
 * the clipboard, make links, ask questions whose answers come back as if they had been typed, and switch the mouse and the keyboard
 * to other modes. So a sequence passes only if it is known to do nothing but move the cursor, erase, or colour; everything else is
 * dropped, whole, however it is cut into pieces.
 */

/** Final bytes of CSI sequences without a prefix that move, erase, insert, delete, scroll or colour (ECMA-48). */
const harmless = new Set('@ABCDEFGHIJKLMPSTXZ`adefm')
/** DEC modes that change what is seen and nothing else: wrapping, the cursor, the alternate screen. */
const harmlessModes = new Set(['7', '12', '25', '47', '1047', '1048', '1049'])
/** No sequence that means something is longer. */
const longestSequence = 200

type State = 'text' | 'escape' | 'charset' | 'csi' | 'string' | 'string-escape'

export class TerminalText {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  #state: State = 'text'
  /** Of a CSI sequence: what came after `ESC [`. */
  #sequence = ''

  /** The part of these bytes that a terminal may see. */
  write(bytes: Uint8Array): string {
    let seen = ''
    for (const char of this.#decoder.decode(bytes, { stream: true })) seen += this.#next(char)
    return seen
  }

  /** The same at the end: half a character becomes U+FFFD. */
  end(): string {
    return this.#decoder.decode()
  }

  #next(char: string): string {
    switch (this.#state) {
      case 'text':
        return this.#text(char)
      case 'escape':
        return this.#escape(char)
      case 'charset':
        this.#state = 'text'
        return ''
      case 'csi':
        return this.#csi(char)
      case 'string':
        // BEL ends strings, too; CAN and SUB break any sequence off.
        if (char === '\x07' || char === '\x9c' || char === '\x18' || char === '\x1a') this.#state = 'text'
        else if (char === '\x1b') this.#state = 'string-escape'
        return ''
      case 'string-escape':
        if (char === '\\') this.#state = 'text'
        else if (char !== '\x1b') return this.#escape(char)
        return ''
    }
  }

  #text(char: string): string {
    if (char >= ' ' && char !== '\x7f' && !(char >= '\x80' && char <= '\x9f')) return char
    switch (char) {
      case '\n':
      case '\r':
      case '\t':
      case '\b':
      case '\v':
      case '\f':
        return char
      case '\x1b':
        this.#state = 'escape'
        return ''
      case '\x9b':
        this.#begin()
        return ''
      case '\x90':
      case '\x98':
      case '\x9d':
      case '\x9e':
      case '\x9f':
        this.#state = 'string'
        return ''
      default:
        return ''
    }
  }

  #escape(char: string): string {
    this.#state = 'text'
    switch (char) {
      case '[':
        this.#begin()
        return ''
      case ']':
      case 'P':
      case 'X':
      case '^':
      case '_':
        this.#state = 'string'
        return ''
      case '(':
      case ')':
      case '*':
      case '+':
      case '-':
      case '.':
      case '/':
      case '#':
      case '%':
      case ' ':
        this.#state = 'charset'
        return ''
      // Save and restore the cursor, index, next line, reverse index.
      case '7':
      case '8':
      case 'D':
      case 'E':
      case 'M':
        return `\x1b${char}`
      case '\x1b':
        this.#state = 'escape'
        return ''
      default:
        return ''
    }
  }

  #begin(): void {
    this.#state = 'csi'
    this.#sequence = ''
  }

  #csi(char: string): string {
    if (char === '\x1b') {
      this.#state = 'escape'
      return ''
    }
    if (char === '\x18' || char === '\x1a') {
      this.#state = 'text'
      return ''
    }
    if (char < ' ') return this.#control(char)
    if (char >= '@') {
      this.#state = 'text'
      return isHarmless(this.#sequence, char) ? `\x1b[${this.#sequence}${char}` : ''
    }
    if (this.#sequence.length < longestSequence) this.#sequence += char
    return ''
  }

  /** Control characters work also within a sequence. */
  #control(char: string): string {
    return /[\n\r\t\b]/.test(char) ? char : ''
  }
}

function isHarmless(parameters: string, final: string): boolean {
  if (parameters.length >= longestSequence) return false
  if (/^[\d;:]*$/.test(parameters)) return harmless.has(final)
  const modes = /^\?([\d;]+)$/.exec(parameters)?.[1]
  return (
    (final === 'h' || final === 'l') &&
    modes !== undefined &&
    modes.split(';').every((mode) => harmlessModes.has(mode))
  )
}
