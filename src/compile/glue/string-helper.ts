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
  'AGFzbQEAAAABbxFedwFgA2MAf38BZG9gAm9/AX9gAW8Bf2AEf39/fwF/YAJ/fwFvYANvf38Bf2ACf38Bf2ABfwBgBG9/f38Bf2AMf39/f29vb29vb29vAX9gAm9/AXtgAm9/AX5gAX4BfmABewF/YAF7AX5gAn9/AAJ5Bg53YXNtOmpzLXN0cmluZxFmcm9tQ2hhckNvZGVBcnJheQABDndhc206anMtc3RyaW5nCmNoYXJDb2RlQXQAAg53YXNtOmpzLXN0cmluZwZsZW5ndGgAAwAGbWVtb3J5AgAAAAZ0aHJlYWQCAAAAB3JlYWxsb2MABAMSEQUGBgcICQoGBwcDCwwNDg8QBgsBZAAAQcAA+wcACwczBgRsaWZ0AAQDZmV3AAUFbG93ZXIABgVwbGFjZQAHBXN0b3JlAAkKc3RvcmVFaWdodAAKCo4SEd4EAwFkAAR/AX4jACECIAAgAWohBAJAAkAgAUEITwRAA0AgACADaikAACEHIAdCgIGChIiQoMCAf4NQBEAgAiADIAdC/wGDp/sOACACIANBAWogB0IIiEL/AYOn+w4AIAIgA0ECaiAHQhCIQv8Bg6f7DgAgAiADQQNqIAdCGIhC/wGDp/sOACACIANBBGogB0IgiEL/AYOn+w4AIAIgA0EFaiAHQiiIQv8Bg6f7DgAgAiADQQZqIAdCMIhC/wGDp/sOACACIANBB2ogB0I4iKf7DgAgA0EIaiEDIAMgAUYNAyADIAFBCGtLBEAgAUEIayEDCwwBCwsLIAAgA2ohAANAIAAgBE8NASAALQAAIQUgAEEBaiEAIAVBgAFPBEAgBUHCAUkNAyAFQfQBSw0DIAAgBE8NAyAALQAAIQYgBkHAAXFBgAFHDQMgAEEBaiEAIAZBP3EhBiAFQeABSQRAIAVBH3FBBnQgBnIhBQUgBUEPcUEGdCAGciEGIAAgBE8NBCAALQAAQcABcUGAAUcNBCAGQQZ0IAAtAABBP3FyIQYgAEEBaiEAIAVB8AFJBEAgBkGAEEkNBSAGQYDwA3FBgLADRg0FIAYhBQUgACAETw0FIAAtAABBwAFxQYABRw0FIAZB//8BcUEGdCAALQAAQT9xciEGIABBAWohACAGQYCABEkNBSAGQf//wwBLDQUgBkGAgARrIQYgAiADQYCwAyAGQQp2cvsOACADQQFqIQNBgLgDIAZB/wdxciEFCwsLIAIgAyAF+w4AIANBAWohAwwACwsgAkEAIAMQAA8L0G8L6AECA38CfiABQQRPBEAgAEEAEBAhBiABQQRrIQMgBiEHIAMEQCAAIAMQECEHCyAGIAeEQoD/g/yP8L9Ag1AEQCACIAEQDCEFIAUgARANBEAgBSAGEBE+AAAgBSADaiAHEBE+AAAFIAEQCAsgBQ8LBSABBEAgAUEBdiEDIABBABABIQQgACADEAGtIQYgACABQQFrEAGtIQcgBCAGIAeEp3JBgAFJBEAgAiABEAwhBSAFIAEQDQRAIAUgBDoAACAFIANqIAY8AAAgBSABakEBayAHPAAABSABEAgLIAUPCwsLIAAQDiACEAcLbwICfwJ7IAFBEE0EQCAAQQAQDyEFIAUhBiABQQhrIQMgAwRAIAAgAxAPIQYLIAUgBv1QEBIEQCACIAEQDCEEIAQgARANBEAgBCAFEBM3AAAgBCADaiAGEBM3AAAFIAEQCAsgBA8LCyAAEA4gAhAHCyEBAX8gASAAEAwhAiAAEAggAiAAEA0EQCACIAAQFAsgAgsRAEEIIABBgICAgHhyNkIBAAtkAQJ/IAFBCEkEfyAAIAEgAhAFBSAAIAEgAhAGCyEEQQgoQgEAIQUgBQRAIAVB/////wdxIQEgBCABEA1FBEBBDCAENkIBAEEADwtBCEEANkIBAAsgAyAENgAAIAMgATYABEEBC68CAQN/IAAEQEEAKEIBACENQQBBADZCAQAgAChCAQAhDiAAIA5BBHI2QgEACwJAIAQgAyABQQAoQgGQGGoQC0UNAEEBIQwgDCACRg0AIAUgAyABQQAoQgGUGGoQC0UNAEECIQwgDCACRg0AIAYgAyABQQAoQgGYGGoQC0UNAEEDIQwgDCACRg0AIAcgAyABQQAoQgGcGGoQC0UNAEEEIQwgDCACRg0AIAggAyABQQAoQgGgGGoQC0UNAEEFIQwgDCACRg0AIAkgAyABQQAoQgGkGGoQC0UNAEEGIQwgDCACRg0AIAogAyABQQAoQgGoGGoQC0UNAEEHIQwgDCACRg0AIAsgAyABQQAoQgGsGGoQC0UNAEEIIQwLIAAEQCAAIA42QgEAQQAgDTZCAQALIAwLHwEBfyAAEAIhAyADIAFLBEBBAA8LIAAgA0EAIAIQCQtZAQN/IAAEQEEAKEIBACECIAIEQEEAQQA2QgEACyAAKEIBACEDIAAgA0EEcjZCAQALQQBBAEEBIAEQAyEEIAAEQCAAIAM2QgEAIAIEQEEAIAI2QgEACwsgBAsQACAArSABrXw/AK1CEIZYC5kDAgV/AXsgABACIQEgAUEITwRAA0AgACACEA8hBiAGEBIEQCACIAYQEzdAARAgAkEIaiECIAIgAUYEQCABDwsgAiABQQhrSwRAIAFBCGshAgsMAQsLCyACIQMCQANAIAIgAU8NASAAIAIQASEEIAJBAWohAiAEQYABSQRAIAMgBDpAARAgA0EBaiEDDAELIARBgBBJBEAgA0HAASAEQQZ2cjpAARAgA0GAASAEQT9xcjpAAREgA0ECaiEDDAELIARBgPADcUGAsANGBEAgBEGAuANJIAIgAUlxBEAgACACEAEhBSAFQYD4A3FBgLgDRgRAIAJBAWohAiAEQQp0IAVqQYC4/xprIQQgA0HwASAEQRJ2cjpAARAgA0GAASAEQQx2QT9xcjpAAREgA0GAASAEQQZ2QT9xcjpAARIgA0GAASAEQT9xcjpAARMgA0EEaiEDDAMLC0H9/wMhBAsgA0HgASAEQQx2cjpAARAgA0GAASAEQQZ2QT9xcjpAAREgA0GAASAEQT9xcjpAARIgA0EDaiEDDAALCyADCxYAIAAgARAQ/RIgACABQQRqEBD9HgELMwAgACABEAGtIAAgAUEBahABrUIQhoQgACABQQJqEAGtQiCGIAAgAUEDahABrUIwhoSECx0AIAAgAEIIiIRC//+DgPD/P4MhACAAIABCEIiECxsAIAD9DID/gP+A/4D/gP+A/4D/gP/9Tv1TRQsLACAAIAD9Zv0dAAvQAQECfyABQYACTwRAIABBECAB/AoAAQ8LIAFBEE8EQCABQRBrIQMDQCACIANJBEAgACACaiAC/QBAARD9CwAAIAJBEGohAgwBCwsgACADaiAD/QBAARD9CwAADwsgAUEITwRAIAFBCGshAyAAQQApQAEQNwAAIAAgA2ogAylAARA3AAAPCyABQQRPBEAgAUEEayEDIABBAChAARA2AAAgACADaiADKEABEDYAAA8LA0AgAiABSQRAIAAgAmogAi1AARA6AAAgAkEBaiECDAELCwsAhwUEbmFtZQGTARMABGZyb20BAmF0AgZsZW5ndGgDB3JlYWxsb2MFA2ZldwYFbG93ZXIHBXBsYWNlCAdzcGVjaWFsCQVzdG9yZQsKc3RvcmVTaG9ydAwIYWxsb2NhdGUNBGZpdHMOBmVuY29kZQ8FZWlnaHQQBGZvdXIRCm5hcnJvd0ZvdXISB2lzQXNjaWkTBm5hcnJvdxQEY29weQL0AhEECAABcAEBbgIGYnVmZmVyAwFpBANlbmQFAWMGAWQHBWVpZ2h0BQgAAXMBAW4CBHdvcmQDAWkEAWMFAXAGA2ZldwcEbW9yZQYHAAFzAQFuAgR3b3JkAwFpBAFwBQVmaXJzdAYEbGFzdAcDAAFuAQR3b3JkAgFwCAEAAW4JBgABcwEBbgIEd29yZAMCYXQEAXAFB3NwZWNpYWwKDwAEd29yZAECYXQCBWNvdW50AwRtb3N0BAJzMAUCczEGAnMyBwJzMwgCczQJAnM1CgJzNgsCczcMAWkNB3J1bm5pbmcOBXN0YXRlCwQAAXMBBG1vc3QCAmF0AwFuDAUABHdvcmQBAW4CB3J1bm5pbmcDBXN0YXRlBAFwDQIAAXABAW4OBwABcwEBbgIBaQMBcQQBYwUBZAYFZWlnaHQPAgABcwEBaRACAAFzAQFpEQEABGZvdXISAQAFZWlnaHQTAQAFZWlnaHQUBAABcAEBbgIBaQMEbGFzdANLBAQEAAltYWxmb3JtZWQBBGRvbmUDBWFzY2lpBgRuZXh0CgEBA2VuZA4DAQVhc2NpaQUEZG9uZQYEbmV4dBQCAgRuZXh0BgRuZXh0BAgBAAV1bml0cwYRAgAGbWVtb3J5AQZ0aHJlYWQHCQEABmJ1ZmZlcg=='

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
