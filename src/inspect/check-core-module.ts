import { readCompileError } from '../runtime/compile-error.ts'
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

function problemOf(text: string): ModuleProblem {
  const { message, offset } = readCompileError(text)
  // What the reference suite calls a type mismatch has many names in the engine.
  return {
    message: message.replace(/not enough arguments on the stack|type error/, 'type mismatch: $&'),
    offset,
  }
}
