/**
 * Short strings in wasm: up to some dozens of bytes, `wasm:js-string` built-ins are faster than any coder of the
 * platform. One small instance per memory and `realloc`, made at the first string.
 */
import type { CoreFunction } from '../../runtime/back-end.ts'
import { instantiateWithGuest } from '../../runtime/guest-imports.ts'
import { providedModule } from '../../runtime/module-cache.ts'
import { threadMemory } from '../../runtime/thread.ts'

/** The exports of `string-helper.wat`, which says what they do. */
export interface StringHelper {
  /** Null where {@link liftUtf8} has to look, or to refuse it. */
  lift(pointer: number, byteLength: number): string | null
  /**
   * Of less than 8 units. Returns the pointer, and leaves in `words[STRING_LENGTH]` whether it is special. The address is 0 where
   * `realloc` is confined.
   */
  few(text: string, units: number, addressOfWord: number): number
  /** Of 8 to 32 units. */
  lower(text: string, units: number, addressOfWord: number): number
  /** The same for so many bytes of UTF-8 that lie in the thread's memory: special only where the pointer is bad. */
  place(byteLength: number, addressOfWord: number): number
  /** Returns 0 where the pointer is bad: it is in `words[STRING_POINTER]` then. */
  store(text: string, units: number, addressOfWord: number, address: number): number
  /**
   * Stores the first `count` of eight strings: the i-th at `address` plus `words[STRING_PLACES + i]`. Returns how many: it stops
   * before a string of more than `most` units, and, as `store` does, at a bad pointer.
   */
  storeEight(
    addressOfWord: number,
    address: number,
    count: number,
    most: number,
    ...eight: [string, string, string, string, string, string, string, string]
  ): number
}

/** Strings that `storeEight` takes. */
export const STORED_AT_ONCE = 8

