/** V8 ends in `@+35`, SpiderMonkey says `at offset 35`, JavaScriptCore `at byte 35`. */
const place = /\s*(?:@\+|\(?at (?:offset|byte) )(\d+)\)?:?/

/**
 * What the text of a WebAssembly.CompileError says, and where: an offset in the module's bytes, undefined where the engine
 * names none.
 *
 * @example
 * readCompileError('WebAssembly.Module(): invalid local index: 3 @+33')
 * // { message: 'invalid local index: 3', offset: 33 }
 */
export function readCompileError(text: string): {
  readonly message: string
  readonly offset: number | undefined
} {
  const offset = place.exec(text)?.[1]
  const message = text.replace(/^WebAssembly\.\w+\(\): */, '').replace(place, '')
  return { message, offset: offset === undefined ? undefined : Number(offset) }
}
