import type { Attribute } from './syntax.ts'
import { parseText } from './parse-text.ts'
import { parseVersionSyntax } from './parse-version.ts'
import type { TokenReader } from './token-reader.ts'

const none: readonly Attribute[] = []

/** `gate` and `external-id` (WIT.md, "Feature gate syntax", "Item: `world`"). */
export function parseAttributes(tokens: TokenReader): readonly Attribute[] {
  if (tokens.kind !== '@') return none
  const attributes: Attribute[] = []
  while (tokens.eat('@')) attributes.push(parseAttribute(tokens))
  return attributes
}

function parseAttribute(tokens: TokenReader): Attribute {
  const { name, start, end } = tokens.identifier()
  switch (name) {
    case 'since':
    case 'deprecated':
      return {
        kind: name,
        version: field(tokens, 'version', () => parseVersionSyntax(tokens).version),
        start,
        end,
      }
    case 'unstable':
      return { kind: name, feature: field(tokens, 'feature', () => tokens.identifier().name), start, end }
    case 'external-id': {
      tokens.expect('(')
      const id = parseText(tokens)
      tokens.expect(')')
      return { kind: name, id, start, end }
    }
    default:
      return tokens.fail({ start, end }, `unknown attribute \`${name}\``, {
        notes: ['known are @since, @unstable, @deprecated and @external-id'],
      })
  }
}

/** `(name = value)` */
function field(tokens: TokenReader, name: string, read: () => string): string {
  tokens.expect('(')
  const found = tokens.identifier()
  if (found.name !== name) tokens.fail(found, `expected \`${name}\`, found \`${found.name}\``)
  tokens.expect('=')
  const value = read()
  tokens.expect(')')
  return value
}
