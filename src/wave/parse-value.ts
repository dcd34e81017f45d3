import type { ValueType } from '../component/value-type.ts'
import { Source } from '../diagnostics/source.ts'
import { parseSyntax } from './parse-syntax.ts'
import { toValue } from './to-value.ts'

/**
 * The value that a WAVE text stands for. Throws a WaveError (code `wave`) with a code frame where the text does not
 * parse or does not fit the type. `name` is what the text is called in messages.
 *
 * @example
 * parseValue('[1, 2, 3]', { kind: 'list', element: { kind: 'u8' } }) // Uint8Array.of(1, 2, 3)
 */
export function parseValue(text: string, type: ValueType, name = '<value>'): unknown {
  const source = new Source(name, text)
  return toValue(parseSyntax(source), type, source)
}
