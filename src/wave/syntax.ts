import type { Span } from '../diagnostics/span.ts'

/**
 * A WAVE text before its type is known. Booleans, cases, `some(…)`, `nan` and so on are all labels here: only the type
 * tells them apart.
 */
export type Syntax =
  | NumberSyntax
  | LabelSyntax
  | { readonly kind: 'char' | 'string'; readonly value: string; readonly span: Span }
  | { readonly kind: 'tuple' | 'list'; readonly items: readonly Syntax[]; readonly span: Span }
  | FlagsSyntax
  | RecordSyntax

export interface NumberSyntax {
  readonly kind: 'number'
  readonly text: string
  readonly span: Span
}

export interface LabelSyntax {
  readonly kind: 'label'
  readonly name: string
  /** Written with a `%`: never a keyword. */
  readonly escaped: boolean
  readonly payload: Syntax | undefined
  readonly span: Span
}

export interface FlagsSyntax {
  readonly kind: 'flags'
  readonly labels: readonly Name[]
  readonly span: Span
}

export interface RecordSyntax {
  readonly kind: 'record'
  readonly fields: readonly { readonly name: Name; readonly value: Syntax }[]
  readonly span: Span
}

export interface Name {
  readonly name: string
  readonly span: Span
}

/** Reserved: a case of this name is written with a `%`. */
const keywords: ReadonlySet<string> = new Set(['true', 'false', 'some', 'none', 'ok', 'err', 'inf', 'nan'])

export function isKeyword(name: string): boolean {
  return keywords.has(name)
}

/** For messages: what was found. */
export function describeSyntax(syntax: Syntax): string {
  switch (syntax.kind) {
    case 'number':
      return `the number ${syntax.text}`
    case 'label':
      return describeLabel(syntax)
    case 'char':
      return 'a char'
    case 'string':
      return 'a string'
    case 'tuple':
      return `a tuple of ${syntax.items.length}`
    case 'list':
      return 'a list'
    case 'flags':
      return 'flags'
    case 'record':
      return 'a record'
  }
}

function describeLabel(label: LabelSyntax): string {
  if (label.escaped || !isKeyword(label.name)) return `the case \`${label.name}\``
  if (label.name === 'true' || label.name === 'false') return 'a bool'
  return label.payload ? `\`${label.name}(…)\`` : `\`${label.name}\``
}
