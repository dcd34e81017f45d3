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
  /** Leaves its bytes in `words[STRING_BYTES]`. The address is 0 where `realloc` is confined. */
  lower(text: string, addressOfWord: number): number
  /** The same for so many bytes of UTF-8 that lie in the thread's memory already. */
  place(byteLength: number, addressOfWord: number): number
  /** Returns 0 where the pointer is bad: it is in `words[STRING_POINTER]` then. */
  store(text: string, addressOfWord: number, address: number): number
}

/** The assembled `string-helper.wat`, in base64. */
export const stringHelperBytes =
  'AGFzbQEAAAABUw5edwFgA2MAf38BZG9gAm9/AX9gAW8Bf2AEf39/fwF/YAJ/fwFvYAJ/fwF/YANvf38Bf2ACb38Be2ACb38BfmABfgF+YAF7AX9gAXsBfmACf38AAnkGDndhc206anMtc3RyaW5nEWZyb21DaGFyQ29kZUFycmF5AAEOd2FzbTpqcy1zdHJpbmcKY2hhckNvZGVBdAACDndhc206anMtc3RyaW5nBmxlbmd0aAADAAZtZW1vcnkCAAAABnRocmVhZAIAAAAHcmVhbGxvYwAEAw4NBQIGBwYGAwgJCgsMDQYLAWQAAEHAAPsHAAsHIAQEbGlmdAAEBWxvd2VyAAUFcGxhY2UABgVzdG9yZQAHCvoODd4EAwFkAAR/AX4jACECIAAgAWohBAJAAkAgAUEITwRAA0AgACADaikAACEHIAdCgIGChIiQoMCAf4NQBEAgAiADIAdC/wGDp/sOACACIANBAWogB0IIiEL/AYOn+w4AIAIgA0ECaiAHQhCIQv8Bg6f7DgAgAiADQQNqIAdCGIhC/wGDp/sOACACIANBBGogB0IgiEL/AYOn+w4AIAIgA0EFaiAHQiiIQv8Bg6f7DgAgAiADQQZqIAdCMIhC/wGDp/sOACACIANBB2ogB0I4iKf7DgAgA0EIaiEDIAMgAUYNAyADIAFBCGtLBEAgAUEIayEDCwwBCwsLIAAgA2ohAANAIAAgBE8NASAALQAAIQUgAEEBaiEAIAVBgAFPBEAgBUHCAUkNAyAFQfQBSw0DIAAgBE8NAyAALQAAIQYgBkHAAXFBgAFHDQMgAEEBaiEAIAZBP3EhBiAFQeABSQRAIAVBH3FBBnQgBnIhBQUgBUEPcUEGdCAGciEGIAAgBE8NBCAALQAAQcABcUGAAUcNBCAGQQZ0IAAtAABBP3FyIQYgAEEBaiEAIAVB8AFJBEAgBkGAEEkNBSAGQYDwA3FBgLADRg0FIAYhBQUgACAETw0FIAAtAABBwAFxQYABRw0FIAZB//8BcUEGdCAALQAAQT9xciEGIABBAWohACAGQYCABEkNBSAGQf//wwBLDQUgBkGAgARrIQYgAiADQYCwAyAGQQp2cvsOACADQQFqIQNBgLgDIAZB/wdxciEFCwsLIAIgAyAF+w4AIANBAWohAwwACwsgAkEAIAMQAA8L0G8LywIDBH8CfgJ7IAAQAiECIAJBCEkEQCACQQRPBEAgAEEAEAwhBiACQQRrIQMgBiEHIAMEQCAAIAMQDCEHCyAGIAeEQoD/g/yP8L9Ag1AEQCABIAIQCCEFIAUgAhAJBEAgBSAGEA0+AAAgBSADaiAHEA0+AAALIAUPCwUgAgRAIAJBAXYhAyAAQQAQASEEIAAgAxABrSEGIAAgAkEBaxABrSEHIAQgBiAHhKdyQYABSQRAIAEgAhAIIQUgBSACEAkEQCAFIAQ6AAAgBSADaiAGPAAAIAUgAmpBAWsgBzwAAAsgBQ8LCwsFIAJBEE0EQCAAQQAQCyEIIAghCSACQQhrIQMgAwRAIAAgAxALIQkLIAggCf1QEA4EQCABIAIQCCEFIAUgAhAJBEAgBSAIEA83AAAgBSADaiAJEA83AAALIAUPCwsLIAAQCiABEAYLHQEBfyABIAAQCCECIAIgABAJBEAgAiAAEBALIAILOQECfyAAIAEQBSEDQQgoQgEAIQQgAyAEEAlFBEBBDCADNkIBAEEADwsgAiADNgAAIAIgBDYABEEBC2QBAn9BCCABNkIBACAARQRAQQBBAEEBIAEQAw8LQQAoQgEAIQIgAgRAQQBBADZCAQALIAAoQgEAIQMgACADQQRyNkIBAEEAQQBBASABEAMgACADNkIBACACBEBBACACNkIBAAsLEAAgAK0gAa18PwCtQhCGWAuZAwIFfwF7IAAQAiEBIAFBCE8EQANAIAAgAhALIQYgBhAOBEAgAiAGEA83QAEQIAJBCGohAiACIAFGBEAgAQ8LIAIgAUEIa0sEQCABQQhrIQILDAELCwsgAiEDAkADQCACIAFPDQEgACACEAEhBCACQQFqIQIgBEGAAUkEQCADIAQ6QAEQIANBAWohAwwBCyAEQYAQSQRAIANBwAEgBEEGdnI6QAEQIANBgAEgBEE/cXI6QAERIANBAmohAwwBCyAEQYDwA3FBgLADRgRAIARBgLgDSSACIAFJcQRAIAAgAhABIQUgBUGA+ANxQYC4A0YEQCACQQFqIQIgBEEKdCAFakGAuP8aayEEIANB8AEgBEESdnI6QAEQIANBgAEgBEEMdkE/cXI6QAERIANBgAEgBEEGdkE/cXI6QAESIANBgAEgBEE/cXI6QAETIANBBGohAwwDCwtB/f8DIQQLIANB4AEgBEEMdnI6QAEQIANBgAEgBEEGdkE/cXI6QAERIANBgAEgBEE/cXI6QAESIANBA2ohAwwACwsgAwsWACAAIAEQDP0SIAAgAUEEahAM/R4BCzMAIAAgARABrSAAIAFBAWoQAa1CEIaEIAAgAUECahABrUIghiAAIAFBA2oQAa1CMIaEhAsdACAAIABCCIiEQv//g4Dw/z+DIQAgACAAQhCIhAsbACAA/QyA/4D/gP+A/4D/gP+A/4D//U79U0ULCwAgACAA/Wb9HQAL0AEBAn8gAUGAAk8EQCAAQRAgAfwKAAEPCyABQRBPBEAgAUEQayEDA0AgAiADSQRAIAAgAmogAv0AQAEQ/QsAACACQRBqIQIMAQsLIAAgA2ogA/0AQAEQ/QsAAA8LIAFBCE8EQCABQQhrIQMgAEEAKUABEDcAACAAIANqIAMpQAEQNwAADwsgAUEETwRAIAFBBGshAyAAQQAoQAEQNgAAIAAgA2ogAyhAARA2AAAPCwNAIAIgAUkEQCAAIAJqIAItQAEQOgAAIAJBAWohAgwBCwsLANsDBG5hbWUBcg8ABGZyb20BAmF0AgZsZW5ndGgDB3JlYWxsb2MFBWxvd2VyBgVwbGFjZQgIYWxsb2NhdGUJBGZpdHMKBmVuY29kZQsFZWlnaHQMBGZvdXINCm5hcnJvd0ZvdXIOB2lzQXNjaWkPBm5hcnJvdxAEY29weQLxAQ0ECAABcAEBbgIGYnVmZmVyAwFpBANlbmQFAWMGAWQHBWVpZ2h0BQoAAXMBBHdvcmQCAW4DAWkEAWMFAXAGA2ZldwcEbW9yZQgFZmlyc3QJBGxhc3QGAwABbgEEd29yZAIBcAcFAAFzAQR3b3JkAgJhdAMBcAQBbggEAAR3b3JkAQFuAgdydW5uaW5nAwVzdGF0ZQkCAAFwAQFuCgcAAXMBAW4CAWkDAXEEAWMFAWQGBWVpZ2h0CwIAAXMBAWkMAgABcwEBaQ0BAARmb3VyDgEABWVpZ2h0DwEABWVpZ2h0EAQAAXABAW4CAWkDBGxhc3QDRAMEBAAJbWFsZm9ybWVkAQRkb25lAwVhc2NpaQYEbmV4dAoDAQVhc2NpaQUEZG9uZQYEbmV4dBACAgRuZXh0BgRuZXh0BAgBAAV1bml0cwYRAgAGbWVtb3J5AQZ0aHJlYWQHCQEABmJ1ZmZlcg=='

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
