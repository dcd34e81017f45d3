/**
 * Short strings in wasm: up to some dozens of bytes, `wasm:js-string` built-ins are faster than any coder of the
 * platform. One small instance per memory and `realloc`, made at the first string.
 */
import type { CoreFunction } from '../../runtime/back-end.ts'
import { providedModule } from '../../runtime/module-cache.ts'
import { threadMemory } from '../../runtime/thread.ts'

/** The exports of `string-helper.wat`, which says what they do. */
export interface StringHelper {
  lift(pointer: number, byteLength: number): string | null
  /**
   * Of less than 8 units. Returns the pointer, and leaves in `words[STRING_LENGTH]` whether it is special. The address is 0 where
   * `realloc` is confined.
   */
  few(text: string, units: number, addressOfWord: number): number
  /** Of 8 to 64 units. */
  lower(text: string, units: number, addressOfWord: number): number
  /** The same for so many bytes of UTF-8 that lie in the thread's memory already. */
  place(byteLength: number, addressOfWord: number): number
  /** Returns 0 where the pointer is bad: it is in `words[STRING_POINTER]` then. */
  store(text: string, units: number, addressOfWord: number, address: number): number
}

/** The assembled `string-helper.wat`, in base64. */
export const stringHelperBytes =
  'AGFzbQEAAAABXxBedwFgA2MAf38BZG9gAm9/AX9gAW8Bf2AEf39/fwF/YAJ/fwFvYANvf38Bf2ACf38Bf2ABfwBgBG9/f38Bf2ACb38Be2ACb38BfmABfgF+YAF7AX9gAXsBfmACf38AAnkGDndhc206anMtc3RyaW5nEWZyb21DaGFyQ29kZUFycmF5AAEOd2FzbTpqcy1zdHJpbmcKY2hhckNvZGVBdAACDndhc206anMtc3RyaW5nBmxlbmd0aAADAAZtZW1vcnkCAAAABnRocmVhZAIAAAAHcmVhbGxvYwAEAxAPBQYGBwgJBwcDCgsMDQ4PBgsBZAAAQcAA+wcACwcmBQRsaWZ0AAQDZmV3AAUFbG93ZXIABgVwbGFjZQAHBXN0b3JlAAkKvQ8P3gQDAWQABH8BfiMAIQIgACABaiEEAkACQCABQQhPBEADQCAAIANqKQAAIQcgB0KAgYKEiJCgwIB/g1AEQCACIAMgB0L/AYOn+w4AIAIgA0EBaiAHQgiIQv8Bg6f7DgAgAiADQQJqIAdCEIhC/wGDp/sOACACIANBA2ogB0IYiEL/AYOn+w4AIAIgA0EEaiAHQiCIQv8Bg6f7DgAgAiADQQVqIAdCKIhC/wGDp/sOACACIANBBmogB0IwiEL/AYOn+w4AIAIgA0EHaiAHQjiIp/sOACADQQhqIQMgAyABRg0DIAMgAUEIa0sEQCABQQhrIQMLDAELCwsgACADaiEAA0AgACAETw0BIAAtAAAhBSAAQQFqIQAgBUGAAU8EQCAFQcIBSQ0DIAVB9AFLDQMgACAETw0DIAAtAAAhBiAGQcABcUGAAUcNAyAAQQFqIQAgBkE/cSEGIAVB4AFJBEAgBUEfcUEGdCAGciEFBSAFQQ9xQQZ0IAZyIQYgACAETw0EIAAtAABBwAFxQYABRw0EIAZBBnQgAC0AAEE/cXIhBiAAQQFqIQAgBUHwAUkEQCAGQYAQSQ0FIAZBgPADcUGAsANGDQUgBiEFBSAAIARPDQUgAC0AAEHAAXFBgAFHDQUgBkH//wFxQQZ0IAAtAABBP3FyIQYgAEEBaiEAIAZBgIAESQ0FIAZB///DAEsNBSAGQYCABGshBiACIANBgLADIAZBCnZy+w4AIANBAWohA0GAuAMgBkH/B3FyIQULCwsgAiADIAX7DgAgA0EBaiEDDAALCyACQQAgAxAADwvQbwvoAQIDfwJ+IAFBBE8EQCAAQQAQDiEGIAFBBGshAyAGIQcgAwRAIAAgAxAOIQcLIAYgB4RCgP+D/I/wv0CDUARAIAIgARAKIQUgBSABEAsEQCAFIAYQDz4AACAFIANqIAcQDz4AAAUgARAICyAFDwsFIAEEQCABQQF2IQMgAEEAEAEhBCAAIAMQAa0hBiAAIAFBAWsQAa0hByAEIAYgB4SnckGAAUkEQCACIAEQCiEFIAUgARALBEAgBSAEOgAAIAUgA2ogBjwAACAFIAFqQQFrIAc8AAAFIAEQCAsgBQ8LCwsgABAMIAIQBwtvAgJ/AnsgAUEQTQRAIABBABANIQUgBSEGIAFBCGshAyADBEAgACADEA0hBgsgBSAG/VAQEARAIAIgARAKIQQgBCABEAsEQCAEIAUQETcAACAEIANqIAYQETcAAAUgARAICyAEDwsLIAAQDCACEAcLIQEBfyABIAAQCiECIAAQCCACIAAQCwRAIAIgABASCyACCxEAQQggAEGAgICAeHI2QgEAC2QBAn8gAUEISQR/IAAgASACEAUFIAAgASACEAYLIQRBCChCAQAhBSAFBEAgBUH/////B3EhASAEIAEQC0UEQEEMIAQ2QgEAQQAPC0EIQQA2QgEACyADIAQ2AAAgAyABNgAEQQELWQEDfyAABEBBAChCAQAhAiACBEBBAEEANkIBAAsgAChCAQAhAyAAIANBBHI2QgEAC0EAQQBBASABEAMhBCAABEAgACADNkIBACACBEBBACACNkIBAAsLIAQLEAAgAK0gAa18PwCtQhCGWAuZAwIFfwF7IAAQAiEBIAFBCE8EQANAIAAgAhANIQYgBhAQBEAgAiAGEBE3QAEQIAJBCGohAiACIAFGBEAgAQ8LIAIgAUEIa0sEQCABQQhrIQILDAELCwsgAiEDAkADQCACIAFPDQEgACACEAEhBCACQQFqIQIgBEGAAUkEQCADIAQ6QAEQIANBAWohAwwBCyAEQYAQSQRAIANBwAEgBEEGdnI6QAEQIANBgAEgBEE/cXI6QAERIANBAmohAwwBCyAEQYDwA3FBgLADRgRAIARBgLgDSSACIAFJcQRAIAAgAhABIQUgBUGA+ANxQYC4A0YEQCACQQFqIQIgBEEKdCAFakGAuP8aayEEIANB8AEgBEESdnI6QAEQIANBgAEgBEEMdkE/cXI6QAERIANBgAEgBEEGdkE/cXI6QAESIANBgAEgBEE/cXI6QAETIANBBGohAwwDCwtB/f8DIQQLIANB4AEgBEEMdnI6QAEQIANBgAEgBEEGdkE/cXI6QAERIANBgAEgBEE/cXI6QAESIANBA2ohAwwACwsgAwsWACAAIAEQDv0SIAAgAUEEahAO/R4BCzMAIAAgARABrSAAIAFBAWoQAa1CEIaEIAAgAUECahABrUIghiAAIAFBA2oQAa1CMIaEhAsdACAAIABCCIiEQv//g4Dw/z+DIQAgACAAQhCIhAsbACAA/QyA/4D/gP+A/4D/gP+A/4D//U79U0ULCwAgACAA/Wb9HQAL0AEBAn8gAUGAAk8EQCAAQRAgAfwKAAEPCyABQRBPBEAgAUEQayEDA0AgAiADSQRAIAAgAmogAv0AQAEQ/QsAACACQRBqIQIMAQsLIAAgA2ogA/0AQAEQ/QsAAA8LIAFBCE8EQCABQQhrIQMgAEEAKUABEDcAACAAIANqIAMpQAEQNwAADwsgAUEETwRAIAFBBGshAyAAQQAoQAEQNgAAIAAgA2ogAyhAARA2AAAPCwNAIAIgAUkEQCAAIAJqIAItQAEQOgAAIAJBAWohAgwBCwsLAI8EBG5hbWUBgAERAARmcm9tAQJhdAIGbGVuZ3RoAwdyZWFsbG9jBQNmZXcGBWxvd2VyBwVwbGFjZQgHc3BlY2lhbAoIYWxsb2NhdGULBGZpdHMMBmVuY29kZQ0FZWlnaHQOBGZvdXIPCm5hcnJvd0ZvdXIQB2lzQXNjaWkRBm5hcnJvdxIEY29weQKWAg8ECAABcAEBbgIGYnVmZmVyAwFpBANlbmQFAWMGAWQHBWVpZ2h0BQgAAXMBAW4CBHdvcmQDAWkEAWMFAXAGA2ZldwcEbW9yZQYHAAFzAQFuAgR3b3JkAwFpBAFwBQVmaXJzdAYEbGFzdAcDAAFuAQR3b3JkAgFwCAEAAW4JBgABcwEBbgIEd29yZAMCYXQEAXAFB3NwZWNpYWwKBQAEd29yZAEBbgIHcnVubmluZwMFc3RhdGUEAXALAgABcAEBbgwHAAFzAQFuAgFpAwFxBAFjBQFkBgVlaWdodA0CAAFzAQFpDgIAAXMBAWkPAQAEZm91chABAAVlaWdodBEBAAVlaWdodBIEAAFwAQFuAgFpAwRsYXN0A0QDBAQACW1hbGZvcm1lZAEEZG9uZQMFYXNjaWkGBG5leHQMAwEFYXNjaWkFBGRvbmUGBG5leHQSAgIEbmV4dAYEbmV4dAQIAQAFdW5pdHMGEQIABm1lbW9yeQEGdGhyZWFkBwkBAAZidWZmZXI='

let module: WebAssembly.Module | null | undefined

/** Null where the engine has no such built-ins. */
export function loadStringHelper(
  memory: WebAssembly.Memory,
  realloc: CoreFunction | undefined,
): StringHelper | null {
  if (module === undefined) module = compile()
  if (module === null) return null
  const imports: WebAssembly.ModuleImports = { memory, thread: threadMemory, realloc: realloc ?? noRealloc }
  const { exports } = new WebAssembly.Instance(module, { '': imports })
  // What string-helper.wat exports; in an ordinary object, because reading the engine's is slow.
  return { ...(exports as unknown as StringHelper) }
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
