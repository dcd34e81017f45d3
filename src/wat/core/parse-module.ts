/** Core modules from text (Core WebAssembly 3.0, "Text Format", "Modules"). */
import { ByteWriter } from '../../binary/byte-writer.ts'
import { encodeModule } from '../../binary/core/encode-module.ts'
import { Source } from '../../diagnostics/source.ts'
import type { Span } from '../../diagnostics/span.ts'
import { TokenReader } from '../token-reader.ts'
import { assembleSections } from './assemble-sections.ts'
import { ModuleFields } from './parse-fields.ts'

/**
 * The bytes of `(module …)` or `(core module …)`. `list` is the node of all of it. An `(export "…")` that follows the
 * identifier and exports nothing is the component's around it, and passed over.
 *
 * @throws {WatError}
 *
 * @example
 * const source = new Source('one.wat', '(module (func (export "one") (result i32) i32.const 1))')
 * const [node] = parseSExpressions(source)
 * WebAssembly.validate(parseCoreModule(node, source)) // true
 */
export function parseCoreModule(list: { readonly span: Span }, source: Source): Uint8Array<ArrayBuffer> {
  const tokens = new TokenReader(source, list.span.start, list.span.end)
  tokens.enter('a module')
  const nested = tokens.takes('core')
  if (!tokens.takes('module')) tokens.expected('`module`')
  tokens.takes('definition')
  const id = tokens.takeIdentifier()
  const name = tokens.takeName() ?? id?.text.slice(1)
  while (nested && isBareExport(tokens)) {
    tokens.lexer.next()
    tokens.skipRest()
  }
  if (tokens.takes('binary')) return takeBinary(tokens)
  if (tokens.takes('quote')) return parseQuoted(tokens)
  const fields = new ModuleFields(tokens)
  tokens.leave()
  return encodeModule(assembleSections(fields, name))
}

/**
 * The bytes of a module in a text of its own: `(module …)`, or its fields alone.
 *
 * @throws {WatError}
 *
 * @example
 * parseModuleText(new Source('empty.wat', '')) // new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])
 */
export function parseModuleText(source: Source): Uint8Array<ArrayBuffer> {
  const tokens = new TokenReader(source)
  if (!tokens.opens('module')) {
    const fields = new ModuleFields(tokens)
    if (tokens.lexer.kind === ')') tokens.fail('this parenthesis closes nothing')
    return encodeModule(assembleSections(fields, undefined))
  }
  const { start } = tokens.lexer
  tokens.lexer.skipList()
  const { end } = tokens.lexer
  if (tokens.lexer.next() !== 'end') tokens.expected('the end of the text')
  return parseCoreModule({ span: { start, end } }, source)
}

/** `(export "…")` */
function isBareExport(tokens: TokenReader): boolean {
  if (!tokens.opens('export')) return false
  const ahead = tokens.lexer.fork()
  ahead.next()
  return ahead.next() === 'string' && ahead.next() === ')'
}

function takeBinary(tokens: TokenReader): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter()
  while (!tokens.atEnd) writer.bytes(tokens.takeBytes('a string'))
  tokens.leave()
  return writer.finish()
}

/** The text in strings is a source of its own. */
function parseQuoted(tokens: TokenReader): Uint8Array<ArrayBuffer> {
  const parts: string[] = []
  while (!tokens.atEnd) parts.push(tokens.takeText('a string'))
  tokens.leave()
  return parseModuleText(new Source(`${tokens.source.name} (quoted)`, parts.join(' ')))
}
