/** What would turn the text around it, or be seen as nothing or as a line of its own; not the line breaks and tabs of texts. */
const special = /(?![\n\t])\p{Cc}|[\p{Bidi_Control}\p{Zl}\p{Zp}\u{feff}]/gu

/** What a component says of itself, with the characters that would hide or rewrite it as escapes: `\u{202e}`. */
export function visibleText(text: string): string {
  return text.replace(special, (found) => `\\u{${found.codePointAt(0)!.toString(16)}}`)
}

export interface Cut {
  readonly shown: string
  /** Characters that are left out. */
  readonly more: number
}

/**
 * The beginning of a text, in whole characters, and shown as {@link visibleText} does.
 *
 * @param limit in UTF-16 units of the text itself
 */
export function cutText(text: string, limit: number): Cut {
  if (text.length <= limit) return { shown: visibleText(text), more: 0 }
  const last = text.charCodeAt(limit - 1)
  const end = last >= 0xd800 && last < 0xdc00 ? limit - 1 : limit
  return { shown: visibleText(text.slice(0, end)), more: text.length - end }
}
