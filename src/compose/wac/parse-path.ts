import type { Span } from '../../diagnostics/span.ts'
import { parseVersion } from '../../component/semver.ts'
import type { Identifier } from '../../wit/syntax.ts'
import { keywords } from '../../wit/keywords.ts'
import type { TokenReader } from '../../wit/token-reader.ts'
import type { PackageReference, PathSyntax } from './syntax.ts'

/** All that could be meant as a version: what follows an `@`. */
const versionLike = /[0-9A-Za-z+-]+(?:\.[0-9A-Za-z+-]+)*/y

/** `package-name ::= id (':' id)+ ('@' version)?` */
export function parsePackageReference(tokens: TokenReader): PackageReference {
  return withVersion(tokens, parseName(tokens, anyWord(tokens)))
}

/** `package-path ::= id (':' id)+ ('/' id)+ ('@' version)?`, of which the first name was read. */
export function parsePathFrom(tokens: TokenReader, first: Identifier): PathSyntax {
  const name = parseName(tokens, first)
  const segments: Identifier[] = []
  do {
    tokens.expect('/')
    segments.push(parseWord(tokens))
  } while (tokens.kind === '/')
  const version = tokens.eat('@') ? parseVersionSyntax(tokens) : undefined
  const { start } = first
  return {
    package: { ...name, version: version?.text },
    segments,
    start,
    end: version?.end ?? segments.at(-1)!.end,
  }
}

export function parsePath(tokens: TokenReader): PathSyntax {
  return parsePathFrom(tokens, anyWord(tokens))
}

/** Behind a `:`, `/` or `.`, where no keyword can stand: words that are keywords elsewhere are names as well. */
export function parseWord(tokens: TokenReader): Identifier {
  // One further on begins something else, in a text that is half written.
  return tokens.start === tokens.previousEnd ? anyWord(tokens) : tokens.identifier()
}

function anyWord(tokens: TokenReader): Identifier {
  if (!keywords.has(tokens.kind)) return tokens.identifier()
  const { start, end } = tokens
  const name = tokens.text()
  tokens.advance()
  return { name, start, end }
}

function parseName(tokens: TokenReader, first: Identifier): PackageReference {
  const parts = [first]
  do {
    tokens.expect(':')
    parts.push(parseWord(tokens))
  } while (tokens.kind === ':')
  const span = { start: first.start, end: parts.at(-1)!.end }
  return { name: parts.map(({ name }) => name).join(':'), version: undefined, nameSpan: span, ...span }
}

function withVersion(tokens: TokenReader, name: PackageReference): PackageReference {
  if (!tokens.eat('@')) return name
  const version = parseVersionSyntax(tokens)
  return { ...name, version: version.text, end: version.end }
}

function parseVersionSyntax(tokens: TokenReader): Span & { readonly text: string } {
  const { start } = tokens
  versionLike.lastIndex = start
  const text = versionLike.exec(tokens.source.text)?.[0]
  if (text === undefined) return tokens.unexpected('a version')
  const end = start + text.length
  if ('problem' in parseVersion(text))
    tokens.fail({ start, end }, `\`${text}\` is not a valid semantic version`, {
      notes: ['a version has three numbers, and may go on behind them: `1.0.0`, `0.2.0-rc-1`'],
    })
  tokens.advanceTo(end)
  return { text, start, end }
}