/** The assembled `string-helper.wat`, in base64. */
export const stringHelperBytes =
  'AGFzbQEAAAABdBJedwFgA2MAf38BZG9gAm9/AX9gAW8Bf2AEf39/fwF/YAJ/fwFvYANvf38Bf2ACf38Bf2ABfwBgBG9/f38Bf2AMf39/f29vb29vb29vAX9gAX8Bf2ACb38Be2ACb38BfmABfgF+YAF7AX9gAXsBfmACf38AAnkGDndhc206anMtc3RyaW5nEWZyb21DaGFyQ29kZUFycmF5AAEOd2FzbTpqcy1zdHJpbmcKY2hhckNvZGVBdAACDndhc206anMtc3RyaW5nBmxlbmd0aAADAAZtZW1vcnkCAAAABnRocmVhZAIAAAAHcmVhbGxvYwAEAxIRBQYGBwgJCgYHBwsMDQ4PEBEGCwFkAABBwQD7BwALBzMGBGxpZnQABANmZXcABQVsb3dlcgAGBXBsYWNlAAcFc3RvcmUACQpzdG9yZUVpZ2h0AAoKhxYR7wYCAWQABX8jACECIAAgAWohBAJAIAAgAUEEahANRQ0AAkAgAUEITwRAA0AgACADaiEFIAUpAABCgIGChIiQoMCAf4NQBEAgAiADIAUtAAD7DgAgAiADQQFqIAUtAAH7DgAgAiADQQJqIAUtAAL7DgAgAiADQQNqIAUtAAP7DgAgAiADQQRqIAUtAAT7DgAgAiADQQVqIAUtAAX7DgAgAiADQQZqIAUtAAb7DgAgAiADQQdqIAUtAAf7DgAgA0EIaiEDIAMgAUYNAyADIAFBCGtLBEAgAUEIayEDCwwBCwsLIAAgA2ohACAAIARGDQADQCAALQAAIQYgBkGAAUkEQCACIAMgBvsOACADQQFqIQMgAEEBaiEAIAAgBEYNAiAALQAAIQYgBkGAAUkEQCACIAMgBvsOACADQQFqIQMgAEEBaiEAIAAgBEkNAgwDCwsgBkHgAUkEQCAAKAAAQcCBgoZ4cyEHIAdB4IEDcQ0DIAdBn4D8AHFBBnQgB0EIdkG/gPwBcXIhBiAGQf//A3FBgAFJDQMgAiADIAb7DgAgA0EBaiEDIABBAmohACAAIARPDQIgB0GAgICHfHENASAGQYCAgARJDQMgAiADIAZBEHb7DgAgA0EBaiEDIABBAmohACAAIARJDQEMAgsgBkHwAUkEQCAALwABQYCBAnMhByAHQcCBA3ENAyAGQQ9xQQx0IAdBP3FBBnQgB0EIdnJyIQYgBkGAEEkNAyAGQYCwA2tBgBBJDQMgAiADIAb7DgAgA0EBaiEDIABBA2ohACAAIARPDQIgAC0AACEGIAZB8AFxQeABRw0BIAAvAAFBgIECcyEHIAdBwIEDcQ0DIAZBD3FBDHQgB0E/cUEGdCAHQQh2cnIhBiAGQYAQSQ0DIAZBgLADa0GAEEkNAyACIAMgBvsOACADQQFqIQMgAEEDaiEAIAAgBEkNAQwCCyAAKAAAQfCBgoR4cyEHIAdB+IGDhnxxDQIgB0ESdCAHQYD+AHFBBHRyIAdBgID8AXFBCnYgB0EYdnJyIQcgB0H///8AcUGAgARrIQcgB0H//z9LDQIgAiADQYCwAyAHQQp2cvsOACACIANBAWpBgLgDIAdB/wdxcvsOACADQQJqIQMgAEEEaiEAIAAgBEkNAAsLIAAgBEsNACACQQAgAxAADwvQbwuqAgIDfwJ+IAFBBE8EQCAAQQAQECEGIAFBBGshAyAGIQcgAwRAIAAgAxAQIQcLIAYgB4RCgP+D/I/wv0CDUARAIAIgARAMIQUgBSABEA0EQCAFIAYQET4AACAFIANqIAcQET4AAAUgARAICyAFDwtBACAGN0ABgBAgA0EBdCAHN0ABgBAFIAEEQCABQQF2IQMgAEEAEAEhBCAAIAMQAa0hBiAAIAFBAWsQAa0hByAEIAYgB4SnckGAAUkEQCACIAEQDCEFIAUgARANBEAgBSAEOgAAIAUgA2ogBjwAACAFIAFqQQFrIAc8AAAFIAEQCAsgBQ8LQQAgBDtAAYAQIANBAXQgBj1AAYAQIAFBAXQgBz1AAf4PCwsgARAOIQEgASACEAchBSABEAggBQuyAgICfwR7IAFBEE0EQCAAQQAQDyEFIAUhCCABQQhrIQMgAwRAIAAgAxAPIQgLIAUgCP1QEBIEQCACIAEQDCEEIAQgARANBEAgBCAFEBM3AAAgBCADaiAIEBM3AAAFIAEQCAsgBA8LQQAgBf0LQAGAECADQQF0IAj9C0ABgBAFIAFBEGshAyAAQQAQDyEFIABBCBAPIQYgACADEA8hByAAIANBCGoQDyEIIAUgBv1QIAcgCP1Q/VAQEgRAIAIgARAMIQQgBCABEA0EQCAEIAUgBv1m/QsAACAEIANqIAcgCP1m/QsAAAUgARAICyAEDwtBACAF/QtAAYAQQQAgBv0LQAGQECADQQF0IAf9C0ABgBAgA0EBdCAI/QtAAZAQCyABEA4hASABIAIQByEEIAEQCCAEC3MBAn8gASAAEAwhAiACIAAQDQRAIABBIEsgAEHAAE1xBEAgAkEA/QBAARD9CwAAIAJBAP0AQAEg/QsAECAAQSBrIQMgAiADaiAD/QBAARD9CwAAIAIgA2ogA/0AQAEg/QsAEAUgAiAAEBQLBSAAEAgLIAILEQBBCCAAQYCAgIB4cjZCAQALZAECfyABQQhJBH8gACABIAIQBQUgACABIAIQBgshBEEIKEIBACEFIAUEQCAFQf////8HcSEBIAQgARANRQRAQQwgBDZCAQBBAA8LQQhBADZCAQALIAMgBDYAACADIAE2AARBAQuvAgEDfyAABEBBAChCAQAhDUEAQQA2QgEAIAAoQgEAIQ4gACAOQQRyNkIBAAsCQCAEIAMgAUEAKEIBkBhqEAtFDQBBASEMIAwgAkYNACAFIAMgAUEAKEIBlBhqEAtFDQBBAiEMIAwgAkYNACAGIAMgAUEAKEIBmBhqEAtFDQBBAyEMIAwgAkYNACAHIAMgAUEAKEIBnBhqEAtFDQBBBCEMIAwgAkYNACAIIAMgAUEAKEIBoBhqEAtFDQBBBSEMIAwgAkYNACAJIAMgAUEAKEIBpBhqEAtFDQBBBiEMIAwgAkYNACAKIAMgAUEAKEIBqBhqEAtFDQBBByEMIAwgAkYNACALIAMgAUEAKEIBrBhqEAtFDQBBCCEMCyAABEAgACAONkIBAEEAIA02QgEACyAMCx8BAX8gABACIQMgAyABSwRAQQAPCyAAIANBACACEAkLWQEDfyAABEBBAChCAQAhAiACBEBBAEEANkIBAAsgAChCAQAhAyAAIANBBHI2QgEAC0EAQQBBASABEAMhBCAABEAgACADNkIBACACBEBBACACNkIBAAsLIAQLEAAgAK0gAa18PwCtQhCGWAupAgEFfyAAQQF0IQICQANAIAEgAk8NASABL0EBgBAhBCABQQJqIQEgBEGAAUkEQCADIAQ6QAEQIANBAWohAwwBCyAEQYAQSQRAIANBwIECIARBBnYgBEE/cUEIdHJyO0ABECADQQJqIQMMAQsgBEGA8ANxQYCwA0YEQCAEQYC4A0kgASACSXEEQCABL0EBgBAhBSAFQYD4A3FBgLgDRgRAIAFBAmohASAEQQp0IAVqQYC4/xprIQQgA0HwgYKEeCAEQRJ2IARBgOAPcUEEdnIgBEHAH3FBCnQgBEE/cUEYdHJycjZAARAgA0EEaiEDDAMLC0H9/wMhBAsgA0HggYIEIARBDHYgBEHAH3FBAnQgBEE/cUEQdHJycjZAARAgA0EDaiEDDAALCyADCxYAIAAgARAQ/RIgACABQQRqEBD9HgELMwAgACABEAGtIAAgAUEBahABrUIQhoQgACABQQJqEAGtQiCGIAAgAUEDahABrUIwhoSECx0AIAAgAEIIiIRC//+DgPD/P4MhACAAIABCEIiECxsAIAD9DID/gP+A/4D/gP+A/4D/gP/9Tv1TRQsLACAAIAD9Zv0dAAvQAQECfyABQYACTwRAIABBECAB/AoAAQ8LIAFBEE8EQCABQRBrIQMDQCACIANJBEAgACACaiAC/QBAARD9CwAAIAJBEGohAgwBCwsgACADaiAD/QBAARD9CwAADwsgAUEITwRAIAFBCGshAyAAQQApQAEQNwAAIAAgA2ogAylAARA3AAAPCyABQQRPBEAgAUEEayEDIABBAChAARA2AAAgACADaiADKEABEDYAAA8LA0AgAiABSQRAIAAgAmogAi1AARA6AAAgAkEBaiECDAELCwsAigUEbmFtZQGTARMABGZyb20BAmF0AgZsZW5ndGgDB3JlYWxsb2MFA2ZldwYFbG93ZXIHBXBsYWNlCAdzcGVjaWFsCQVzdG9yZQsKc3RvcmVTaG9ydAwIYWxsb2NhdGUNBGZpdHMOBmVuY29kZQ8FZWlnaHQQBGZvdXIRCm5hcnJvd0ZvdXISB2lzQXNjaWkTBm5hcnJvdxQEY29weQKAAxEECAABcAEBbgIGYnVmZmVyAwFpBANlbmQFAXEGAWMHAWQFCAABcwEBbgIEd29yZAMBaQQBYwUBcAYDZmV3BwRtb3JlBgkAAXMBAW4CBHdvcmQDAWkEAXAFBWZpcnN0BgZzZWNvbmQHBXRoaXJkCARsYXN0BwQAAW4BBHdvcmQCAXADBGxhc3QIAQABbgkGAAFzAQFuAgR3b3JkAwJhdAQBcAUHc3BlY2lhbAoPAAR3b3JkAQJhdAIFY291bnQDBG1vc3QEAnMwBQJzMQYCczIHAnMzCAJzNAkCczUKAnM2CwJzNwwBaQ0HcnVubmluZw4Fc3RhdGULBAABcwEEbW9zdAICYXQDAW4MBQAEd29yZAEBbgIHcnVubmluZwMFc3RhdGUEAXANAgABcAEBbg4GAAFuAQFpAgNlbmQDAXEEAWMFAWQPAgABcwEBaRACAAFzAQFpEQEABGZvdXISAQAFZWlnaHQTAQAFZWlnaHQUBAABcAEBbgIBaQMEbGFzdANCBAQEAAdyZWZ1c2VkAQRkb25lAwVhc2NpaQYEbmV4dAoBAQNlbmQOAgAEZG9uZQEEbmV4dBQCAgRuZXh0BgRuZXh0BAgBAAV1bml0cwYRAgAGbWVtb3J5AQZ0aHJlYWQHCQEABmJ1ZmZlcg=='

