import type { ArgumentSyntax, NewSyntax } from '../syntax.ts'
import { beginsLine, commentsBehind, commentsIn, endOfLine, keptComments, startOfLine } from './comments.ts'
import type { Draft } from './draft.ts'

/** What happens to what stands between the braces of a `new` expression: the lines stay as they are. */
export class ArgumentList {
  readonly #draft: Draft
  readonly #syntax: NewSyntax
  /** What takes the place of an argument, by its index; nothing where it goes. */
  readonly #replaced = new Map<number, readonly string[]>()
  readonly #added: string[] = []
  #needsRest = false

  constructor(draft: Draft, syntax: NewSyntax) {
    this.#draft = draft
    this.#syntax = syntax
  }

  replace(index: number, texts: readonly string[]): void {
    this.#replaced.set(index, texts)
  }

  add(text: string): void {
    this.#added.push(text)
  }

  /** Sees to it that there is `...`, which leaves the rest to the composition. */
  leaveRest(): void {
    this.#needsRest = true
  }

  write(): void {
    const all = this.#syntax.arguments
    const rest = all.findIndex(({ kind }) => kind === 'implicit')
    const added = this.#needsRest && rest < 0 ? [...this.#added, '...'] : [...this.#added]
    const last = all.length - 1
    const isOpen = rest < 0 && added.length > 0
    // What is added at the end goes into the place of what is there and goes.
    if (isOpen && this.#replaced.has(last))
      this.#replaced.set(last, [...this.#replaced.get(last)!, ...added.splice(0)])
    for (const [index, texts] of this.#replaced) {
      if (texts.length > 0) this.#put(all[index]!, texts)
      else this.#remove(index)
    }
    if (added.length === 0) return
    if (rest >= 0) this.#insertBefore(all[rest]!, added)
    else if (last >= 0) this.#append(all[last]!, added)
    else this.#fill(added)
  }

  /** Behind which a further argument of the same form stands. */
  #separator({ start }: ArgumentSyntax): string {
    const { text, newline } = this.#draft
    return beginsLine(text, start) ? `,${newline}${text.slice(startOfLine(text, start), start)}` : ', '
  }

  #put(argument: ArgumentSyntax, texts: readonly string[]): void {
    const kept = keptComments(this.#draft.text, argument.start, argument.end)
    this.#draft.replace(argument, kept + texts.join(this.#separator(argument)))
  }

  #insertBefore(argument: ArgumentSyntax, texts: readonly string[]): void {
    const separator = this.#separator(argument)
    this.#draft.insert(argument.start, texts.map((text) => text + separator).join(''))
  }

  /** Behind the comments in its line, so that they stay with it. */
  #append(argument: ArgumentSyntax, texts: readonly string[]): void {
    const { text } = this.#draft
    const { start, end } = argument
    const separator = this.#separator(argument)
    const comma = this.#commaBehind(end)
    if (!beginsLine(text, start)) {
      const at = comma ?? end
      this.#draft.insert(at, (comma === undefined ? ', ' : ' ') + texts.join(separator))
      return
    }
    const from = comma ?? end
    const at = commentsBehind(text, from, this.#nextToken(from)).at(-1)?.end ?? from
    const indented = texts.join(separator)
    if (comma === undefined) this.#draft.insert(end, ',')
    this.#draft.insert(at, separator.slice(1) + indented + (comma === undefined ? '' : ','))
  }

  /** Between braces that are empty, but for comments. */
  #fill(texts: readonly string[]): void {
    const { text } = this.#draft
    const close = this.#syntax.end - 1
    const before = /\s$/.test(text.slice(0, close)) ? '' : ' '
    this.#draft.insert(close, `${before}${texts.join(', ')} `)
  }

  #remove(index: number): void {
    const { text } = this.#draft
    const { start, end } = this.#syntax.arguments[index]!
    const comma = this.#commaBehind(end)
    if (comma === undefined) {
      this.#removeLast(index)
      return
    }
    const line = endOfLine(text, comma)
    const comments = keptComments(text, start, comma)
    const isWhole = beginsLine(text, start) && text.slice(comma, line).trim() === '' && line < text.length
    if (isWhole && comments === '') {
      const next = text.startsWith('\r\n', line) ? line + 2 : line + 1
      this.#draft.replace({ start: startOfLine(text, start), end: next }, '')
      return
    }
    const spaces = /^[ \t]*/.exec(text.slice(comma))![0].length
    this.#draft.replace({ start, end: comma + spaces }, comments)
  }

  /** With the comma before it, if there is one. */
  #removeLast(index: number): void {
    const { text } = this.#draft
    const { start, end } = this.#syntax.arguments[index]!
    const before = this.#syntax.arguments[index - 1]
    const from = before === undefined || this.#replaced.get(index - 1)?.length === 0 ? start : before.end
    this.#draft.replace({ start: from, end }, keptComments(text, from, end).trimEnd())
  }

  #nextToken(from: number): number {
    const { text } = this.#draft
    let at = from
    for (const { start, end } of commentsIn(text, from, this.#syntax.end)) {
      if (text.slice(at, start).trim() !== '') break
      at = end
    }
    return at + /^\s*/.exec(text.slice(at))![0].length
  }

  /** Where the comma behind an argument ends; undefined where there is none. */
  #commaBehind(end: number): number | undefined {
    const { text } = this.#draft
    const at = this.#nextToken(end)
    return text[at] === ',' ? at + 1 : undefined
  }
}
