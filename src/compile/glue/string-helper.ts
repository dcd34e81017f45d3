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
  /** Leaves its bytes in `words[STRING_BYTES]`. */
  lower(text: string, addressOfWord: number): number
  /** The same for so many bytes of UTF-8 that lie in the thread's memory already. */
  place(byteLength: number, addressOfWord: number): number
  /** Returns 0 where the pointer is bad: it is in `words[STRING_POINTER]` then. */
  store(text: string, addressOfWord: number, address: number): number
}

/** The assembled `string-helper.wat`, in base64. */
export const stringHelperBytes =
  'AGFzbQEAAAABUw5edwFgA2MAf38BZG9gAm9/AX9gAW8Bf2AEf39/fwF/YAJ/fwFvYAJ/fwF/YANvf38Bf2ACb38Be2ACb38BfmABfgF+YAF7AX9gAXsBfmACf38AAnkGDndhc206anMtc3RyaW5nEWZyb21DaGFyQ29kZUFycmF5AAEOd2FzbTpqcy1zdHJpbmcKY2hhckNvZGVBdAACDndhc206anMtc3RyaW5nBmxlbmd0aAADAAZtZW1vcnkCAAAABnRocmVhZAIAAAAHcmVhbGxvYwAEAw4NBQIGBwYGAwgJCgsMDQYLAWQAAEHAAPsHAAsHIAQEbGlmdAAEBWxvd2VyAAUFcGxhY2UABgVzdG9yZQAHCukODd4EAwFkAAR/AX4jACECIAAgAWohBAJAAkAgAUEITwRAA0AgACADaikAACEHIAdCgIGChIiQoMCAf4NQBEAgAiADIAdC/wGDp/sOACACIANBAWogB0IIiEL/AYOn+w4AIAIgA0ECaiAHQhCIQv8Bg6f7DgAgAiADQQNqIAdCGIhC/wGDp/sOACACIANBBGogB0IgiEL/AYOn+w4AIAIgA0EFaiAHQiiIQv8Bg6f7DgAgAiADQQZqIAdCMIhC/wGDp/sOACACIANBB2ogB0I4iKf7DgAgA0EIaiEDIAMgAUYNAyADIAFBCGtLBEAgAUEIayEDCwwBCwsLIAAgA2ohAANAIAAgBE8NASAALQAAIQUgAEEBaiEAIAVBgAFPBEAgBUHCAUkNAyAFQfQBSw0DIAAgBE8NAyAALQAAIQYgBkHAAXFBgAFHDQMgAEEBaiEAIAZBP3EhBiAFQeABSQRAIAVBH3FBBnQgBnIhBQUgBUEPcUEGdCAGciEGIAAgBE8NBCAALQAAQcABcUGAAUcNBCAGQQZ0IAAtAABBP3FyIQYgAEEBaiEAIAVB8AFJBEAgBkGAEEkNBSAGQYDwA3FBgLADRg0FIAYhBQUgACAETw0FIAAtAABBwAFxQYABRw0FIAZB//8BcUEGdCAALQAAQT9xciEGIABBAWohACAGQYCABEkNBSAGQf//wwBLDQUgBkGAgARrIQYgAiADQYCwAyAGQQp2cvsOACADQQFqIQNBgLgDIAZB/wdxciEFCwsLIAIgAyAF+w4AIANBAWohAwwACwsgAkEAIAMQAA8L0G8LywIDBH8CfgJ7IAAQAiECIAJBCEkEQCACQQRPBEAgAEEAEAwhBiACQQRrIQMgBiEHIAMEQCAAIAMQDCEHCyAGIAeEQoD/g/yP8L9Ag1AEQCABIAIQCCEFIAUgAhAJBEAgBSAGEA0+AAAgBSADaiAHEA0+AAALIAUPCwUgAgRAIAJBAXYhAyAAQQAQASEEIAAgAxABrSEGIAAgAkEBaxABrSEHIAQgBiAHhKdyQYABSQRAIAEgAhAIIQUgBSACEAkEQCAFIAQ6AAAgBSADaiAGPAAAIAUgAmpBAWsgBzwAAAsgBQ8LCwsFIAJBEE0EQCAAQQAQCyEIIAghCSACQQhrIQMgAwRAIAAgAxALIQkLIAggCf1QEA4EQCABIAIQCCEFIAUgAhAJBEAgBSAIEA83AAAgBSADaiAJEA83AAALIAUPCwsLIAAQCiABEAYLHQEBfyABIAAQCCECIAIgABAJBEAgAiAAEBALIAILOQECfyAAIAEQBSEDQQgoQgEAIQQgAyAEEAlFBEBBDCADNkIBAEEADwsgAiADNgAAIAIgBDYABEEBC1MBAn9BCCABNkIBAEEAKEIBACECIAIEQEEAQQA2QgEACyAAKEIBACEDIAAgA0EEcjZCAQBBAEEAQQEgARADIAAgAzZCAQAgAgRAQQAgAjZCAQALCxAAIACtIAGtfD8ArUIQhlgLmQMCBX8BeyAAEAIhASABQQhPBEADQCAAIAIQCyEGIAYQDgRAIAIgBhAPN0ABECACQQhqIQIgAiABRgRAIAEPCyACIAFBCGtLBEAgAUEIayECCwwBCwsLIAIhAwJAA0AgAiABTw0BIAAgAhABIQQgAkEBaiECIARBgAFJBEAgAyAEOkABECADQQFqIQMMAQsgBEGAEEkEQCADQcABIARBBnZyOkABECADQYABIARBP3FyOkABESADQQJqIQMMAQsgBEGA8ANxQYCwA0YEQCAEQYC4A0kgAiABSXEEQCAAIAIQASEFIAVBgPgDcUGAuANGBEAgAkEBaiECIARBCnQgBWpBgLj/GmshBCADQfABIARBEnZyOkABECADQYABIARBDHZBP3FyOkABESADQYABIARBBnZBP3FyOkABEiADQYABIARBP3FyOkABEyADQQRqIQMMAwsLQf3/AyEECyADQeABIARBDHZyOkABECADQYABIARBBnZBP3FyOkABESADQYABIARBP3FyOkABEiADQQNqIQMMAAsLIAMLFgAgACABEAz9EiAAIAFBBGoQDP0eAQszACAAIAEQAa0gACABQQFqEAGtQhCGhCAAIAFBAmoQAa1CIIYgACABQQNqEAGtQjCGhIQLHQAgACAAQgiIhEL//4OA8P8/gyEAIAAgAEIQiIQLGwAgAP0MgP+A/4D/gP+A/4D/gP+A//1O/VNFCwsAIAAgAP1m/R0AC9ABAQJ/IAFBgAJPBEAgAEEQIAH8CgABDwsgAUEQTwRAIAFBEGshAwNAIAIgA0kEQCAAIAJqIAL9AEABEP0LAAAgAkEQaiECDAELCyAAIANqIAP9AEABEP0LAAAPCyABQQhPBEAgAUEIayEDIABBAClAARA3AAAgACADaiADKUABEDcAAA8LIAFBBE8EQCABQQRrIQMgAEEAKEABEDYAACAAIANqIAMoQAEQNgAADwsDQCACIAFJBEAgACACaiACLUABEDoAACACQQFqIQIMAQsLCwDbAwRuYW1lAXIPAARmcm9tAQJhdAIGbGVuZ3RoAwdyZWFsbG9jBQVsb3dlcgYFcGxhY2UICGFsbG9jYXRlCQRmaXRzCgZlbmNvZGULBWVpZ2h0DARmb3VyDQpuYXJyb3dGb3VyDgdpc0FzY2lpDwZuYXJyb3cQBGNvcHkC8QENBAgAAXABAW4CBmJ1ZmZlcgMBaQQDZW5kBQFjBgFkBwVlaWdodAUKAAFzAQR3b3JkAgFuAwFpBAFjBQFwBgNmZXcHBG1vcmUIBWZpcnN0CQRsYXN0BgMAAW4BBHdvcmQCAXAHBQABcwEEd29yZAICYXQDAXAEAW4IBAAEd29yZAEBbgIHcnVubmluZwMFc3RhdGUJAgABcAEBbgoHAAFzAQFuAgFpAwFxBAFjBQFkBgVlaWdodAsCAAFzAQFpDAIAAXMBAWkNAQAEZm91cg4BAAVlaWdodA8BAAVlaWdodBAEAAFwAQFuAgFpAwRsYXN0A0QDBAQACW1hbGZvcm1lZAEEZG9uZQMFYXNjaWkGBG5leHQKAwEFYXNjaWkFBGRvbmUGBG5leHQQAgIEbmV4dAYEbmV4dAQIAQAFdW5pdHMGEQIABm1lbW9yeQEGdGhyZWFkBwkBAAZidWZmZXI='

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
