import { write } from './write.ts'

/** What does something to a terminal, or turns the text around it; bold, dim and colours with all of their characters. */
const special = /(?![\n\t])\p{Cc}(?:\[(?:1|2|22|3[1-6]|39)m)?|[\p{Bidi_Control}\p{Zl}\p{Zp}]/gu

/**
 * Writes what people read. The names in a component are anybody's: what in them would move the cursor, hide or rewrite
 * what stands there, or type for the user is shown as an escape. The most that they can do is to be coloured.
 */
export function show(descriptor: number, text: string): void {
  write(descriptor, harmless(text))
}

export function harmless(text: string): string {
  return text.replace(special, (found) => {
    if (found.length > 1 && found.startsWith('\x1b')) return found
    return `\\u{${found.charCodeAt(0).toString(16)}}${found.slice(1)}`
  })
}
