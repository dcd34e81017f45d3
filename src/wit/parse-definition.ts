import { parseAttributes } from './parse-attributes.ts'
import { parseParameters, parseResultType, parseSignature } from './parse-function.ts'
import { parseType } from './parse-type.ts'
import type {
  Annotations,
  CaseSyntax,
  FieldSyntax,
  FunctionTypeSyntax,
  ResourceDefinitionSyntax,
  ResourceFunctionSyntax,
  TypeDefinitionSyntax,
} from './syntax.ts'
import type { TokenReader } from './token-reader.ts'

/** `typedef-item`; undefined where none begins. */
export function parseDefinition(
  tokens: TokenReader,
  annotations: Annotations,
): TypeDefinitionSyntax | FunctionTypeSyntax | undefined {
  const { kind } = tokens
  switch (kind) {
    case 'type': {
      tokens.advance()
      const name = tokens.identifier()
      tokens.expect('=')
      if (tokens.dialect === 'wac' && (tokens.kind === 'func' || tokens.kind === 'async')) {
        const signature = parseSignature(tokens)
        tokens.expect(';')
        return { kind: 'function-type', ...annotations, name, signature }
      }
      const type = parseType(tokens)
      tokens.expect(';')
      return { kind: 'alias', ...annotations, name, type }
    }
    case 'record': {
      tokens.advance()
      const name = tokens.identifier()
      tokens.expect('{')
      refuseEmpty(tokens, 'record', 'field')
      return { kind, ...annotations, name, fields: tokens.list('}', (docs) => parseField(tokens, docs)) }
    }
    case 'variant': {
      tokens.advance()
      const name = tokens.identifier()
      tokens.expect('{')
      refuseEmpty(tokens, 'variant', 'case')
      return { kind, ...annotations, name, cases: tokens.list('}', (docs) => parseCase(tokens, docs)) }
    }
    case 'enum':
    case 'flags': {
      tokens.advance()
      const name = tokens.identifier()
      tokens.expect('{')
      refuseEmpty(tokens, kind, kind === 'enum' ? 'case' : 'flag')
      const cases = tokens.list('}', (docs) => ({ docs, name: tokens.identifier(), type: undefined }))
      return { kind, ...annotations, name, cases }
    }
    case 'resource':
      return parseResource(tokens, annotations)
    default:
      return undefined
  }
}

/** WIT leaves it to who looks up names, WAC refuses it at once. */
function refuseEmpty(tokens: TokenReader, kind: string, part: string): void {
  if (tokens.dialect === 'wac' && tokens.kind === '}')
    tokens.fail(tokens, `${kind} must contain at least one ${part}`)
}

function parseField(tokens: TokenReader, docs: string | undefined): FieldSyntax {
  const name = tokens.identifier()
  tokens.expect(':')
  return { docs, name, type: parseType(tokens) }
}

function parseCase(tokens: TokenReader, docs: string | undefined): CaseSyntax {
  const name = tokens.identifier()
  if (!tokens.eat('(')) return { docs, name, type: undefined }
  const type = parseType(tokens)
  tokens.expect(')')
  return { docs, name, type }
}

function parseResource(tokens: TokenReader, annotations: Annotations): ResourceDefinitionSyntax {
  tokens.advance()
  const name = tokens.identifier()
  const functions: ResourceFunctionSyntax[] = []
  if (tokens.kind === '{') tokens.block(() => functions.push(parseResourceFunction(tokens)))
  else tokens.expect(';')
  return { kind: 'resource', ...annotations, name, functions }
}

function parseResourceFunction(tokens: TokenReader): ResourceFunctionSyntax {
  const docs = tokens.docs()
  const attributes = parseAttributes(tokens)
  const { start, end } = tokens
  if (tokens.eat('constructor')) {
    const signature = { async: false, parameters: parseParameters(tokens), result: parseResultType(tokens) }
    tokens.expect(';')
    const name = { name: 'constructor', start, end }
    return { kind: 'function', role: 'constructor', docs, attributes, name, signature }
  }
  if (tokens.kind !== 'id' && tokens.kind !== 'explicit-id')
    tokens.unexpected('`constructor` or an identifier', {
      notes: tokens.kind === 'async' ? ['`async` stands before `func`: `name: async func()`'] : [],
    })
  const name = tokens.identifier()
  tokens.expect(':')
  const role = tokens.eat('static') ? 'static' : 'method'
  const signature = parseSignature(tokens)
  tokens.expect(';')
  return { kind: 'function', role, docs, attributes, name, signature }
}
