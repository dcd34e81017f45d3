import type { Source } from '../diagnostics/source.ts'
import { limits } from '../component/limits.ts'
import { reportForbiddenCharacters } from './forbidden-characters.ts'
import { semicolonHabit } from './habits.ts'
import { parseAttributes } from './parse-attributes.ts'
import { parseInterface } from './parse-interface.ts'
import { parseTopLevelUse } from './parse-use.ts'
import { parseOptionalVersion } from './parse-version.ts'
import { parseWorld } from './parse-world.ts'
import type { Problems } from './problems.ts'
import type {
  FileSyntax,
  NestedPackageSyntax,
  PackageDeclaration,
  PackageNameSyntax,
  TopLevelItem,
} from './syntax.ts'
import { refuseSize } from './text-size.ts'
import { TokenReader } from './token-reader.ts'

/**
 * One file of WIT as a syntax tree (WIT.md, "Top-level items"). What cannot be read is reported and left out.
 */
export function parseFile(source: Source, problems: Problems): FileSyntax {
  const before = problems.count
  if (source.text.length > limits.witText) refuseSize(source, problems)
  else reportForbiddenCharacters(source, problems)
  if (problems.count > before) return { source, declaration: undefined, items: [], packages: [] }
  const tokens = new TokenReader(source, problems)
  const file = new Items()
  let declaration: PackageDeclaration | undefined
  let isFirst = true
  while (tokens.kind !== 'eof') {
    tokens.attempt(() => {
      const mayDeclare = isFirst
      isFirst = false
      declaration = parseItem(tokens, file, 0, mayDeclare) ?? declaration
    }, 0)
  }
  problems.sort(before)
  return { source, declaration, ...file }
}

class Items {
  readonly items: TopLevelItem[] = []
  readonly packages: NestedPackageSyntax[] = []
}

/** `toplevel-use-item | interface-item | world-item | nested-package-definition`; the first may be `package-decl ';'`. */
function parseItem(
  tokens: TokenReader,
  into: Items,
  depth: number,
  mayDeclare: boolean,
): PackageDeclaration | undefined {
  const docs = tokens.docs()
  const docsSpan = commentsBefore(tokens)
  const attributes = parseAttributes(tokens)
  switch (tokens.kind) {
    case 'interface':
      into.items.push(parseInterface(tokens, { docs, attributes }))
      return undefined
    case 'world':
      into.items.push(parseWorld(tokens, { docs, attributes }))
      return undefined
    case 'use':
      into.items.push(parseTopLevelUse(tokens, attributes))
      return undefined
    case 'package': {
      if (attributes.length > 0) tokens.fail(tokens, 'packages cannot have attributes')
      const { start, end } = tokens
      tokens.advance()
      const name = parsePackageName(tokens)
      const declaration = { name, docs, docsSpan }
      if (mayDeclare && tokens.eat(';')) return declaration
      into.packages.push(parseNestedPackage(tokens, declaration, depth, { start, end }))
      return undefined
    }
    default:
      return tokens.unexpected('`world`, `interface`, `use` or `package`', {
        notes:
          tokens.kind === ';'
            ? [semicolonHabit]
            : tokens.didYouMean(['world', 'interface', 'use', 'package']),
      })
  }
}

/** `nested-package-definition ::= package-decl '{' package-items* '}'` */
function parseNestedPackage(
  tokens: TokenReader,
  declaration: PackageDeclaration,
  depth: number,
  keyword: { start: number; end: number },
): NestedPackageSyntax {
  if (depth >= limits.textDepth / 4) tokens.fail(keyword, 'package nesting too deep')
  const own = new Items()
  const isHeader = tokens.kind === ';'
  const notes = [
    'a file begins with one `package …;`, what further packages have stands in braces behind their names',
  ]
  tokens.block(
    () => {
      parseItem(tokens, own, depth + 1, false)
    },
    isHeader ? { notes } : undefined,
  )
  return { declaration, items: own.items, packages: own.packages }
}

/** `package-decl ::= 'package' id ':' id ('@' valid-semver)?` */
function parsePackageName(tokens: TokenReader): PackageNameSyntax {
  const namespace = tokens.identifier()
  tokens.expect(':')
  const name = tokens.identifier()
  const version = parseOptionalVersion(tokens)
  return {
    namespace: namespace.name,
    package: name.name,
    version: version?.version,
    start: namespace.start,
    end: version?.end ?? name.end,
  }
}

function commentsBefore(tokens: TokenReader): { start: number; end: number } {
  const { text } = tokens.source
  let start = tokens.previousEnd
  let end = tokens.start
  while (start < end && /\s/.test(text[start]!)) start++
  while (start < end && /\s/.test(text[end - 1]!)) end--
  return { start, end }
}
