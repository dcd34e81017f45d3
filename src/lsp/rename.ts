import { isLabel } from '../component/names.ts'
import type { Source } from '../diagnostics/source.ts'
import type { Span } from '../diagnostics/span.ts'
import { escapeKeyword, unescapeKeyword } from '../wit/keywords.ts'
import type { Place } from '../wit/problems.ts'
import { errorCodes, ResponseError } from './json-rpc.ts'
import type { Texts } from './texts.ts'

/** Where a name is said that can be renamed, and who gave it. */
export interface Renamable {
  readonly namer: Place
  readonly span: Span
}

/** What must stand at a place. */
export interface Replacement {
  readonly place: Place
  readonly text: string
}

/**
 * @param isOwn of a path: it is none of a dependency
 * @throws {ResponseError} where there is a name that cannot be renamed, with the reason
 */
export function renamable(
  texts: Texts,
  source: Source,
  offset: number,
  isOwn: (path: string) => boolean,
): Renamable | undefined {
  const found = texts.occurrence(source, offset)
  if (found === undefined) return undefined
  const namer = texts.namer(found)
  const kind = texts.definition(namer)?.definition.kind
  if (kind === 'package')
    throw refused('a package is renamed by hand: others name it, too, and their files are elsewhere')
  if (kind === 'constructor') throw refused('a constructor has no name of its own')
  if (!texts.sources.has(namer.source.name) || !isOwn(namer.source.name))
    throw refused(
      `\`${textAt(namer)}\` is defined in a dependency, ${namer.source.name}: give it another name with \`as\``,
    )
  return { namer, span: found.span }
}

/**
 * What makes a name another one, everywhere.
 *
 * @throws {ResponseError} where the new name is none, or the texts would not be right with it
 */
export function rename(
  texts: Texts,
  { namer }: Renamable,
  newName: string,
  isOwn: (path: string) => boolean,
): readonly Replacement[] {
  const name = unescapeKeyword(newName)
  if (!isLabel(name))
    throw refused(
      `\`${newName}\` is not in kebab case: words of small letters, or acronyms of capital ones, joined by \`-\``,
    )
  const text = escapeKeyword(name)
  const places = texts.namedBy(namer).filter(({ source }) => isOwn(source.name))
  const plain = places.map((place) => ({ place, text }))
  const problem = problemWith(texts, plain)
  if (problem === undefined) return plain
  // What an argument's name was found by has another name then: it has to be said.
  const named = plain.map((each) =>
    texts.isInferredArgument(each.place) ? { ...each, text: `${textAt(each.place)}: ${text}` } : each,
  )
  if (problemWith(texts, named) === undefined) return named
  throw refused(`with the name \`${name}\`: ${problem}`)
}

/** Tries it: the first problem that the texts have then and had not before. */
function problemWith(texts: Texts, replacements: readonly Replacement[]): string | undefined {
  const byPath = Map.groupBy(replacements, ({ place }) => place.source.name)
  const after = texts.problemsWith(({ name, text }) => replaced(text, byPath.get(name) ?? []))
  const before = texts.problems
  if (after.length <= before.length) return undefined
  const known = new Set(before.map(({ message }) => message))
  return (after.find(({ message }) => !known.has(message)) ?? after[0]!).message
}

function replaced(text: string, replacements: readonly Replacement[]): string {
  let result = ''
  let last = 0
  for (const { place, text: by } of replacements.toSorted(
    (a, b) => a.place.span.start - b.place.span.start,
  )) {
    result += text.slice(last, place.span.start) + by
    last = place.span.end
  }
  return result + text.slice(last)
}

export function textAt({ source, span }: Place): string {
  return source.text.slice(span.start, span.end)
}

function refused(message: string): ResponseError {
  return new ResponseError(errorCodes.requestFailed, message)
}
