import { wantsColour } from './terminal.ts'
import { write } from './write.ts'

/** What does something to a terminal, or turns the text around it; bold, dim and colours with all of their characters. */
const special = /(?![\n\t])\p{Cc}(?:\[(?:1|2|22|3[1-6]|39)m)?|[\p{Bidi_Control}\p{Zl}\p{Zp}]/gu

/**
 * Writes what people read. The names in a component are anybody's: what in them would move the cursor, hide or rewrite
 * what stands there, or type for the user is shown as an escape. The most that they can do is to colour some words.
 */
export function show(descriptor: number, text: string): void {
  write(descriptor, harmless(text, wantsColour(descriptor)))
}

/** `coloured`: whether there can be colours in it, which end with it. */
export function harmless(text: string, coloured: boolean): string {
  const open = { weight: false, colour: false }
  const shown = text.replace(special, (found) => {
    if (!coloured || found.length === 1 || !found.startsWith('\x1b')) {
      return `\\u{${found.charCodeAt(0).toString(16)}}${found.slice(1)}`
    }
    const code = Number(found.slice(2, -1))
    if (code < 30) open.weight = code !== 22
    else open.colour = code !== 39
    return found
  })
  return open.weight || open.colour ? `${shown}\x1b[0m` : shown
}
