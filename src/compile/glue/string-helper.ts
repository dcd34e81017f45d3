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
  'AGFzbQEAAAABdBJedwFgA2MAf38BZG9gAm9/AX9gAW8Bf2AEf39/fwF/YAJ/fwFvYANvf38Bf2ACf38Bf2ABfwBgBG9/f38Bf2AMf39/f29vb29vb29vAX9gAX8Bf2ACb38Be2ACb38BfmABfgF+YAF7AX9gAXsBfmACf38AAnkGDndhc206anMtc3RyaW5nEWZyb21DaGFyQ29kZUFycmF5AAEOd2FzbTpqcy1zdHJpbmcKY2hhckNvZGVBdAACDndhc206anMtc3RyaW5nBmxlbmd0aAADAAZtZW1vcnkCAAAABnRocmVhZAIAAAAHcmVhbGxvYwAEAxIRBQYGBwgJCgYHBwsMDQ4PEBEGCwFkAABBwwD7BwALBzMGBGxpZnQABANmZXcABQVsb3dlcgAGBXBsYWNlAAcFc3RvcmUACQpzdG9yZUVpZ2h0AAoK3xYRxwcCAWQABn8jACECIAAgAWohBAJAIAAgAUEEahANRQ0AAkAgAUEITwRAA0AgACADaiEFIAUpAABCgIGChIiQoMCAf4NQBEAgAiADIAUtAAD7DgAgAiADQQFqIAUtAAH7DgAgAiADQQJqIAUtAAL7DgAgAiADQQNqIAUtAAP7DgAgAiADQQRqIAUtAAT7DgAgAiADQQVqIAUtAAX7DgAgAiADQQZqIAUtAAb7DgAgAiADQQdqIAUtAAf7DgAgA0EIaiEDIAMgAUYNAyADIAFBCGtLBEAgAUEIayEDCwwBCwsLIAAgA2ohACAAIARGDQACQANAIAAoAAAhByAHQYCBAnFFBEAgAiADIAAtAAD7DgAgAiADQQFqIAAtAAH7DgAgB0GAgICEeHFFBEAgAiADQQJqIAAtAAL7DgAgAiADQQNqIAAtAAP7DgAgA0EEaiEDIABBBGohACAAIARJDQIMAwsgA0ECaiEDIABBAmohACAAIARPDQIgACgAACEHCyAHQf8BcSEGIAZBgAFJBEAgAiADIAb7DgAgA0EBaiEDIABBAWohACAAIARGDQMgACgAACEHIAdB/wFxIQYLIAZB4AFJBEAgB0HAgYKGeHMhCCAIQeCBA3ENBCAIQZ+A/ABxQQZ0IAhBCHZBv4D8AXFyIQYgBkH//wNxQYABSQ0EIAIgAyAG+w4AIANBAWohAyAAQQJqIQAgACAETw0DIAhBgICAh3xxDQEgBkGAgIAESQ0EIAIgAyAGQRB2+w4AIANBAWohAyAAQQJqIQAgACAESQ0BDAMLIAZB8AFJBEAgB0GAgIMGcUGAgIIERw0EIAZBDHQgAC0AAUEGdGogAC0AAmpBgME4ayEGIAZBgBBJDQQgBkGAsANrQYAQSQ0EIAIgAyAG+w4AIANBAWohAyAAQQNqIQAgACAETw0DIAAoAAAhByAHQfCBgwZxQeCBggRHDQEgB0H/AXFBDHQgAC0AAUEGdGogAC0AAmpBgME4ayEGIAZBgBBJDQQgBkGAsANrQYAQSQ0EIAIgAyAG+w4AIANBAWohAyAAQQNqIQAgACAESQ0BDAMLIAdBgICDhnxxQYCAgoR4Rw0DIAZBEnQgAC0AAUEMdGogAC0AAkEGdCAALQADampBgMGkHmshCCAIQf//P0sNAyACIANBgLADIAhBCnZy+w4AIAIgA0EBakGAuAMgCEH/B3Fy+w4AIANBAmohAyAAQQRqIQAgACAESQ0ADAILCyADIAAgBGtrIQMgBCEACyAAIARLDQAgAkEAIAMQAA8L0G8LqgICA38CfiABQQRPBEAgAEEAEBAhBiABQQRrIQMgBiEHIAMEQCAAIAMQECEHCyAGIAeEQoD/g/yP8L9Ag1AEQCACIAEQDCEFIAUgARANBEAgBSAGEBE+AAAgBSADaiAHEBE+AAAFIAEQCAsgBQ8LQQAgBjdAAYAQIANBAXQgBzdAAYAQBSABBEAgAUEBdiEDIABBABABIQQgACADEAGtIQYgACABQQFrEAGtIQcgBCAGIAeEp3JBgAFJBEAgAiABEAwhBSAFIAEQDQRAIAUgBDoAACAFIANqIAY8AAAgBSABakEBayAHPAAABSABEAgLIAUPC0EAIAQ7QAGAECADQQF0IAY9QAGAECABQQF0IAc9QAH+DwsLIAEQDiEBIAEgAhAHIQUgARAIIAULsgICAn8EeyABQRBNBEAgAEEAEA8hBSAFIQggAUEIayEDIAMEQCAAIAMQDyEICyAFIAj9UBASBEAgAiABEAwhBCAEIAEQDQRAIAQgBRATNwAAIAQgA2ogCBATNwAABSABEAgLIAQPC0EAIAX9C0ABgBAgA0EBdCAI/QtAAYAQBSABQRBrIQMgAEEAEA8hBSAAQQgQDyEGIAAgAxAPIQcgACADQQhqEA8hCCAFIAb9UCAHIAj9UP1QEBIEQCACIAEQDCEEIAQgARANBEAgBCAFIAb9Zv0LAAAgBCADaiAHIAj9Zv0LAAAFIAEQCAsgBA8LQQAgBf0LQAGAEEEAIAb9C0ABkBAgA0EBdCAH/QtAAYAQIANBAXQgCP0LQAGQEAsgARAOIQEgASACEAchBCABEAggBAtzAQJ/IAEgABAMIQIgAiAAEA0EQCAAQSBLIABBwABNcQRAIAJBAP0AQAEQ/QsAACACQQD9AEABIP0LABAgAEEgayEDIAIgA2ogA/0AQAEQ/QsAACACIANqIAP9AEABIP0LABAFIAIgABAUCwUgABAICyACCxEAQQggAEGAgICAeHI2QgEAC2QBAn8gAUEISQR/IAAgASACEAUFIAAgASACEAYLIQRBCChCAQAhBSAFBEAgBUH/////B3EhASAEIAEQDUUEQEEMIAQ2QgEAQQAPC0EIQQA2QgEACyADIAQ2AAAgAyABNgAEQQELrwIBA38gAARAQQAoQgEAIQ1BAEEANkIBACAAKEIBACEOIAAgDkEEcjZCAQALAkAgBCADIAFBAChCAZAYahALRQ0AQQEhDCAMIAJGDQAgBSADIAFBAChCAZQYahALRQ0AQQIhDCAMIAJGDQAgBiADIAFBAChCAZgYahALRQ0AQQMhDCAMIAJGDQAgByADIAFBAChCAZwYahALRQ0AQQQhDCAMIAJGDQAgCCADIAFBAChCAaAYahALRQ0AQQUhDCAMIAJGDQAgCSADIAFBAChCAaQYahALRQ0AQQYhDCAMIAJGDQAgCiADIAFBAChCAagYahALRQ0AQQchDCAMIAJGDQAgCyADIAFBAChCAawYahALRQ0AQQghDAsgAARAIAAgDjZCAQBBACANNkIBAAsgDAsfAQF/IAAQAiEDIAMgAUsEQEEADwsgACADQQAgAhAJC1kBA38gAARAQQAoQgEAIQIgAgRAQQBBADZCAQALIAAoQgEAIQMgACADQQRyNkIBAAtBAEEAQQEgARADIQQgAARAIAAgAzZCAQAgAgRAQQAgAjZCAQALCyAECxAAIACtIAGtfD8ArUIQhlgLqQIBBX8gAEEBdCECAkADQCABIAJPDQEgAS9BAYAQIQQgAUECaiEBIARBgAFJBEAgAyAEOkABECADQQFqIQMMAQsgBEGAEEkEQCADQcCBAiAEQQZ2IARBP3FBCHRycjtAARAgA0ECaiEDDAELIARBgPADcUGAsANGBEAgBEGAuANJIAEgAklxBEAgAS9BAYAQIQUgBUGA+ANxQYC4A0YEQCABQQJqIQEgBEEKdCAFakGAuP8aayEEIANB8IGChHggBEESdiAEQYDgD3FBBHZyIARBwB9xQQp0IARBP3FBGHRycnI2QAEQIANBBGohAwwDCwtB/f8DIQQLIANB4IGCBCAEQQx2IARBwB9xQQJ0IARBP3FBEHRycnI2QAEQIANBA2ohAwwACwsgAwsWACAAIAEQEP0SIAAgAUEEahAQ/R4BCzMAIAAgARABrSAAIAFBAWoQAa1CEIaEIAAgAUECahABrUIghiAAIAFBA2oQAa1CMIaEhAsdACAAIABCCIiEQv//g4Dw/z+DIQAgACAAQhCIhAsbACAA/QyA/4D/gP+A/4D/gP+A/4D//U79U0ULCwAgACAA/Wb9HQAL0AEBAn8gAUGAAk8EQCAAQRAgAfwKAAEPCyABQRBPBEAgAUEQayEDA0AgAiADSQRAIAAgAmogAv0AQAEQ/QsAACACQRBqIQIMAQsLIAAgA2ogA/0AQAEQ/QsAAA8LIAFBCE8EQCABQQhrIQMgAEEAKUABEDcAACAAIANqIAMpQAEQNwAADwsgAUEETwRAIAFBBGshAyAAQQAoQAEQNgAAIAAgA2ogAyhAARA2AAAPCwNAIAIgAUkEQCAAIAJqIAItQAEQOgAAIAJBAWohAgwBCwsLAJMFBG5hbWUBkwETAARmcm9tAQJhdAIGbGVuZ3RoAwdyZWFsbG9jBQNmZXcGBWxvd2VyBwVwbGFjZQgHc3BlY2lhbAkFc3RvcmULCnN0b3JlU2hvcnQMCGFsbG9jYXRlDQRmaXRzDgZlbmNvZGUPBWVpZ2h0EARmb3VyEQpuYXJyb3dGb3VyEgdpc0FzY2lpEwZuYXJyb3cUBGNvcHkCgwMRBAkAAXABAW4CBmJ1ZmZlcgMBaQQDZW5kBQFxBgFjBwF3CAFkBQgAAXMBAW4CBHdvcmQDAWkEAWMFAXAGA2ZldwcEbW9yZQYJAAFzAQFuAgR3b3JkAwFpBAFwBQVmaXJzdAYGc2Vjb25kBwV0aGlyZAgEbGFzdAcEAAFuAQR3b3JkAgFwAwRsYXN0CAEAAW4JBgABcwEBbgIEd29yZAMCYXQEAXAFB3NwZWNpYWwKDwAEd29yZAECYXQCBWNvdW50AwRtb3N0BAJzMAUCczEGAnMyBwJzMwgCczQJAnM1CgJzNgsCczcMAWkNB3J1bm5pbmcOBXN0YXRlCwQAAXMBBG1vc3QCAmF0AwFuDAUABHdvcmQBAW4CB3J1bm5pbmcDBXN0YXRlBAFwDQIAAXABAW4OBgABbgEBaQIDZW5kAwFxBAFjBQFkDwIAAXMBAWkQAgABcwEBaREBAARmb3VyEgEABWVpZ2h0EwEABWVpZ2h0FAQAAXABAW4CAWkDBGxhc3QDSAQEBQAHcmVmdXNlZAEEZG9uZQMFYXNjaWkGBG92ZXIHBG5leHQKAQEDZW5kDgIABGRvbmUBBG5leHQUAgIEbmV4dAYEbmV4dAQIAQAFdW5pdHMGEQIABm1lbW9yeQEGdGhyZWFkBwkBAAZidWZmZXI='

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
