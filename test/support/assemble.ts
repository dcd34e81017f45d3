/** WebAssembly text → bytes for tests, core modules and components. */
import { parseWat } from '../../src/wat/index.ts'

/**
 * @example
 * const bytes = await assemble('(module (func (export "one") (result i32) i32.const 1))')
 */
export async function assemble(text: string): Promise<Uint8Array> {
  return parseWat(text)
}
