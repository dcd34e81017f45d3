/** WebAssembly text → bytes for tests, core modules and components, through a development dependency. */
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools'

/**
 * @example
 * const bytes = await assemble('(module (func (export "one") (result i32) i32.const 1))')
 */
export async function assemble(text: string): Promise<Uint8Array> {
  return parse(text)
}
