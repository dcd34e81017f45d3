import { functionHabit } from './habits.ts'
import { parseType } from './parse-type.ts'
import type {
  Annotations,
  FieldSyntax,
  FunctionSyntax,
  Identifier,
  SignatureSyntax,
  TypeSyntax,
} from './syntax.ts'
import { describeToken } from './token.ts'
import type { TokenReader } from './token-reader.ts'

/** `func-item ::= id ':' func-type ';'`; in WAC a name may stand for the type. */
export function parseFunction(tokens: TokenReader, annotations: Annotations): FunctionSyntax {
  const name = tokens.identifier()
  tokens.expect(':', tokens.kind === '(' || tokens.kind === 'id' ? { notes: [functionHabit] } : undefined)
  const isNamed = tokens.dialect === 'wac' && (tokens.kind === 'id' || tokens.kind === 'explicit-id')
  const signature = isNamed ? namedSignature(tokens.identifier()) : parseSignature(tokens)
  tokens.expect(';')
  const { docs, attributes } = annotations
  return { kind: 'function', docs, attributes, name, signature }
}

export function namedSignature(reference: Identifier): SignatureSyntax {
  return { async: false, parameters: [], result: undefined, reference }
}

/** `func-type ::= 'async'? 'func' param-list result-list` */
export function parseSignature(tokens: TokenReader): SignatureSyntax {
  const async = tokens.eat('async')
  if (tokens.kind !== 'func') refuseSignature(tokens, async)
  tokens.advance()
  return { async, parameters: parseParameters(tokens), result: parseResultType(tokens) }
}

function refuseSignature(tokens: TokenReader, async: boolean): never {
  const isLate = async && tokens.kind === 'static'
  const note = isLate ? '`static` comes first: `name: static async func()`' : functionHabit
  return tokens.unexpected(describeToken('func'), { notes: [note] })
}

export function parseParameters(tokens: TokenReader): FieldSyntax[] {
  tokens.expect('(')
  return tokens.list(')', () => {
    const name = tokens.identifier()
    tokens.expect(':')
    return { docs: undefined, name, type: parseType(tokens) }
  })
}

export function parseResultType(tokens: TokenReader): TypeSyntax | undefined {
  return tokens.eat('->') ? parseType(tokens) : undefined
}
