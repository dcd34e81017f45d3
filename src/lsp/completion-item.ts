import type { Span } from '../diagnostics/span.ts'
import { type CompletionItem, completionKind } from './protocol.ts'
import type { TextLines } from './text-lines.ts'

export type CompletionKind =
  | 'keyword'
  | 'package'
  | 'world'
  | 'interface'
  | 'instance'
  | 'function'
  | 'import'
  | 'export'
  | 'resource'
  | 'record'
  | 'enum'
  | 'type'

/** Something that may be typed at a place. */
export interface Completion {
  readonly label: string
  readonly kind: CompletionKind
  /** What is written, in place of the part that is typed already. */
  readonly text: string
  /** That part: UTF-16 offsets. */
  readonly span: Span
  /** What is typed is compared with it. */
  readonly filter: string
  /** Those with less come first. */
  readonly order: string
  /** The type, the whole name, or what it is, in one line. */
  readonly detail?: string | undefined
  /** Markdown. */
  readonly docs?: string | undefined
}

const kinds: Readonly<Record<CompletionKind, number>> = {
  keyword: completionKind.keyword,
  package: completionKind.module,
  world: completionKind.module,
  interface: completionKind.interface,
  instance: completionKind.variable,
  function: completionKind.function,
  import: completionKind.field,
  export: completionKind.field,
  resource: completionKind.class,
  record: completionKind.struct,
  enum: completionKind.enum,
  type: completionKind.typeParameter,
}

/** As the protocol has it. */
export function toCompletionItem(completion: Completion, lines: TextLines): CompletionItem {
  const { label, kind, text, span, filter, order, detail, docs } = completion
  return {
    label,
    kind: kinds[kind],
    sortText: order,
    filterText: filter,
    textEdit: { range: lines.range(span), newText: text },
    ...(detail !== undefined && { detail }),
    ...(docs !== undefined && { documentation: { kind: 'markdown', value: docs } }),
  }
}
