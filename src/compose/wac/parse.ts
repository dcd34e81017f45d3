import type { Source } from '../../diagnostics/source.ts'
import type { Span } from '../../diagnostics/span.ts'
import { reportForbiddenCharacters } from '../../wit/forbidden-characters.ts'
import { parseAttributes } from '../../wit/parse-attributes.ts'
import { parseDefinition } from '../../wit/parse-definition.ts'
import { parseSignature } from '../../wit/parse-function.ts'
import { parseInterface, parseInterfaceBody } from '../../wit/parse-interface.ts'
import { parseWorld } from '../../wit/parse-world.ts'
import type { Problems } from '../../wit/problems.ts'
import { TokenReader } from '../../wit/token-reader.ts'
import { isWord, parseExpression, parseExternName } from './parse-expression.ts'
import { parsePackageReference, parsePath, parsePathFrom } from './parse-path.ts'
import type { DocumentSyntax, ImportTypeSyntax, StatementSyntax } from './syntax.ts'

/**
 * A WAC text as a syntax tree. What cannot be read is reported and left out; undefined where the text has no name, without which
 * nothing in it can be looked up.
 */
export function parseDocument(source: Source, problems: Problems): DocumentSyntax | undefined {
  const before = problems.count
  reportForbiddenCharacters(source, problems)
  if (problems.count > before) return undefined
  const tokens = new TokenReader(source, problems, 'wac')
  let declaration: Declaration | undefined
  tokens.attempt(() => {
    declaration = parsePackageDirective(tokens)
  }, 0)
  const statements: StatementSyntax[] = []
  const spans: Span[] = []
  while (declaration && tokens.kind !== 'eof') {
    tokens.attempt(() => {
      const { start } = tokens
      statements.push(parseStatement(tokens))
      spans.push({ start, end: tokens.previousEnd })
    }, 0)
  }
  problems.sort(before)
  return declaration && { source, ...declaration, statements, spans }
}

type Declaration = Pick<DocumentSyntax, 'package' | 'docs' | 'targets' | 'declaration'>

/** `package-decl ::= 'package' package-name ('targets' package-path)? ';'` */
function parsePackageDirective(tokens: TokenReader): Declaration {
  const docs = tokens.docs()
  const { start } = tokens
  if (tokens.kind !== 'package') {
    if (tokens.kind === 'eof') tokens.unexpected('keyword `package`')
    tokens.fail(tokens, 'expected keyword `package`', {
      notes: ['a WAC document begins with its name: `package namespace:name;`'],
    })
  }
  tokens.advance()
  const name = parsePackageReference(tokens)
  let targets: DocumentSyntax['targets']
  if (isWord(tokens, 'targets')) {
    tokens.advance()
    targets = parsePath(tokens)
  }
  tokens.expect(';')
  return { package: name, docs, targets, declaration: { start, end: tokens.previousEnd } }
}

/** `statement ::= import-statement | type-statement | let-statement | export-statement` */
function parseStatement(tokens: TokenReader): StatementSyntax {
  const docs = tokens.docs()
  const attributes = parseAttributes(tokens)
  if (tokens.kind === 'interface') return parseInterface(tokens, { docs, attributes })
  if (tokens.kind === 'world') return parseWorld(tokens, { docs, attributes })
  const isComposing = tokens.kind === 'import' || tokens.kind === 'export' || isWord(tokens, 'let')
  const [first] = attributes
  if (isComposing && first)
    tokens.report(first, 'gates are for types, interfaces and worlds', {
      notes: ['imports, exports and `let` are part of every composition'],
    })
  if (tokens.kind === 'import') return parseImport(tokens)
  if (tokens.kind === 'export') return parseExport(tokens)
  if (isComposing) {
    tokens.advance()
    const id = tokens.identifier()
    tokens.expect('=')
    const expression = parseExpression(tokens)
    tokens.expect(';')
    return { kind: 'let', id, expression }
  }
  if (tokens.kind === 'resource')
    tokens.fail(tokens, 'a resource can be defined only in an interface or a world', {
      notes: ['move it into `interface name { … }`'],
    })
  const type = parseDefinition(tokens, { docs, attributes })
  return type ?? tokens.unexpected('`import`, `let`, `export`, `interface`, `world` or a type')
}

/** `import-statement ::= 'import' id ('as' (id | string))? ':' import-type ';'` */
function parseImport(tokens: TokenReader): StatementSyntax {
  tokens.advance()
  const id = tokens.identifier()
  const as = tokens.eat('as') ? parseExternName(tokens) : undefined
  tokens.expect(':')
  const type = parseImportType(tokens)
  tokens.expect(';')
  return { kind: 'import', id, as, type }
}

/** `import-type ::= package-path | func-type | inline-interface | id` */
function parseImportType(tokens: TokenReader): ImportTypeSyntax {
  switch (tokens.kind) {
    case 'func':
    case 'async':
      return { kind: 'function', signature: parseSignature(tokens) }
    case 'interface':
      tokens.advance()
      return { kind: 'interface', body: parseInterfaceBody(tokens) }
    case 'id':
    case 'explicit-id': {
      const first = tokens.identifier()
      return startsPath(tokens)
        ? { kind: 'path', path: parsePathFrom(tokens, first) }
        : { kind: 'name', name: first }
    }
    default:
      return tokens.unexpected('`func`, `interface`, a name or a path')
  }
}

/** After its first name. */
function startsPath(tokens: TokenReader): boolean {
  return tokens.kind === ':'
}

/** `export-statement ::= 'export' expr ('...' | 'as' (id | string))? ';'` */
function parseExport(tokens: TokenReader): StatementSyntax {
  tokens.advance()
  const expression = parseExpression(tokens)
  const span = { start: tokens.start, end: tokens.end }
  if (tokens.eat('...')) {
    if (tokens.kind === 'as')
      tokens.fail(tokens, 'exports that are spread keep their names', {
        notes: ['export one by name instead: `export instance.name as other;`'],
      })
    tokens.expect(';')
    return { kind: 'export', expression, as: undefined, spread: span }
  }
  const as = tokens.eat('as') ? parseExternName(tokens) : undefined
  if (as === undefined && tokens.kind !== ';') tokens.unexpected("';', `as` or `...`")
  tokens.expect(';')
  return { kind: 'export', expression, as, spread: undefined }
}
