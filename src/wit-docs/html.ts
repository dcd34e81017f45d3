/** What may stand between tags: markup as it is, texts escaped, nothing for what is undefined. */
export type Part = Html | string | number | undefined | readonly Part[]

/** Markup. Only {@link html} and {@link trusted} make it, so that no text of a package becomes any by accident. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

/**
 * Markup with texts in it, which are escaped.
 *
 * @example
 * String(html`<p title="${'"'}">${'<b>'}</p>`) // <p title="&quot;">&lt;b&gt;</p>
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0]!
  parts.forEach((part, index) => {
    text += write(part) + strings[index + 1]!
  })
  return new Html(text)
}

/** Markup that was escaped elsewhere. */
export function trusted(text: string): Html {
  return new Html(text)
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Control characters but tab and line feed, what turns the direction of text around, and halves of characters. */
const unshowable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Text that an engine may be given and a person may read. A component's docs, unlike a WIT text's, can have anything in them. */
export function showable(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(unshowable, '\ufffd')
}

/** A text for between tags and for attributes in double quotes. */
export function escapeText(text: string): string {
  return showable(text).replace(/[&<>"']/g, (character) => entities[character]!)
}

function write(part: Part): string {
  if (part === undefined) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'object') return part.map(write).join('')
  return escapeText(String(part))
}
