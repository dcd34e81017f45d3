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
  /** Of 8 to 32 units. */
  lower(text: string, units: number, addressOfWord: number): number
  /** Copies so many bytes of UTF-8 that lie in the thread's memory to a range that was checked. */
  copy(pointer: number, byteLength: number): void
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

/** The assembled `string-helper.wat`, in base64. */
export const stringHelperBytes =
  'AGFzbQEAAAABdBJedwFgA2MAf38BZG9gAm9/AX9gAW8Bf2AEf39/fwF/YAJ/fwFvYANvf38Bf2ACf38Bf2ABfwBgBG9/f38Bf2AMf39/f29vb29vb29vAX9gAX8Bf2ACb38Be2ACb38BfmABfgF+YAF7AX9gAXsBfmACf38AAnkGDndhc206anMtc3RyaW5nEWZyb21DaGFyQ29kZUFycmF5AAEOd2FzbTpqcy1zdHJpbmcKY2hhckNvZGVBdAACDndhc206anMtc3RyaW5nBmxlbmd0aAADAAZtZW1vcnkCAAAABnRocmVhZAIAAAAHcmVhbGxvYwAEAxIRBQYGBwgJCgYHBwsMDQ4PEBEGCwFkAABBwAD7BwALBzIGBGxpZnQABANmZXcABQVsb3dlcgAGBXN0b3JlAAkKc3RvcmVFaWdodAAKBGNvcHkAFAqeExHwBAIBZAAFfyMAIQIgACABaiEEAkACQCABQQhPBEADQCAAIANqIQUgBSkAAEKAgYKEiJCgwIB/g1AEQCACIAMgBS0AAPsOACACIANBAWogBS0AAfsOACACIANBAmogBS0AAvsOACACIANBA2ogBS0AA/sOACACIANBBGogBS0ABPsOACACIANBBWogBS0ABfsOACACIANBBmogBS0ABvsOACACIANBB2ogBS0AB/sOACADQQhqIQMgAyABRg0DIAMgAUEIa0sEQCABQQhrIQMLDAELCwsgACADaiEAA0AgACAETw0BIAAtAAAhBiAGQYABSQRAIAIgAyAG+w4AIANBAWohAyAAQQFqIQAMAQsgBkHgAUkEQCAGQcIBSQ0DIABBAWogBE8NAyAALQABQYABcyEHIAdBwAFxDQMgAiADIAZBH3FBBnQgB3L7DgAgA0EBaiEDIABBAmohAAwBCyAGQfABSQRAIABBAmogBE8NAyAALwABQYCBAnMhByAHQcCBA3ENAyAGQQ9xQQx0IAdBP3FBBnQgB0EIdnJyIQYgBkGAEEkNAyAGQYDwA3FBgLADRg0DIAIgAyAG+w4AIANBAWohAyAAQQNqIQAMAQsgAEEDaiAETw0CIAAoAABB8IGChHhzIQcgB0H4gYOGfHENAiAHQRJ0IAdBgP4AcUEEdHIgB0GAgPwBcUEKdiAHQRh2cnIhByAHQf///wBxQYCABGshByAHQf//P0sNAiACIANBgLADIAdBCnZy+w4AIAIgA0EBakGAuAMgB0H/B3Fy+w4AIANBAmohAyAAQQRqIQAMAAsLIAJBACADEAAPC9BvC54CAgN/An4gAUEETwRAIABBABAQIQYgAUEEayEDIAYhByADBEAgACADEBAhBwsgBiAHhEKA/4P8j/C/QINQBEAgAiABEAwhBSAFIAEQDQRAIAUgBhARPgAAIAUgA2ogBxARPgAABSABEAgLIAUPC0EAIAY3QAGAECADQQF0IAc3QAGAEAUgAQRAIAFBAXYhAyAAQQAQASEEIAAgAxABrSEGIAAgAUEBaxABrSEHIAQgBiAHhKdyQYABSQRAIAIgARAMIQUgBSABEA0EQCAFIAQ6AAAgBSADaiAGPAAAIAUgAWpBAWsgBzwAAAUgARAICyAFDwtBACAEO0ABgBAgA0EBdCAGPUABgBAgAUEBdCAHPUAB/g8LCyABEA4gAhAHC6YCAgJ/BHsgAUEQTQRAIABBABAPIQUgBSEIIAFBCGshAyADBEAgACADEA8hCAsgBSAI/VAQEgRAIAIgARAMIQQgBCABEA0EQCAEIAUQEzcAACAEIANqIAgQEzcAAAUgARAICyAEDwtBACAF/QtAAYAQIANBAXQgCP0LQAGAEAUgAUEQayEDIABBABAPIQUgAEEIEA8hBiAAIAMQDyEHIAAgA0EIahAPIQggBSAG/VAgByAI/VD9UBASBEAgAiABEAwhBCAEIAEQDQRAIAQgBSAG/Wb9CwAAIAQgA2ogByAI/Wb9CwAABSABEAgLIAQPC0EAIAX9C0ABgBBBACAG/QtAAZAQIANBAXQgB/0LQAGAECADQQF0IAj9C0ABkBALIAEQDiACEAcLIQEBfyABIAAQDCECIAAQCCACIAAQDQRAIAIgABAUCyACCxEAQQggAEGAgICAeHI2QgEAC2QBAn8gAUEISQR/IAAgASACEAUFIAAgASACEAYLIQRBCChCAQAhBSAFBEAgBUH/////B3EhASAEIAEQDUUEQEEMIAQ2QgEAQQAPC0EIQQA2QgEACyADIAQ2AAAgAyABNgAEQQELrwIBA38gAARAQQAoQgEAIQ1BAEEANkIBACAAKEIBACEOIAAgDkEEcjZCAQALAkAgBCADIAFBAChCAZAYahALRQ0AQQEhDCAMIAJGDQAgBSADIAFBAChCAZQYahALRQ0AQQIhDCAMIAJGDQAgBiADIAFBAChCAZgYahALRQ0AQQMhDCAMIAJGDQAgByADIAFBAChCAZwYahALRQ0AQQQhDCAMIAJGDQAgCCADIAFBAChCAaAYahALRQ0AQQUhDCAMIAJGDQAgCSADIAFBAChCAaQYahALRQ0AQQYhDCAMIAJGDQAgCiADIAFBAChCAagYahALRQ0AQQchDCAMIAJGDQAgCyADIAFBAChCAawYahALRQ0AQQghDAsgAARAIAAgDjZCAQBBACANNkIBAAsgDAsfAQF/IAAQAiEDIAMgAUsEQEEADwsgACADQQAgAhAJC1kBA38gAARAQQAoQgEAIQIgAgRAQQBBADZCAQALIAAoQgEAIQMgACADQQRyNkIBAAtBAEEAQQEgARADIQQgAARAIAAgAzZCAQAgAgRAQQAgAjZCAQALCyAECxAAIACtIAGtfD8ArUIQhlgLqQIBBX8gAEEBdCECAkADQCABIAJPDQEgAS9BAYAQIQQgAUECaiEBIARBgAFJBEAgAyAEOkABECADQQFqIQMMAQsgBEGAEEkEQCADQcCBAiAEQQZ2IARBP3FBCHRycjtAARAgA0ECaiEDDAELIARBgPADcUGAsANGBEAgBEGAuANJIAEgAklxBEAgAS9BAYAQIQUgBUGA+ANxQYC4A0YEQCABQQJqIQEgBEEKdCAFakGAuP8aayEEIANB8IGChHggBEESdiAEQYDgD3FBBHZyIARBwB9xQQp0IARBP3FBGHRycnI2QAEQIANBBGohAwwDCwtB/f8DIQQLIANB4IGCBCAEQQx2IARBwB9xQQJ0IARBP3FBEHRycnI2QAEQIANBA2ohAwwACwsgAwsWACAAIAEQEP0SIAAgAUEEahAQ/R4BCzMAIAAgARABrSAAIAFBAWoQAa1CEIaEIAAgAUECahABrUIghiAAIAFBA2oQAa1CMIaEhAsdACAAIABCCIiEQv//g4Dw/z+DIQAgACAAQhCIhAsbACAA/QyA/4D/gP+A/4D/gP+A/4D//U79U0ULCwAgACAA/Wb9HQAL0AEBAn8gAUGAAk8EQCAAQRAgAfwKAAEPCyABQRBPBEAgAUEQayEDA0AgAiADSQRAIAAgAmogAv0AQAEQ/QsAACACQRBqIQIMAQsLIAAgA2ogA/0AQAEQ/QsAAA8LIAFBCE8EQCABQQhrIQMgAEEAKUABEDcAACAAIANqIAMpQAEQNwAADwsgAUEETwRAIAFBBGshAyAAQQAoQAEQNgAAIAAgA2ogAyhAARA2AAAPCwNAIAIgAUkEQCAAIAJqIAItQAEQOgAAIAJBAWohAgwBCwsLAIYFBG5hbWUBkwETAARmcm9tAQJhdAIGbGVuZ3RoAwdyZWFsbG9jBQNmZXcGBWxvd2VyBwVwbGFjZQgHc3BlY2lhbAkFc3RvcmULCnN0b3JlU2hvcnQMCGFsbG9jYXRlDQRmaXRzDgZlbmNvZGUPBWVpZ2h0EARmb3VyEQpuYXJyb3dGb3VyEgdpc0FzY2lpEwZuYXJyb3cUBGNvcHkC+gIRBAgAAXABAW4CBmJ1ZmZlcgMBaQQDZW5kBQFxBgFjBwFkBQgAAXMBAW4CBHdvcmQDAWkEAWMFAXAGA2ZldwcEbW9yZQYJAAFzAQFuAgR3b3JkAwFpBAFwBQVmaXJzdAYGc2Vjb25kBwV0aGlyZAgEbGFzdAcDAAFuAQR3b3JkAgFwCAEAAW4JBgABcwEBbgIEd29yZAMCYXQEAXAFB3NwZWNpYWwKDwAEd29yZAECYXQCBWNvdW50AwRtb3N0BAJzMAUCczEGAnMyBwJzMwgCczQJAnM1CgJzNgsCczcMAWkNB3J1bm5pbmcOBXN0YXRlCwQAAXMBBG1vc3QCAmF0AwFuDAUABHdvcmQBAW4CB3J1bm5pbmcDBXN0YXRlBAFwDQIAAXABAW4OBgABbgEBaQIDZW5kAwFxBAFjBQFkDwIAAXMBAWkQAgABcwEBaREBAARmb3VyEgEABWVpZ2h0EwEABWVpZ2h0FAQAAXABAW4CAWkDBGxhc3QDRAQEBAAJbWFsZm9ybWVkAQRkb25lAwVhc2NpaQYEbmV4dAoBAQNlbmQOAgAEZG9uZQEEbmV4dBQCAgRuZXh0BgRuZXh0BAgBAAV1bml0cwYRAgAGbWVtb3J5AQZ0aHJlYWQHCQEABmJ1ZmZlcg=='

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
