import { camelCase } from '../component/js-name.ts'

/** Words that are no names in modules, and names that programs have already. */
const reserved = new Set(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield Component ComponentError ExitError Exports Imports Linker URL error host imports instantiate load made process run wasi'.split(
    ' ',
  ),
)

/** Names of variables, each of its own. */
export class Identifiers {
  readonly #taken = new Set<string>()

  /** @param label `key-value`, or anything else */
  take(label: string): string {
    const word = camelCase(label.replaceAll(/[^A-Za-z0-9-]+/g, '-').replace(/^[-0-9]+/, ''))
    const name = word === '' || reserved.has(word) ? `${word}_` : word
    for (let i = 1; ; i++) {
      const numbered = i === 1 ? name : `${name}${i}`
      if (this.#taken.has(numbered)) continue
      this.#taken.add(numbered)
      return numbered
    }
  }
}

/** A string literal in single quotes. */
export function quoted(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${inner.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`
}
