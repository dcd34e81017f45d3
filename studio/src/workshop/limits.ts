/** What the workshop takes: more would make a page that nobody can use, or none. */
export const limits = {
  /** Of one file, in bytes. */
  file: 256 * 2 ** 20,
  /** Of one that is a text, in bytes: it takes several times as much to be assembled. */
  wat: 32 * 2 ** 20,
  /** Of all packages together. */
  bytes: 2 ** 30,
  packages: 500,
  /** Imports and exports of one component: each of its blocks has a port for each. */
  ports: 2_000,
  /** UTF-16 code units of all their names. */
  names: 2 ** 18,
  /** UTF-16 code units of a WAC text; every key that is pressed reads it anew. */
  text: 2 ** 20,
  /** Of a message, and of a line of WIT on a block. */
  message: 2_000,
  line: 1_000,
  /** Of a document that is shown: the WIT of a package, the frame of a problem. */
  document: 2 ** 22,
  /** Problems, completions, rows of a comparison that are shown. */
  items: 1_000,
} as const

/** A text, cut where it is longer than anybody reads. */
export function cut(text: string, length: number = limits.message): string {
  return text.length > length ? `${text.slice(0, length).toWellFormed()}…` : text
}
