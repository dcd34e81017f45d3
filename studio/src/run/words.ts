/** A line of arguments as a shell reads it: words, quotes, backslashes; nothing is expanded. */
export type Words = { readonly words: readonly string[] } | { readonly problem: string }

/**
 * @example
 * splitWords(`--name 'Ada Lovelace' a\\ b ""`) // { words: ['--name', 'Ada Lovelace', 'a b', ''] }
 */
export function splitWords(line: string): Words {
  const words: string[] = []
  let word: string | undefined
  for (let at = 0; at < line.length; at++) {
    const char = line[at]!
    if (/\s/.test(char)) {
      if (word !== undefined) words.push(word)
      word = undefined
      continue
    }
    word ??= ''
    if (char === "'") {
      const end = line.indexOf("'", at + 1)
      if (end === -1) return { problem: unclosed("'", at) }
      word += line.slice(at + 1, end)
      at = end
    } else if (char === '"') {
      const quoted = readQuoted(line, at)
      if (quoted === undefined) return { problem: unclosed('"', at) }
      word += quoted.text
      at = quoted.end
    } else if (char === '\\') {
      const next = line[++at]
      if (next === undefined)
        return { problem: 'Nothing follows the last backslash: write \\\\ for a backslash.' }
      word += next
    } else word += char
  }
  if (word !== undefined) words.push(word)
  return { words }
}

/** Between double quotes a backslash is itself, but before a quote or another backslash. */
function readQuoted(
  line: string,
  start: number,
): { readonly text: string; readonly end: number } | undefined {
  let text = ''
  for (let at = start + 1; at < line.length; at++) {
    const char = line[at]!
    if (char === '"') return { text, end: at }
    const next = line[at + 1]
    if (char === '\\' && (next === '"' || next === '\\')) {
      text += next
      at++
    } else text += char
  }
  return undefined
}

function unclosed(quote: string, at: number): string {
  return `The ${quote} at character ${at + 1} is not closed.`
}
