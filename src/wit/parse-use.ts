import { parseOptionalVersion } from './parse-version.ts'
import type { Attribute, Identifier, IncludeSyntax, TopLevelUse, UsePath, UseSyntax } from './syntax.ts'
import type { TokenReader } from './token-reader.ts'

/** `use-path ::= id | id ':' id '/' id ('@' valid-semver)?` */
function parseUsePath(tokens: TokenReader): UsePath {
  const first = tokens.identifier()
  return tokens.eat(':')
    ? parseRestOfPath(tokens, first, tokens.identifier())
    : { package: undefined, name: first }
}

/** What follows `namespace:own`. */
export function parseRestOfPath(tokens: TokenReader, namespace: Identifier, own: Identifier): UsePath {
  tokens.expect('/')
  const name = tokens.identifier()
  const version = parseOptionalVersion(tokens)?.version
  const { start } = namespace
  return {
    package: { namespace: namespace.name, package: own.name, version, start, end: own.end },
    name,
  }
}

const bracesHabit = { notes: ['the names of types stand in braces: `use interface.{a, b as c};`'] }

/** `use-item ::= 'use' use-path '.' '{' use-names-list '}' ';'` */
export function parseUse(tokens: TokenReader, attributes: readonly Attribute[]): UseSyntax {
  tokens.advance()
  const path = parseUsePath(tokens)
  tokens.expect('.', bracesHabit)
  tokens.expect('{', bracesHabit)
  const names = tokens.list('}', () => {
    const name = tokens.identifier()
    return { name, as: tokens.eat('as') ? tokens.identifier() : undefined }
  })
  tokens.expect(';')
  return { kind: 'use', attributes, path, names }
}

/** `toplevel-use-item ::= 'use' use-path ('as' id)? ';'` */
export function parseTopLevelUse(tokens: TokenReader, attributes: readonly Attribute[]): TopLevelUse {
  const span = { start: tokens.start, end: tokens.end }
  tokens.advance()
  const path = parseUsePath(tokens)
  const as = tokens.eat('as') ? tokens.identifier() : undefined
  tokens.expect(';')
  return { kind: 'use', span, attributes, path, as }
}

/** `include-item ::= 'include' use-path (';' | 'with' '{' include-names-list '}')`; a `;` behind the brace is nobody's but WAC's. */
export function parseInclude(tokens: TokenReader, attributes: readonly Attribute[]): IncludeSyntax {
  tokens.advance()
  const path = parseUsePath(tokens)
  if (!tokens.eat('with')) {
    tokens.expect(';')
    return { attributes, path, names: [] }
  }
  tokens.expect('{')
  const names = tokens.list('}', () => {
    const name = tokens.identifier()
    tokens.expect('as')
    return { name, as: tokens.identifier() }
  })
  if (tokens.dialect === 'wac') tokens.eat(';')
  return { attributes, path, names }
}
