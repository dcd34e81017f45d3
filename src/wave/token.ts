import type { Span } from '../diagnostics/span.ts'

export type Punctuation = '(' | ')' | '[' | ']' | '{' | '}' | ':' | ','

export type Token =
  | { readonly kind: 'punctuation'; readonly text: Punctuation; readonly span: Span }
  /** A finite number, or `-inf`. */
  | { readonly kind: 'number'; readonly text: string; readonly span: Span }
  /** A label or keyword; `escaped` if written with a `%`, which `name` does not contain. */
  | { readonly kind: 'label'; readonly name: string; readonly escaped: boolean; readonly span: Span }
  | { readonly kind: 'char'; readonly value: string; readonly span: Span }
  | { readonly kind: 'string'; readonly value: string; readonly span: Span }
  | { readonly kind: 'end'; readonly span: Span }

/** For messages. */
export function describeToken(token: Token): string {
  switch (token.kind) {
    case 'punctuation':
      return `\`${token.text}\``
    case 'number':
      return `the number ${token.text}`
    case 'label':
      return `\`${token.escaped ? '%' : ''}${token.name}\``
    case 'char':
      return 'a char'
    case 'string':
      return 'a string'
    case 'end':
      return 'the end of the text'
  }
}
