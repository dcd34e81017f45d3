/** Names and bytes as the text format writes them. */

const utf8 = new TextEncoder()

/** A string literal of what the text is in UTF-8; ASCII that can be printed stays as it is. */
export function quoted(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  return /["\\\u0000-\u001f\u007f]/.test(text) ? `"${text.replace(escaped, escapeCharacter)}"` : `"${text}"`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
const escaped = /["\\\u0000-\u001f\u007f]/g

function escapeCharacter(character: string): string {
  return Array.from(utf8.encode(character), escapeByte).join('')
}

const escapeByte = (byte: number): string => `\\${byte.toString(16).padStart(2, '0')}`

/** By byte. */
const byteTexts: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c
  return plain ? String.fromCharCode(byte) : escapeByte(byte)
})

/** A string literal of bytes: pieces, for data may be large. */
export function* quotedBytes(bytes: Uint8Array): Generator<string, void, undefined> {
  yield '"'
  for (let start = 0; start < bytes.length; start += PIECE) {
    const texts: string[] = []
    for (const byte of bytes.subarray(start, start + PIECE)) texts.push(byteTexts[byte]!)
    yield texts.join('')
  }
  yield '"'
}

const PIECE = 4096

const identifierCharacters = /^[0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~]+$/

/** A name as an identifier, `$` included; in quotes where it has other characters than identifiers have. */
function identifierOf(name: string): string {
  return identifierCharacters.test(name) ? `$${name}` : `$${quoted(name)}`
}

/** What the printer writes for a name: the identifier, and an annotation with the name where they differ. */
export interface PrintedName {
  readonly id: string
  readonly annotation: string
}

/**
 * Identifiers are not empty and not taken; those that begin with `#` are made here, of a `place` such as `func3`, which
 * no two items share.
 */
export function printedName(name: string, place: string, used: ReadonlySet<string> = new Set()): PrintedName {
  if (name !== '' && !name.startsWith('#') && !used.has(name))
    return { id: identifierOf(name), annotation: '' }
  return { id: `$${quoted(`#${place} ${name}`)}`, annotation: ` (@name ${quoted(name)})` }
}
