import type { Definition, DefinitionKind } from './definitions.ts'
import { type DocumentSymbol, symbolKind } from './protocol.ts'
import type { TextLines } from './text-lines.ts'
import type { Tokens } from './tokens.ts'

const kinds: Readonly<Record<DefinitionKind, number>> = {
  package: symbolKind.package,
  interface: symbolKind.interface,
  world: symbolKind.module,
  import: symbolKind.namespace,
  let: symbolKind.variable,
  export: symbolKind.namespace,
  function: symbolKind.function,
  method: symbolKind.method,
  static: symbolKind.method,
  constructor: symbolKind.constructor,
  type: symbolKind.typeParameter,
  record: symbolKind.struct,
  variant: symbolKind.enum,
  enum: symbolKind.enum,
  flags: symbolKind.enum,
  resource: symbolKind.class,
  'function type': symbolKind.function,
  field: symbolKind.field,
  case: symbolKind.enumMember,
  flag: symbolKind.enumMember,
}

/** What a file defines, as an outline. */
export function toSymbols(
  definitions: readonly Definition[],
  tokens: Tokens,
  lines: TextLines,
): DocumentSymbol[] {
  return definitions.map((definition) => {
    const { kind, name, span, attributes, children } = definition
    const { whole } = tokens.item(span.start)
    return {
      name,
      detail: kind,
      kind: kinds[kind],
      deprecated: attributes.some((each) => each.kind === 'deprecated'),
      range: lines.range({
        start: Math.min(whole.start, span.start),
        end: Math.max(whole.end, span.end),
      }),
      selectionRange: lines.range(span),
      children: toSymbols(children, tokens, lines),
    }
  })
}
