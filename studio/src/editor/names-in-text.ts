/** Names in a WAC text, where the cursor is. */
import type { Block, Graph } from '../contract/graph.ts'

export interface NamePlace {
  readonly name: string
  readonly start: number
  readonly end: number
}

/** The identifier that an offset is in, or at the end of; without its `%`. */
export function nameAt(text: string, offset: number): NamePlace | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const lineEnd = text.indexOf('\n', offset)
  const line = text.slice(lineStart, lineEnd === -1 ? text.length : lineEnd)
  for (const match of line.matchAll(/%?[A-Za-z][\w-]*/g)) {
    const start = lineStart + match.index
    const end = start + match[0].length
    if (start <= offset && offset <= end) return { name: match[0].replace('%', ''), start, end }
  }
  return undefined
}

/** Where a name is made: by `let`, `import` or a type's statement. */
export function definitionOf(text: string, name: string): NamePlace | undefined {
  const definition = new RegExp(
    `^([ \\t]*(?:let|import|type|interface|record|variant|enum|flags|resource|world)\\s+)(%?${name})(?![\\w-])`,
    'm',
  )
  const match = definition.exec(text)
  if (match === null) return undefined
  const start = match.index + match[1]!.length
  return { name, start, end: start + match[2]!.length }
}

/** The block whose statement an offset is in; of several in one statement, the innermost. */
export function blockAt({ blocks }: Graph, offset: number): Block | undefined {
  const around = (range: { readonly start: number; readonly end: number }) =>
    range.start <= offset && offset <= range.end
  const inside = blocks.filter(
    ({ statement, place }) => around(statement) && (around(place) || isOnly(blocks, statement)),
  )
  const size = ({ place }: Block) => place.end - place.start
  return inside.toSorted((a, b) => Number(around(b.place)) - Number(around(a.place)) || size(a) - size(b))[0]
}

/** Whether one block alone is made by a statement: then all of it speaks of that. */
function isOnly(blocks: readonly Block[], statement: Block['statement']): boolean {
  return blocks.filter((block) => block.statement.start === statement.start).length === 1
}