let module: WebAssembly.Module | null | undefined

/** Null where the engine has no such built-ins. */
export function loadStringHelper(
  memory: WebAssembly.Memory,
  realloc: CoreFunction | undefined,
): StringHelper | null {
  if (module === undefined) module = compile()
  if (module === null) return null
  const imports: WebAssembly.ModuleImports = { memory, thread: threadMemory, realloc: realloc ?? noRealloc }
  // What string-helper.wat exports; in an ordinary object, because reading the engine's is slow.
  return { ...(instantiateWithGuest(module, imports) as unknown as StringHelper) }
}

/** Where no string is ever lowered. */
function noRealloc(): number {
  return 0
}

/** `string-helper.wat`. */
export function encodeStringHelper(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(stringHelperBytes), (char) => char.charCodeAt(0))
}

function compile(): WebAssembly.Module | null {
  // TypeScript's library does not know the compile options yet.
  const Module = WebAssembly.Module as new (
    bytes: Uint8Array<ArrayBuffer>,
    options: { builtins: string[] },
  ) => WebAssembly.Module
  try {
    const compiled =
      providedModule('strings') ?? new Module(encodeStringHelper(), { builtins: ['js-string'] })
    // An engine that ignores the option leaves the built-ins among the imports.
    return WebAssembly.Module.imports(compiled).some(({ module }) => module === 'wasm:js-string')
      ? null
      : compiled
  } catch {
    return null
  }
}
