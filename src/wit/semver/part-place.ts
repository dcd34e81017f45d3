import { unescapeKeyword } from '../keywords.ts'
import { Lexer } from '../lex.ts'
import { type Place, Problems } from '../problems.ts'

/**
 * Where a part of a definition stands: a field, a case, a flag, or a parameter of a function. Packages keep the places of names
 * alone; this reads the text again, behind the name.
 *
 * @param place of the definition's name
 */
export function partPlace({ source, span }: Place, part: string): Place | undefined {
  const lexer = new Lexer(source, new Problems())
  lexer.advanceTo(span.end)
  let depth = 0
  let beginsPart = false
  for (; lexer.kind !== 'eof'; lexer.advance()) {
    const { kind, start, end } = lexer
    if (kind === '{' || kind === '(' || kind === '<') beginsPart = ++depth === 1
    else if (kind === '}' || kind === ')' || kind === '>') {
      if (--depth <= 0) return undefined
    } else if (kind === ';' && depth === 0) return undefined
    else if (kind === ',' && depth === 1) beginsPart = true
    else {
      const isName = kind === 'id' || kind === 'explicit-id'
      if (beginsPart && isName && unescapeKeyword(lexer.text()) === part)
        return { source, span: { start, end } }
      beginsPart = false
    }
  }
  return undefined
}
