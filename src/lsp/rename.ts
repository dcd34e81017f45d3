import { isLabel } from '../component/names.ts'
import { analyzeWit, parseWitFile } from '../wit/analyze.ts'
import { escapeKeyword } from '../wit/keywords.ts'
import type { Place } from '../wit/problems.ts'
import { keyOf } from '../wit/references.ts'
import { errorCodes, ResponseError } from './json-rpc.ts'
import type { Unit } from './unit.ts'

/** Where a name is said that can be renamed, and who gave it. */
export interface Renamable {
  readonly namer: Place
  readonly span: Place['span']
}

/**
 * @param isOwn of a path: it is none of a dependency
 * @throws {ResponseError} where there is a name that cannot be renamed, with the reason
 */
export function renamable(
  unit: Unit,
  path: string,
  offset: number,
  isOwn: (path: string) => boolean,
): Renamable | undefined {
  const found = unit.occurrence(path, offset)
  if (found === undefined) return undefined
  const namer = unit.namer(found.place)
  const kind = unit.definitions.get(keyOf(namer))?.definition.kind
  if (kind === 'package')
    throw refused('a package is renamed by hand: others name it, too, and their files are elsewhere')
  if (kind === 'constructor') throw refused('a constructor has no name of its own')
  if (!isOwn(namer.source.name))
    throw refused(
      `\`${textAt(namer)}\` is defined in a dependency, ${namer.source.name}: give it another name with \`as\``,
    )
  return { namer, span: found.span }
}

/**
 * The places that say a name, and what must stand there to rename it.
 *
 * @throws {ResponseError} where the new name is none, or the texts would not be right with it
 */
export function rename(
  unit: Unit,
  { namer }: Renamable,
  newName: string,
  isOwn: (path: string) => boolean,
): { readonly places: readonly Place[]; readonly text: string } {
  const name = newName.startsWith('%') ? newName.slice(1) : newName
  if (!isLabel(name))
    throw refused(
      `\`${newName}\` is not in kebab case: words of small letters, or acronyms of capital ones, joined by \`-\``,
    )
  const text = escapeKeyword(name)
  const places = unit.namedBy(namer).filter((place) => isOwn(place.source.name))
  const problem = problemWith(unit, places, text)
  if (problem !== undefined) throw refused(`with the name \`${name}\`: ${problem}`)
  return { places, text }
}

/** Tries it: the first problem that the texts have then and had not before. */
function problemWith(unit: Unit, places: readonly Place[], text: string): string | undefined {
  const byFile = Map.groupBy(places, ({ source }) => source.name)
  const groups = unit.groups.map((files) =>
    files.map((file) => {
      const own = byFile.get(file.syntax.source.name)
      if (own === undefined) return file
      const { name, text: before } = file.syntax.source
      return parseWitFile({ name, text: replaced(before, own, text) })
    }),
  )
  const before = unit.analysis.problems
  const after = analyzeWit(groups, unit.binary).problems
  if (after.length <= before.length) return undefined
  const known = new Set(before.map(({ message }) => message))
  return (after.find(({ message }) => !known.has(message)) ?? after[0]!).message
}

function replaced(text: string, places: readonly Place[], by: string): string {
  let result = ''
  let last = 0
  for (const { span } of places.toSorted((a, b) => a.span.start - b.span.start)) {
    result += text.slice(last, span.start) + by
    last = span.end
  }
  return result + text.slice(last)
}

export function textAt({ source, span }: Place): string {
  return source.text.slice(span.start, span.end)
}

function refused(message: string): ResponseError {
  return new ResponseError(errorCodes.requestFailed, message)
}
