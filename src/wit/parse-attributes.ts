import type { Attribute } from './syntax.ts'
import { parseText } from './parse-text.ts'
import { parseVersionSyntax } from './parse-version.ts'
import type { ProblemDetails } from './problems.ts'
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
        version: field(tokens, name, 'version', () => parseVersionSyntax(tokens).version),
        start,
        end,
      }
    case 'unstable':
      return {
        kind: name,
        feature: field(tokens, name, 'feature', () => tokens.identifier().name),
        start,
        end,
      }
    case 'external-id': {
      tokens.expect('(', usage[name])
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
function field(tokens: TokenReader, attribute: keyof typeof usage, name: string, read: () => string): string {
  const wrong = usage[attribute]
  tokens.expect('(', wrong)
  if (tokens.kind !== 'id') tokens.unexpected(`\`${name}\``, wrong)
  const found = tokens.identifier()
  if (found.name !== name) tokens.fail(found, `expected \`${name}\`, found \`${found.name}\``, wrong)
  tokens.expect('=', wrong)
  const value = read()
  tokens.expect(')', wrong)
  return value
}

const written = (example: string): ProblemDetails => ({ notes: [`write \`${example}\``] })

/** For what is written otherwise. */
const usage = {
  since: written('@since(version = 1.2.3)'),
  deprecated: written('@deprecated(version = 1.2.3)'),
  unstable: written('@unstable(feature = name)'),
  'external-id': written('@external-id("…")'),
}
