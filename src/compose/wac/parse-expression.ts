import { limits } from '../../component/limits.ts'
import { parsePackageReference, parseWord } from './parse-path.ts'
import type { ArgumentSyntax, ExpressionSyntax, NameSyntax } from './syntax.ts'
import type { TokenReader } from '../../wit/token-reader.ts'

/** `expr ::= primary-expr postfix-expr*`. `depth` counts the expressions around this one. */
export function parseExpression(tokens: TokenReader, depth = 0): ExpressionSyntax {
  let expression = parsePrimary(tokens, depth)
  while (tokens.kind === '.' || tokens.kind === '[') {
    const { start } = tokens
    const name = tokens.kind === '.' ? parseAccess(tokens) : parseNamedAccess(tokens)
    const end = tokens.previousEnd
    const operation = { start, end }
    expression = { kind: 'access', of: expression, name, operation, start: expression.start, end }
  }
  return expression
}

/** `primary-expr ::= new-expr | '(' expr ')' | id` */
function parsePrimary(tokens: TokenReader, depth: number): ExpressionSyntax {
  const { start } = tokens
  if (depth >= limits.typeDepth)
    tokens.fail(tokens, 'expression nesting too deep', {
      notes: [`expressions nest at most ${limits.typeDepth} deep: give one a name with \`let\``],
    })
  if (tokens.eat('(')) {
    const inner = parseExpression(tokens, depth + 1)
    tokens.expect(')')
    return { kind: 'nested', inner, start, end: tokens.previousEnd }
  }
  if (isWord(tokens, 'new')) return parseNew(tokens, depth)
  if (tokens.kind !== 'id' && tokens.kind !== 'explicit-id')
    tokens.unexpected('an expression: a name, `new` or `(`')
  return { kind: 'name', ...tokens.identifier() }
}

/** `new-expr ::= 'new' package-name '{' instantiation-args '}'` */
function parseNew(tokens: TokenReader, depth: number): ExpressionSyntax {
  const { start } = tokens
  tokens.advance()
  const reference = parsePackageReference(tokens)
  tokens.expect('{')
  const parsed = tokens.list('}', () => parseArgument(tokens, depth))
  return { kind: 'new', package: reference, arguments: parsed, start, end: tokens.previousEnd }
}

/** `instantiation-arg ::= id | '...' id | '...' | (id | string) ':' expr` */
function parseArgument(tokens: TokenReader, depth: number): ArgumentSyntax {
  const { start, end } = tokens
  if (tokens.eat('...')) {
    if (tokens.kind === ',' || tokens.kind === '}') return { kind: 'implicit', start, end }
    const id = tokens.identifier()
    return { kind: 'spread', id, start, end: id.end }
  }
  if (tokens.kind !== 'text' && tokens.kind !== 'id' && tokens.kind !== 'explicit-id')
    tokens.unexpected('an argument: a name, a string, `...` or `}`')
  const name = parseExternName(tokens)
  const isNamed = tokens.eat(':')
  if (!name.quoted && !isNamed) {
    const id = { name: name.text, start, end: name.end }
    return { kind: 'inferred', id, start, end: name.end }
  }
  if (!isNamed) tokens.unexpected("':'")
  const value = parseExpression(tokens, depth + 1)
  return { kind: 'named', name, value, start, end: value.end }
}

/** `id | string` */
export function parseExternName(tokens: TokenReader): NameSyntax {
  if (tokens.kind !== 'text') {
    const { name, start, end } = tokens.identifier()
    return { text: name, quoted: false, start, end }
  }
  const { start, end } = tokens
  tokens.advance()
  // Strings of WAC have no escapes.
  return { text: tokens.source.text.slice(start + 1, end - 1), quoted: true, start, end }
}

/** `'.' id` */
function parseAccess(tokens: TokenReader): NameSyntax {
  tokens.advance()
  const { name, start, end } = parseWord(tokens)
  return { text: name, quoted: false, start, end }
}

/** `'[' string ']'` */
function parseNamedAccess(tokens: TokenReader): NameSyntax {
  tokens.advance()
  if (tokens.kind !== 'text') tokens.unexpected('a string')
  const name = parseExternName(tokens)
  tokens.expect(']')
  return name
}

/** Words that only WAC reserves, and only where they can stand: in WIT they are names like others. */
export function isWord(tokens: TokenReader, word: 'let' | 'new' | 'targets'): boolean {
  return tokens.kind === 'id' && tokens.text() === word
}
