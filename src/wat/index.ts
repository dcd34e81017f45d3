/** The text format of WebAssembly ⇄ bytes: core modules and components. */
import '../engine.ts'
import { decode } from '../binary/decode.ts'
import { Source } from '../diagnostics/source.ts'
import { parseComponentText } from './component/parse-component.ts'
import { printComponent } from './component/print-component.ts'
import { parseModuleText } from './core/parse-module.ts'
import { printModule } from './core/print-module.ts'
import { Printer } from './printer.ts'
import { TokenReader } from './token-reader.ts'

export { WatError } from '../errors.ts'

export interface ParseWatOptions {
  /** For messages: where the text comes from. */
  readonly path?: string | undefined
}

/**
 * Assembles a component, `(component …)`, or a core module: `(module …)`, or its fields alone. Nothing is validated.
 *
 * @throws {WatError} with a code frame
 *
 * @example
 * const bytes = parseWat('(component (import "log" (func (param "text" string))))')
 * decode(bytes).definitions.length // 2
 */
export function parseWat(text: string, options: ParseWatOptions = {}): Uint8Array<ArrayBuffer> {
  const source = new Source(options.path ?? '<text>', text)
  return new TokenReader(source).opens('component') ? parseComponentText(source) : parseModuleText(source)
}

/**
 * Prints a component or core module as text that {@link parseWat} makes the same bytes of, as far as they are in the
 * shortest form: padded integers and empty sections have no text.
 *
 * @throws {DecodeError}
 *
 * @example
 * printWat(parseWat('(component (type $t (list u8)))'))
 * // '(component\n  (type $t (;0;) (list u8))\n)\n'
 */
export function printWat(bytes: Uint8Array): string {
  if (!isComponent(bytes)) return printModule(bytes)
  const printer = new Printer()
  printComponent(printer, decode(bytes))
  return `${printer.finish()}\n`
}

/** By the layer in the preamble. */
function isComponent(bytes: Uint8Array): boolean {
  return bytes[6] === 0x01
}
