import type { ModuleProblem } from '../validation/validate.ts'

/** What the engine has against a core module; undefined if nothing. */
export function checkCoreModule(bytes: Uint8Array): ModuleProblem | undefined {
  const source = bytes as Uint8Array<ArrayBuffer>
  if (WebAssembly.validate(source)) return undefined
  try {
    new WebAssembly.Module(source)
    return undefined
  } catch (error) {
    return problemOf((error as Error).message)
  }
}

/** V8 ends in `@+35`, SpiderMonkey says `at offset 35`, JavaScriptCore `at byte 35`. */
const place = /\s*(?:@\+|\(?at (?:offset|byte) )(\d+)\)?:?/

function problemOf(text: string): ModuleProblem {
  const offset = place.exec(text)?.[1]
  const message = text
    .replace(/^WebAssembly\.Module\(\): /, '')
    .replace(place, '')
    // What the reference suite calls a type mismatch has many names in the engine.
    .replace(/not enough arguments on the stack|type error/, 'type mismatch: $&')
  return { message, offset: offset === undefined ? undefined : Number(offset) }
}
