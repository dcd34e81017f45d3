/**
 * Short strings in wasm: up to some dozens of bytes, `wasm:js-string` built-ins are faster than any coder of the
 * platform. One small instance per memory and `realloc`, made at the first string.
 */
import type { CoreFunction } from '../../runtime/back-end.ts'

/** The exports of `string-helper.wat`, which says what they do. */
export interface StringHelper {
  lift(pointer: number, byteLength: number): string | null
  lowerAscii(text: string): number
  lowerOther(): number
  written(): number
}

/** The assembled `string-helper.wat`, in base64. */
export const stringHelperBytes =
  'AGFzbQEAAAABNwledwFgA2MAf38BZG9gA29jAH8Bf2AEf39/fwF/YAJ/fwFvYAFvAX9gAAF/YAF/AX9gAn9/AX8CXQQOd2FzbTpqcy1zdHJpbmcRZnJvbUNoYXJDb2RlQXJyYXkAAQ53YXNtOmpzLXN0cmluZxFpbnRvQ2hhckNvZGVBcnJheQACAAZtZW1vcnkCAAAAB3JlYWxsb2MAAwMHBgQFBgYHCAYVA2QAAEHAAPsHAAt/AUEAC38BQQALBywEBGxpZnQAAwpsb3dlckFzY2lpAAQKbG93ZXJPdGhlcgAFB3dyaXR0ZW4ABgr9Bwb2AgIBZAAEfyMAIQIgACABaiEEAkACQANAIAAgBE8NASAALQAAIQUgAEEBaiEAIAVBgAFPBEAgBUHCAUkNAyAFQfQBSw0DIAAgBE8NAyAALQAAIQYgBkHAAXFBgAFHDQMgAEEBaiEAIAZBP3EhBiAFQeABSQRAIAVBH3FBBnQgBnIhBQUgBUEPcUEGdCAGciEGIAAgBE8NBCAALQAAQcABcUGAAUcNBCAGQQZ0IAAtAABBP3FyIQYgAEEBaiEAIAVB8AFJBEAgBkGAEEkNBSAGQYDwA3FBgLADRg0FIAYhBQUgACAETw0FIAAtAABBwAFxQYABRw0FIAZB//8BcUEGdCAALQAAQT9xciEGIABBAWohACAGQYCABEkNBSAGQf//wwBLDQUgBkGAgARrIQYgAiADQYCwAyAGQQp2cvsOACADQQFqIQNBgLgDIAZB/wdxciEFCwsLIAIgAyAF+w4AIANBAWohAwwACwsgAkEAIAMQAA8L0G8LkgECAWQABH8jACEBIAAgAUEAEAEhAwJAA0AgAiADTw0BIAQgASAC+w0AciEEIAJBAWohAgwACwsgBEH/AEsEQCADJAFBfw8LQQBBAEEBIAMQAiEFIAWtIAOtfD8ArUIQhlYEQCAFDwtBACECAkADQCACIANPDQEgBSACaiABIAL7DQA6AAAgAkEBaiECDAALCyAFC9oCAgFkAAZ/IwAhACMBIQIgAhAHJAJBAEEAQQEjAhACIQYgBq0jAq18PwCtQhCGVgRAIAYPCyAGIQUCQANAIAEgAk8NASAAIAH7DQAhAyABQQFqIQEgA0GAAUkEQCAFIAM6AAAgBUEBaiEFDAELIANBgBBJBEAgBUHAASADQQZ2cjoAACAFQYABIANBP3FyOgABIAVBAmohBQwBCyADQYDwA3FBgLADRgRAIAEgAhAIBEAgACAB+w0AIQQgAUEBaiEBIANBCnQgBGpBgLj/GmshAyAFQfABIANBEnZyOgAAIAVBgAEgA0EMdkE/cXI6AAEgBUGAASADQQZ2QT9xcjoAAiAFQYABIANBP3FyOgADIAVBBGohBQwCC0H9/wMhAwsgBUHgASADQQx2cjoAACAFQYABIANBBnZBP3FyOgABIAVBgAEgA0E/cXI6AAIgBUEDaiEFDAALCyAGCwQAIwILXwEDfwJAA0AgASAATw0BIwAgAfsNACECIAFBAWohASADQQEgAkGAAU8gAkGAEE9qamohAyACQYDwA3FBgLADRw0AIAEgABAIBEAgA0EBaiEDIAFBAWohAQsMAAsLIAMLLgAgACABTwRAQQAPCyMAIABBAWv7DQBBgLgDSSMAIAD7DQBBgPgDcUGAuANGcQsAoQIEbmFtZQEqBQAEZnJvbQEEaW50bwIHcmVhbGxvYwcKdXRmOExlbmd0aAgGaXNQYWlyAnQFAwcAAXABAW4CBmJ1ZmZlcgMBaQQDZW5kBQFjBgFkBAYAAXMBBmJ1ZmZlcgIBaQMBbgQDYWxsBQFwBQcABmJ1ZmZlcgEBaQIBbgMBYwQBZAUBcAYFc3RhcnQHBAABbgEBaQIBYwMFYnl0ZXMIAgABaQEBbgNTBAMDAAltYWxmb3JtZWQBBGRvbmUCBG5leHQEBAAEc2VlbgEEbmV4dAQHd3JpdHRlbgUEbmV4dAUCAQRkb25lAgRuZXh0BwIABGRvbmUBBG5leHQECAEABXVuaXRzBxkDAAZidWZmZXIBBWNvdW50Agd3cml0dGVu'

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
  // What string-helper.wat exports; in an ordinary object, because reading the engine's is slow.
  return { ...(exports as unknown as StringHelper) }
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
