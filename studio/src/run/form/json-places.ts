/** Where things are in a JSON text: engines say what is wrong with one in words of their own, and some do not say where. */
import { propertyNames } from 'tenon/wave'
import { PlaceProblem } from './place-problem.ts'

export interface Place {
  readonly start: number
  readonly end: number
}

/** As `fromJson` names it: `[0].size.width`; a key may also stand in the text under its WIT name. */
export type JsonPath = string

/**
 * The place of the value at a path; of what it would be part of, where there is none.
 *
 * @throws {PlaceProblem} the text is no JSON
 */
export function placeInJson(text: string, path: JsonPath): Place {
  const segments = [...path.matchAll(/\[(\d+)\]|\.([^.[]+)/g)].map(([, index, name]) => index ?? name!)
  return new JsonScanner(text, segments).scan()
}

/** Nobody types so many; the stack has room for them. */
const deepest = 500

class JsonScanner {
  readonly #text: string
  readonly #wanted: readonly string[]
  #at = 0
  /** What was found, and how much of the path leads there. */
  #found: Place = { start: 0, end: 0 }
  #matched = -1

  constructor(text: string, wanted: readonly string[]) {
    this.#text = text
    this.#wanted = wanted
  }

  scan(): Place {
    this.#value(0, 0)
    this.#skipSpace()
    if (this.#at < this.#text.length) this.#refuse('The array ends before this.')
    return this.#found
  }

  /** @param matched how much of the path led here; -1: it is elsewhere */
  #value(matched: number, depth: number): void {
    this.#skipSpace()
    const start = this.#at
    if (depth > deepest) this.#refuse('This is nested too deep.')
    const first = this.#text[start]
    if (first === '[') this.#array(matched, depth)
    else if (first === '{') this.#object(matched, depth)
    else if (first === '"') this.#string()
    else this.#word()
    // Of two members of one name, the last counts.
    if (matched >= this.#matched) {
      this.#matched = matched
      this.#found = { start, end: this.#at }
    }
  }

  #array(matched: number, depth: number): void {
    this.#at++
    if (this.#take(']')) return
    for (let index = 0; ; index++) {
      const isOnPath = matched >= 0 && this.#wanted[matched] === String(index)
      this.#value(isOnPath ? matched + 1 : -1, depth + 1)
      if (this.#take(']')) return
      this.#demand(',', 'A comma or ] belongs here.')
    }
  }

  #object(matched: number, depth: number): void {
    this.#at++
    if (this.#take('}')) return
    for (;;) {
      this.#skipSpace()
      if (this.#text[this.#at] !== '"') this.#refuse('A name in double quotes belongs here.')
      const name = this.#string()
      this.#demand(':', 'A colon belongs here.')
      const wanted = matched >= 0 ? this.#wanted[matched] : undefined
      const isOnPath = wanted !== undefined && (name === wanted || propertyNames([name])[0] === wanted)
      this.#value(isOnPath ? matched + 1 : -1, depth + 1)
      if (this.#take('}')) return
      this.#demand(',', 'A comma or } belongs here.')
    }
  }

  #string(): string {
    const start = this.#at++
    // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has none in strings
    const special = /["\\\u0000-\u001f]/g
    for (;;) {
      special.lastIndex = this.#at
      const found = special.exec(this.#text)
      this.#at = found?.index ?? this.#text.length
      if (found === null) throw new PlaceProblem('This string has no end.', start, this.#at)
      if (found[0] === '"') break
      if (found[0] !== '\\') this.#refuse('A string has no line breaks and tabs: write \\n and \\t.')
      const escaped = this.#match(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y)
      if (escaped === undefined) this.#refuse('JSON has no such escape.', 2)
    }
    this.#at++
    return JSON.parse(this.#text.slice(start, this.#at)) as string
  }

  #word(): void {
    const start = this.#at
    const word = this.#match(/[^\s,:[\]{}"]+/y)
    if (word === undefined)
      this.#refuse(
        start < this.#text.length ? 'A value belongs here.' : 'The text ends where a value belongs.',
      )
    else if (!/^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)$/.test(word))
      throw new PlaceProblem(
        /^[-+.\d]/.test(word)
          ? 'This is no number of JSON: decimal digits, with a point or an exponent.'
          : 'A word is true, false or null; every text is in double quotes.',
        start,
        this.#at,
      )
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    this.#at += found?.length ?? 0
    return found
  }

  #take(sign: string): boolean {
    this.#skipSpace()
    if (this.#text[this.#at] !== sign) return false
    this.#at++
    return true
  }

  #demand(sign: string, problem: string): void {
    if (!this.#take(sign)) this.#refuse(problem)
  }

  #skipSpace(): void {
    this.#match(/[ \t\r\n]*/y)
  }

  #refuse(problem: string, length = 1): never {
    throw new PlaceProblem(problem, this.#at, this.#at + length)
  }
}
