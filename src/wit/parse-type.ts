import { limits } from '../component/limits.ts'
import { definitionHabit } from './habits.ts'
import type { TypeSyntax } from './syntax.ts'
import type { TokenKind } from './token.ts'
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
      const resource = parseArguments(tokens, () => tokens.identifier('the name of a resource'))
      return { kind, resource, start: resource.start, end: resource.end }
    }
    case 'list':
      return parseList(tokens, depth)
    case 'option': {
      tokens.advance()
      const type = parseArguments(tokens, () => parseType(tokens, depth + 1))
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
      if (tokens.kind !== '<') return { kind, element: undefined, start, end }
      const element = parseArguments(tokens, () => parseType(tokens, depth + 1))
      return { kind, element, start, end }
    }
    case 'map': {
      tokens.advance()
      return parseArguments(tokens, () => {
        const key = parseType(tokens, depth + 1)
        tokens.expect(',')
        return { kind, key, value: parseType(tokens, depth + 1), start, end }
      })
    }
    default:
      return tokens.unexpected('a type', { notes: typeNotes(kind) })
  }
}

function typeNotes(kind: TokenKind): string[] {
  if (kind === '(') return ['several values are a `tuple<…>`, and a function without a result has no `->`']
  return [definitionHabit(kind) ?? []].flat()
}

/** What stands between `<` and `>`. */
function parseArguments<T>(tokens: TokenReader, read: () => T): T {
  tokens.expect('<')
  const opened = tokens.previousEnd
  const result = read()
  tokens.close('>', opened)
  return result
}

function parseName(tokens: TokenReader): TypeSyntax {
  const { name, start, end } = tokens.identifier()
  return { kind: 'name', name, start, end }
}

/** `list<ty>`, `list<ty, 4>` */
function parseList(tokens: TokenReader, depth: number): TypeSyntax {
  const { start, end } = tokens
  tokens.advance()
  return parseArguments(tokens, () => {
    const element = parseType(tokens, depth + 1)
    const length = tokens.eat(',') ? parseLength(tokens) : undefined
    return { kind: 'list', element, length, start, end }
  })
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
  if (tokens.kind !== '<') return { kind: 'result', ok: undefined, error: undefined, start, end }
  return parseArguments(tokens, () => {
    const hasOk = tokens.kind !== '_'
    const ok = hasOk ? parseType(tokens, depth + 1) : undefined
    if (!hasOk) tokens.advance()
    const mayEnd = hasOk || tokens.dialect === 'wac'
    if (!mayEnd && tokens.kind !== ',') tokens.expect(',')
    const hasError = tokens.eat(',')
    const error = hasError ? parseType(tokens, depth + 1) : undefined
    return { kind: 'result', ok, error, start, end }
  })
}
