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
  'AGFzbQEAAAABdBJedwFgA2MAf38BZG9gAm9/AX9gAW8Bf2AEf39/fwF/YAJ/fwFvYANvf38Bf2ACf38Bf2ABfwBgBG9/f38Bf2AMf39/f29vb29vb29vAX9gAX8Bf2ACb38Be2ACb38BfmABfgF+YAF7AX9gAXsBfmACf38AAnkGDndhc206anMtc3RyaW5nEWZyb21DaGFyQ29kZUFycmF5AAEOd2FzbTpqcy1zdHJpbmcKY2hhckNvZGVBdAACDndhc206anMtc3RyaW5nBmxlbmd0aAADAAZtZW1vcnkCAAAABnRocmVhZAIAAAAHcmVhbGxvYwAEAxIRBQYGBwgJCgYHBwsMDQ4PEBEGCwFkAABBwQD7BwALBzMGBGxpZnQABANmZXcABQVsb3dlcgAGBXBsYWNlAAcFc3RvcmUACQpzdG9yZUVpZ2h0AAoKhhYR7gYCAWQABX8jACECIAAgAWohBAJAIAAgAUEEahANRQ0AAkAgAUEITwRAA0AgACADaiEFIAUpAABCgIGChIiQoMCAf4NQBEAgAiADIAUtAAD7DgAgAiADQQFqIAUtAAH7DgAgAiADQQJqIAUtAAL7DgAgAiADQQNqIAUtAAP7DgAgAiADQQRqIAUtAAT7DgAgAiADQQVqIAUtAAX7DgAgAiADQQZqIAUtAAb7DgAgAiADQQdqIAUtAAf7DgAgA0EIaiEDIAMgAUYNAyADIAFBCGtLBEAgAUEIayEDCwwBCwsLIAAgA2ohACAAIARGDQADQCAALQAAIQYgBkGAAUkEQCACIAMgBvsOACADQQFqIQMgAEEBaiEAIAAgBEYNAiAALQAAIQYgBkGAAUkEQCACIAMgBvsOACADQQFqIQMgAEEBaiEAIAAgBEkNAgwDCwsgBkHgAUkEQCAGQcIBSQ0DIAAtAAFBgAFzIQcgB0HAAXENAyACIAMgBkEfcUEGdCAHcvsOACADQQFqIQMgAEECaiEAIAAgBE8NAiAALQAAIQYgBkHCAWtBHk8NASAALQABQYABcyEHIAdBwAFxDQMgAiADIAZBH3FBBnQgB3L7DgAgA0EBaiEDIABBAmohACAAIARJDQEMAgsgBkHwAUkEQCAALwABQYCBAnMhByAHQcCBA3ENAyAGQQ9xQQx0IAdBP3FBBnQgB0EIdnJyIQYgBkGAEEkNAyAGQYDwA3FBgLADRg0DIAIgAyAG+w4AIANBAWohAyAAQQNqIQAgACAETw0CIAAtAAAhBiAGQfABcUHgAUcNASAALwABQYCBAnMhByAHQcCBA3ENAyAGQQ9xQQx0IAdBP3FBBnQgB0EIdnJyIQYgBkGAEEkNAyAGQYDwA3FBgLADRg0DIAIgAyAG+w4AIANBAWohAyAAQQNqIQAgACAESQ0BDAILIAAoAABB8IGChHhzIQcgB0H4gYOGfHENAiAHQRJ0IAdBgP4AcUEEdHIgB0GAgPwBcUEKdiAHQRh2cnIhByAHQf///wBxQYCABGshByAHQf//P0sNAiACIANBgLADIAdBCnZy+w4AIAIgA0EBakGAuAMgB0H/B3Fy+w4AIANBAmohAyAAQQRqIQAgACAESQ0ACwsgACAESw0AIAJBACADEAAPC9BvC6oCAgN/An4gAUEETwRAIABBABAQIQYgAUEEayEDIAYhByADBEAgACADEBAhBwsgBiAHhEKA/4P8j/C/QINQBEAgAiABEAwhBSAFIAEQDQRAIAUgBhARPgAAIAUgA2ogBxARPgAABSABEAgLIAUPC0EAIAY3QAGAECADQQF0IAc3QAGAEAUgAQRAIAFBAXYhAyAAQQAQASEEIAAgAxABrSEGIAAgAUEBaxABrSEHIAQgBiAHhKdyQYABSQRAIAIgARAMIQUgBSABEA0EQCAFIAQ6AAAgBSADaiAGPAAAIAUgAWpBAWsgBzwAAAUgARAICyAFDwtBACAEO0ABgBAgA0EBdCAGPUABgBAgAUEBdCAHPUAB/g8LCyABEA4hASABIAIQByEFIAEQCCAFC7ICAgJ/BHsgAUEQTQRAIABBABAPIQUgBSEIIAFBCGshAyADBEAgACADEA8hCAsgBSAI/VAQEgRAIAIgARAMIQQgBCABEA0EQCAEIAUQEzcAACAEIANqIAgQEzcAAAUgARAICyAEDwtBACAF/QtAAYAQIANBAXQgCP0LQAGAEAUgAUEQayEDIABBABAPIQUgAEEIEA8hBiAAIAMQDyEHIAAgA0EIahAPIQggBSAG/VAgByAI/VD9UBASBEAgAiABEAwhBCAEIAEQDQRAIAQgBSAG/Wb9CwAAIAQgA2ogByAI/Wb9CwAABSABEAgLIAQPC0EAIAX9C0ABgBBBACAG/QtAAZAQIANBAXQgB/0LQAGAECADQQF0IAj9C0ABkBALIAEQDiEBIAEgAhAHIQQgARAIIAQLcwECfyABIAAQDCECIAIgABANBEAgAEEgSyAAQcAATXEEQCACQQD9AEABEP0LAAAgAkEA/QBAASD9CwAQIABBIGshAyACIANqIAP9AEABEP0LAAAgAiADaiAD/QBAASD9CwAQBSACIAAQFAsFIAAQCAsgAgsRAEEIIABBgICAgHhyNkIBAAtkAQJ/IAFBCEkEfyAAIAEgAhAFBSAAIAEgAhAGCyEEQQgoQgEAIQUgBQRAIAVB/////wdxIQEgBCABEA1FBEBBDCAENkIBAEEADwtBCEEANkIBAAsgAyAENgAAIAMgATYABEEBC68CAQN/IAAEQEEAKEIBACENQQBBADZCAQAgAChCAQAhDiAAIA5BBHI2QgEACwJAIAQgAyABQQAoQgGQGGoQC0UNAEEBIQwgDCACRg0AIAUgAyABQQAoQgGUGGoQC0UNAEECIQwgDCACRg0AIAYgAyABQQAoQgGYGGoQC0UNAEEDIQwgDCACRg0AIAcgAyABQQAoQgGcGGoQC0UNAEEEIQwgDCACRg0AIAggAyABQQAoQgGgGGoQC0UNAEEFIQwgDCACRg0AIAkgAyABQQAoQgGkGGoQC0UNAEEGIQwgDCACRg0AIAogAyABQQAoQgGoGGoQC0UNAEEHIQwgDCACRg0AIAsgAyABQQAoQgGsGGoQC0UNAEEIIQwLIAAEQCAAIA42QgEAQQAgDTZCAQALIAwLHwEBfyAAEAIhAyADIAFLBEBBAA8LIAAgA0EAIAIQCQtZAQN/IAAEQEEAKEIBACECIAIEQEEAQQA2QgEACyAAKEIBACEDIAAgA0EEcjZCAQALQQBBAEEBIAEQAyEEIAAEQCAAIAM2QgEAIAIEQEEAIAI2QgEACwsgBAsQACAArSABrXw/AK1CEIZYC6kCAQV/IABBAXQhAgJAA0AgASACTw0BIAEvQQGAECEEIAFBAmohASAEQYABSQRAIAMgBDpAARAgA0EBaiEDDAELIARBgBBJBEAgA0HAgQIgBEEGdiAEQT9xQQh0cnI7QAEQIANBAmohAwwBCyAEQYDwA3FBgLADRgRAIARBgLgDSSABIAJJcQRAIAEvQQGAECEFIAVBgPgDcUGAuANGBEAgAUECaiEBIARBCnQgBWpBgLj/GmshBCADQfCBgoR4IARBEnYgBEGA4A9xQQR2ciAEQcAfcUEKdCAEQT9xQRh0cnJyNkABECADQQRqIQMMAwsLQf3/AyEECyADQeCBggQgBEEMdiAEQcAfcUECdCAEQT9xQRB0cnJyNkABECADQQNqIQMMAAsLIAMLFgAgACABEBD9EiAAIAFBBGoQEP0eAQszACAAIAEQAa0gACABQQFqEAGtQhCGhCAAIAFBAmoQAa1CIIYgACABQQNqEAGtQjCGhIQLHQAgACAAQgiIhEL//4OA8P8/gyEAIAAgAEIQiIQLGwAgAP0MgP+A/4D/gP+A/4D/gP+A//1O/VNFCwsAIAAgAP1m/R0AC9ABAQJ/IAFBgAJPBEAgAEEQIAH8CgABDwsgAUEQTwRAIAFBEGshAwNAIAIgA0kEQCAAIAJqIAL9AEABEP0LAAAgAkEQaiECDAELCyAAIANqIAP9AEABEP0LAAAPCyABQQhPBEAgAUEIayEDIABBAClAARA3AAAgACADaiADKUABEDcAAA8LIAFBBE8EQCABQQRrIQMgAEEAKEABEDYAACAAIANqIAMoQAEQNgAADwsDQCACIAFJBEAgACACaiACLUABEDoAACACQQFqIQIMAQsLCwCKBQRuYW1lAZMBEwAEZnJvbQECYXQCBmxlbmd0aAMHcmVhbGxvYwUDZmV3BgVsb3dlcgcFcGxhY2UIB3NwZWNpYWwJBXN0b3JlCwpzdG9yZVNob3J0DAhhbGxvY2F0ZQ0EZml0cw4GZW5jb2RlDwVlaWdodBAEZm91chEKbmFycm93Rm91chIHaXNBc2NpaRMGbmFycm93FARjb3B5AoADEQQIAAFwAQFuAgZidWZmZXIDAWkEA2VuZAUBcQYBYwcBZAUIAAFzAQFuAgR3b3JkAwFpBAFjBQFwBgNmZXcHBG1vcmUGCQABcwEBbgIEd29yZAMBaQQBcAUFZmlyc3QGBnNlY29uZAcFdGhpcmQIBGxhc3QHBAABbgEEd29yZAIBcAMEbGFzdAgBAAFuCQYAAXMBAW4CBHdvcmQDAmF0BAFwBQdzcGVjaWFsCg8ABHdvcmQBAmF0AgVjb3VudAMEbW9zdAQCczAFAnMxBgJzMgcCczMIAnM0CQJzNQoCczYLAnM3DAFpDQdydW5uaW5nDgVzdGF0ZQsEAAFzAQRtb3N0AgJhdAMBbgwFAAR3b3JkAQFuAgdydW5uaW5nAwVzdGF0ZQQBcA0CAAFwAQFuDgYAAW4BAWkCA2VuZAMBcQQBYwUBZA8CAAFzAQFpEAIAAXMBAWkRAQAEZm91chIBAAVlaWdodBMBAAVlaWdodBQEAAFwAQFuAgFpAwRsYXN0A0IEBAQAB3JlZnVzZWQBBGRvbmUDBWFzY2lpBgRuZXh0CgEBA2VuZA4CAARkb25lAQRuZXh0FAICBG5leHQGBG5leHQECAEABXVuaXRzBhECAAZtZW1vcnkBBnRocmVhZAcJAQAGYnVmZmVy'

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
