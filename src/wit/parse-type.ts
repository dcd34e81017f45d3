import { limits } from '../component/limits.ts'
import type { TypeSyntax } from './syntax.ts'
import type { TokenReader } from './token-reader.ts'

/** `ty` (WIT.md, "Types"). `depth` counts the types around this one. */
export function parseType(tokens: TokenReader, depth = 0): TypeSyntax {
  const { start, end, kind } = tokens
  if (depth >= limits.typeDepth)
    tokens.fail(tokens, 'type nesting too deep', { notes: [`types nest at most ${limits.typeDepth} deep`] })
  switch (kind) {
    case 'u8':
    case 'u16':
    case 'u32':
    case 'u64':
    case 's8':
    case 's16':
    case 's32':
    case 's64':
    case 'f32':
    case 'f64':
    case 'char':
    case 'bool':
    case 'string':
    case 'error-context':
      tokens.advance()
      return { kind, start, end }
    case 'id':
    case 'explicit-id':
      return parseName(tokens)
    case 'own':
    case 'borrow': {
      tokens.advance()
      tokens.expect('<')
      const resource = tokens.identifier()
      tokens.expect('>')
      return { kind, resource, start: resource.start, end: resource.end }
    }
    case 'list':
      return parseList(tokens, depth)
    case 'option': {
      tokens.advance()
      tokens.expect('<')
      const type = parseType(tokens, depth + 1)
      tokens.expect('>')
      return { kind, type, start, end }
    }
    case 'result':
      return parseResult(tokens, depth)
    case 'tuple': {
      tokens.advance()
      tokens.expect('<')
      const types = tokens.list('>', () => parseType(tokens, depth + 1))
      return { kind, types, start, end }
    }
    case 'stream':
    case 'future': {
      tokens.advance()
      if (!tokens.eat('<')) return { kind, element: undefined, start, end }
      const element = parseType(tokens, depth + 1)
      tokens.expect('>')
      return { kind, element, start, end }
    }
    case 'map': {
      tokens.advance()
      tokens.expect('<')
      const key = parseType(tokens, depth + 1)
      tokens.expect(',')
      const value = parseType(tokens, depth + 1)
      tokens.expect('>')
      return { kind, key, value, start, end }
    }
    default:
      return tokens.unexpected('a type')
  }
}

function parseName(tokens: TokenReader): TypeSyntax {
  const { name, start, end } = tokens.identifier()
  return { kind: 'name', name, start, end }
}

/** `list<ty>`, `list<ty, 4>` */
function parseList(tokens: TokenReader, depth: number): TypeSyntax {
  const { start, end } = tokens
  tokens.advance()
  tokens.expect('<')
  const element = parseType(tokens, depth + 1)
  const length = tokens.eat(',') ? parseLength(tokens) : undefined
  tokens.expect('>')
  return { kind: 'list', element, length, start, end }
}

function parseLength(tokens: TokenReader): number {
  if (tokens.kind !== 'integer') tokens.unexpected('a length')
  const length = Number(tokens.text())
  const most = limits.fixedLengthListElements
  if (length < 1 || length > most)
    tokens.report(tokens, `invalid list length: it must be at least 1 and at most ${most}`)
  tokens.advance()
  return length
}

/** `result`, `result<ty>`, `result<_, ty>`, `result<ty, ty>`; in WAC `result<_>` is `result`. */
function parseResult(tokens: TokenReader, depth: number): TypeSyntax {
  const { start, end } = tokens
  tokens.advance()
  if (!tokens.eat('<')) return { kind: 'result', ok: undefined, error: undefined, start, end }
  const hasOk = tokens.kind !== '_'
  const ok = hasOk ? parseType(tokens, depth + 1) : undefined
  if (!hasOk) tokens.advance()
  const mayEnd = hasOk || tokens.dialect === 'wac'
  if (!mayEnd && tokens.kind !== ',') tokens.expect(',')
  const hasError = tokens.eat(',')
  const error = hasError ? parseType(tokens, depth + 1) : undefined
  tokens.expect('>')
  return { kind: 'result', ok, error, start, end }
}
