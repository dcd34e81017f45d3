/** The text format of components (Explainer.md): S-expressions → AST → bytes. */
import { encode } from '../../binary/encode.ts'
import { Source } from '../../diagnostics/source.ts'
import { parseSExpressions, watError } from '../s-expression.ts'
import { readComponent } from './component-fields.ts'
import { Cursor } from './cursor.ts'

/**
 * The bytes of a component in a text of its own, `(component …)`.
 *
 * @throws {WatError}
 */
export function parseComponentText(source: Source): Uint8Array<ArrayBuffer> {
  const [list, another] = parseSExpressions(source)
  if (list?.kind !== 'list')
    throw watError(source, list?.span ?? { start: 0, end: 0 }, 'expected `(component …)`')
  if (another)
    throw watError(source, another.span, 'unexpected token: nothing more is expected after the component')
  const cursor = new Cursor(source, list)
  cursor.takes('definition')
  const binding = cursor.binding()
  if (cursor.takes('binary')) return cursor.bytes()
  if (cursor.takes('quote')) return parseQuoted(cursor)
  return encode(readComponent(cursor, binding))
}

/** The text in strings is a source of its own: the fields of a component. */
function parseQuoted(cursor: Cursor): Uint8Array<ArrayBuffer> {
  const parts: string[] = []
  while (!cursor.done) parts.push(cursor.string('a string'))
  return parseComponentText(new Source(`${cursor.source.name} (quoted)`, `(component ${parts.join(' ')})`))
}
