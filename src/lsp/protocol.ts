/** What the Language Server Protocol 3.17 calls things, as far as it is used here. */

/** Both 0-based; `character` counts UTF-16 units. */
export interface Position {
  readonly line: number
  readonly character: number
}

export interface Range {
  readonly start: Position
  readonly end: Position
}

export interface Location {
  readonly uri: string
  readonly range: Range
}

export interface TextEdit {
  readonly range: Range
  readonly newText: string
}

export interface TextDocumentPosition {
  readonly textDocument: { readonly uri: string }
  readonly position: Position
}

/** What requests about a text have, some of them. */
export interface RequestParams extends TextDocumentPosition {
  readonly context?: { readonly includeDeclaration?: boolean }
  readonly newName?: string
}

/** Without a range it is the whole text. */
export interface ContentChange {
  readonly range?: Range
  readonly text: string
}

export interface DocumentSymbol {
  readonly name: string
  readonly detail?: string
  readonly kind: number
  readonly deprecated?: boolean
  readonly range: Range
  readonly selectionRange: Range
  readonly children: readonly DocumentSymbol[]
}

export interface LspDiagnostic {
  readonly range: Range
  readonly severity: 1
  readonly source: string
  readonly message: string
  readonly relatedInformation: readonly { readonly location: Location; readonly message: string }[]
}

export interface CompletionItem {
  readonly label: string
  readonly kind: number
  readonly detail?: string
  readonly documentation?: MarkupContent
  readonly filterText?: string
  readonly sortText?: string
  readonly textEdit: TextEdit
}

export interface MarkupContent {
  readonly kind: 'markdown'
  readonly value: string
}

export const symbolKind = {
  module: 2,
  namespace: 3,
  package: 4,
  class: 5,
  method: 6,
  field: 8,
  constructor: 9,
  enum: 10,
  interface: 11,
  function: 12,
  variable: 13,
  enumMember: 22,
  struct: 23,
  typeParameter: 26,
} as const

export const completionKind = {
  function: 3,
  field: 5,
  variable: 6,
  class: 7,
  interface: 8,
  module: 9,
  enum: 13,
  keyword: 14,
  struct: 22,
  typeParameter: 25,
} as const
