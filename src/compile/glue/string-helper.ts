/**
 * Short strings in wasm: up to some dozens of bytes, `wasm:js-string` built-ins are faster than any coder of the
 * platform. One small instance per memory and `realloc`, made at the first string.
 */
import type { CoreFunction } from '../../runtime/back-end.ts'

/** The exports of `string-helper.wat`, which says what they do. */
export interface StringHelper {
  lift(pointer: number, byteLength: number): string | null
  lowerAscii(text: string): number
}

/** The assembled `string-helper.wat`, in base64. */
export const stringHelperBytes =
  'AGFzbQEAAAABKAZedwFgA2MAf38BZG9gA29jAH8Bf2AEf39/fwF/YAJ/fwFvYAFvAX8CXQQOd2FzbTpqcy1zdHJpbmcRZnJvbUNoYXJDb2RlQXJyYXkAAQ53YXNtOmpzLXN0cmluZxFpbnRvQ2hhckNvZGVBcnJheQACAAZtZW1vcnkCAAAAB3JlYWxsb2MAAwMDAgQFBgsBZAAAQcAA+wcACwcVAgRsaWZ0AAMKbG93ZXJBc2NpaQAECokEAvYCAgFkAAR/IwAhAiAAIAFqIQQCQAJAA0AgACAETw0BIAAtAAAhBSAAQQFqIQAgBUGAAU8EQCAFQcIBSQ0DIAVB9AFLDQMgACAETw0DIAAtAAAhBiAGQcABcUGAAUcNAyAAQQFqIQAgBkE/cSEGIAVB4AFJBEAgBUEfcUEGdCAGciEFBSAFQQ9xQQZ0IAZyIQYgACAETw0EIAAtAABBwAFxQYABRw0EIAZBBnQgAC0AAEE/cXIhBiAAQQFqIQAgBUHwAUkEQCAGQYAQSQ0FIAZBgPADcUGAsANGDQUgBiEFBSAAIARPDQUgAC0AAEHAAXFBgAFHDQUgBkH//wFxQQZ0IAAtAABBP3FyIQYgAEEBaiEAIAZBgIAESQ0FIAZB///DAEsNBSAGQYCABGshBiACIANBgLADIAZBCnZy+w4AIANBAWohA0GAuAMgBkH/B3FyIQULCwsgAiADIAX7DgAgA0EBaiEDDAALCyACQQAgAxAADwvQbwuOAQIBZAAEfyMAIQEgACABQQAQASEDAkADQCACIANPDQEgBCABIAL7DQByIQQgAkEBaiECDAALCyAEQf8ASwRAQX8PC0EAQQBBASADEAIhBSAFrSADrXw/AK1CEIZWBEAgBQ8LQQAhAgJAA0AgAiADTw0BIAUgAmogASAC+w0AOgAAIAJBAWohAgwACwsgBQsApwEEbmFtZQEWAwAEZnJvbQEEaW50bwIHcmVhbGxvYwI6AgMHAAFwAQFuAgZidWZmZXIDAWkEA2VuZAUBYwYBZAQGAAFzAQZidWZmZXICAWkDAW4EA2FsbAUBcAM3AgMDAAltYWxmb3JtZWQBBGRvbmUCBG5leHQEBAAEc2VlbgEEbmV4dAQHd3JpdHRlbgUEbmV4dAQIAQAFdW5pdHMHCQEABmJ1ZmZlcg=='

let module: WebAssembly.Module | null | undefined

/** Null where the engine has no such built-ins. */
export function loadStringHelper(
  memory: WebAssembly.Memory,
  realloc: CoreFunction | undefined,
): StringHelper | null {
  if (module === undefined) module = compile()
  if (module === null) return null
  const imports: WebAssembly.ModuleImports = { memory, realloc: realloc ?? noRealloc }
  const { exports } = new WebAssembly.Instance(module, { '': imports })
  return exports as unknown as StringHelper // what string-helper.wat exports
}

/** Where no string is ever lowered. */
function noRealloc(): number {
  return 0
}

function compile(): WebAssembly.Module | null {
  const bytes = Uint8Array.from(atob(stringHelperBytes), (char) => char.charCodeAt(0))
  // TypeScript's library does not know the compile options yet.
  const Module = WebAssembly.Module as new (
    bytes: Uint8Array<ArrayBuffer>,
    options: { builtins: string[] },
  ) => WebAssembly.Module
  try {
    const compiled = new Module(bytes, { builtins: ['js-string'] })
    // An engine that ignores the option leaves the built-ins among the imports.
    return WebAssembly.Module.imports(compiled).some(({ module }) => module === 'wasm:js-string')
      ? null
      : compiled
  } catch {
    return null
  }
}
