import { type Keyword, keywords } from './keywords.ts'

export type Punctuation =
  | '='
  | ','
  | ':'
  | '.'
  | ';'
  | '('
  | ')'
  | '{'
  | '}'
  | '<'
  | '>'
  | '->'
  | '*'
  | '@'
  | '/'
  | '+'
  | '-'
  /** These three are known to WAC alone. */
  | '['
  | ']'
  | '...'

/** `id` is a name as it stands, `explicit-id` one with a `%`. */
export type TokenKind = Punctuation | Keyword | 'id' | 'explicit-id' | 'integer' | 'text' | 'eof'

const names: ReadonlyMap<TokenKind, string> = new Map([
  ['id', 'an identifier'],
  ['explicit-id', 'an identifier'],
  ['integer', 'an integer'],
  ['text', 'a string'],
  ['eof', 'the end of the file'],
])

/** For messages: `keyword \`use\``, `'{'`, `an identifier`. */
export function describeToken(kind: TokenKind): string {
  const name = names.get(kind)
  if (name !== undefined) return name
  return keywords.has(kind) ? `keyword \`${kind}\`` : `'${kind}'`
}
