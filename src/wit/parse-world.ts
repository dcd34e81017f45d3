import { functionHabit, semicolonHabit } from './habits.ts'
import { parseAttributes } from './parse-attributes.ts'
import { parseDefinition } from './parse-definition.ts'
import { parseSignature } from './parse-function.ts'
import { parseInterfaceBody } from './parse-interface.ts'
import { parseInclude, parseRestOfPath, parseUse } from './parse-use.ts'
import type {
  Annotations,
  ExternSyntax,
  FunctionTypeSyntax,
  Identifier,
  IncludeSyntax,
  ResourceDefinitionSyntax,
  TypeDefinitionSyntax,
  UsePath,
  UseSyntax,
  WorldSyntax,
} from './syntax.ts'
import type { TokenReader } from './token-reader.ts'

/** `world-item ::= gate 'world' id '{' world-items* '}'`; WAC has a `;` behind interfaces that are written in place. */
export function parseWorld(tokens: TokenReader, annotations: Annotations): WorldSyntax {
  tokens.advance()
  const name = tokens.identifier()
  const uses: UseSyntax[] = []
  const types: TypeDefinitionSyntax[] = []
  const includes: IncludeSyntax[] = []
  const functionTypes: FunctionTypeSyntax[] = []
  const items: (ExternSyntax | ResourceDefinitionSyntax)[] = []
  tokens.block(() => {
    const docs = tokens.docs()
    const own = { docs, attributes: parseAttributes(tokens) }
    switch (tokens.kind) {
      case 'use':
        uses.push(parseUse(tokens, own.attributes))
        return
      case 'include':
        includes.push(parseInclude(tokens, own.attributes))
        return
      case 'import':
      case 'export':
        items.push(parseExtern(tokens, own))
        return
    }
    const type = parseDefinition(tokens, own)
    if (type === undefined) return refuseItem(tokens)
    if (type.kind === 'function-type') {
      functionTypes.push(type)
      return
    }
    types.push(type)
    if (type.kind === 'resource') items.push(type)
  })
  return { kind: 'world', ...annotations, name, uses, types, includes, functionTypes, items }
}

function refuseItem(tokens: TokenReader): never {
  const words = [
    'import',
    'export',
    'include',
    'use',
    'record',
    'variant',
    'enum',
    'flags',
    'resource',
    'type',
  ]
  const notes = tokens.didYouMean(words)
  const imported = `in a world it is \`import ${tokens.text()}\` or \`export ${tokens.text()}\``
  if (notes.length === 0 && tokens.kind === 'id') notes.push(imported)
  if (tokens.kind === ';') notes.push(semicolonHabit)
  return tokens.unexpected('`import`, `export`, `include`, `use` or a type', { notes })
}

/**
 * `import-item`, `export-item`. What `a:b` begins is told apart by what follows: `a: b/c` is written `a:b/c` as well, and is
 * an interface of the package `a:b`.
 */
function parseExtern(tokens: TokenReader, annotations: Annotations): ExternSyntax {
  const direction = tokens.kind as 'import' | 'export'
  tokens.advance()
  const first = nameOfExtern(tokens, direction)
  const item = { kind: 'extern', direction, ...annotations } as const
  if (!tokens.eat(':')) {
    tokens.expect(';')
    return { ...item, label: undefined, type: { kind: 'path', path: { package: undefined, name: first } } }
  }
  if (tokens.kind === 'interface') {
    tokens.advance()
    const body = parseInterfaceBody(tokens)
    if (tokens.dialect === 'wac') tokens.eat(';')
    return { ...item, label: first, type: { kind: 'interface', body } }
  }
  if (tokens.kind === 'func' || tokens.kind === 'async') {
    const signature = parseSignature(tokens)
    tokens.expect(';')
    return { ...item, label: first, type: { kind: 'function', signature } }
  }
  return parseExternPath(tokens, item, first)
}

function nameOfExtern(tokens: TokenReader, direction: string): Identifier {
  const { kind } = tokens
  if (kind !== 'interface' && kind !== 'func') return tokens.identifier()
  return tokens.unexpected('a name', { notes: [`write \`${direction} name: ${kind} …\``] })
}

function parseExternPath(
  tokens: TokenReader,
  item: Omit<ExternSyntax, 'label' | 'type'>,
  first: Identifier,
): ExternSyntax {
  const second = tokens.identifier()
  const isQualified = tokens.kind === '/'
  let path: UsePath = { package: undefined, name: second }
  if (isQualified) path = parseRestOfPath(tokens, first, second)
  else if (tokens.eat(':')) path = parseRestOfPath(tokens, second, tokens.identifier())
  tokens.expect(';', tokens.kind === '(' ? { notes: [functionHabit] } : undefined)
  return { ...item, label: isQualified ? undefined : first, type: { kind: 'path', path } }
}
