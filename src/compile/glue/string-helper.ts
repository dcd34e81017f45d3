/**
 * Short strings in wasm: up to some dozens of bytes, `wasm:js-string` built-ins are faster than any coder of the
 * platform. One small instance per memory and `realloc`, made at the first string.
 */
import type { CoreFunction } from '../../runtime/back-end.ts'
import { threadMemory } from '../../runtime/thread.ts'

/** The exports of `string-helper.wat`, which says what they do. */
export interface StringHelper {
  lift(pointer: number, byteLength: number): string | null
  /** Leaves its bytes in `words[STRING_BYTES]`. */
  lower(text: string, addressOfWord: number): number
}

/** The assembled `string-helper.wat`, in base64. */
export const stringHelperBytes =
  'AGFzbQEAAAABMQhedwFgA2MAf38BZG9gAm9/AX9gAW8Bf2AEf39/fwF/YAJ/fwFvYAJ/fwF/YAJ/fwACeQYOd2FzbTpqcy1zdHJpbmcRZnJvbUNoYXJDb2RlQXJyYXkAAQ53YXNtOmpzLXN0cmluZwpjaGFyQ29kZUF0AAIOd2FzbTpqcy1zdHJpbmcGbGVuZ3RoAAMABm1lbW9yeQIAAAAGdGhyZWFkAgAAAAdyZWFsbG9jAAQDBwYFAgYGAwcGCwFkAABBwAD7BwALBxACBGxpZnQABAVsb3dlcgAFCqkMBt4EAwFkAAR/AX4jACECIAAgAWohBAJAAkAgAUEITwRAA0AgACADaikAACEHIAdCgIGChIiQoMCAf4NQBEAgAiADIAdC/wGDp/sOACACIANBAWogB0IIiEL/AYOn+w4AIAIgA0ECaiAHQhCIQv8Bg6f7DgAgAiADQQNqIAdCGIhC/wGDp/sOACACIANBBGogB0IgiEL/AYOn+w4AIAIgA0EFaiAHQiiIQv8Bg6f7DgAgAiADQQZqIAdCMIhC/wGDp/sOACACIANBB2ogB0I4iKf7DgAgA0EIaiEDIAMgAUYNAyADIAFBCGtLBEAgAUEIayEDCwwBCwsLIAAgA2ohAANAIAAgBE8NASAALQAAIQUgAEEBaiEAIAVBgAFPBEAgBUHCAUkNAyAFQfQBSw0DIAAgBE8NAyAALQAAIQYgBkHAAXFBgAFHDQMgAEEBaiEAIAZBP3EhBiAFQeABSQRAIAVBH3FBBnQgBnIhBQUgBUEPcUEGdCAGciEGIAAgBE8NBCAALQAAQcABcUGAAUcNBCAGQQZ0IAAtAABBP3FyIQYgAEEBaiEAIAVB8AFJBEAgBkGAEEkNBSAGQYDwA3FBgLADRg0FIAYhBQUgACAETw0FIAAtAABBwAFxQYABRw0FIAZB//8BcUEGdCAALQAAQT9xciEGIABBAWohACAGQYCABEkNBSAGQf//wwBLDQUgBkGAgARrIQYgAiADQYCwAyAGQQp2cvsOACADQQFqIQNBgLgDIAZB/wdxciEFCwsLIAIgAyAF+w4AIANBAWohAwwACwsgAkEAIAMQAA8L0G8LzAECBH8BfiAAEAIhAiACQQhJBEACQAJAA0AgAyACTw0BIAAgAxABIQQgBEGAAU8NAiAGIAStIANBA3SthoQhBiADQQFqIQMMAAsLIAEgAhAGIQUgBSACEAcEQCAFIQMgAkEEcQRAIAMgBj4AACADQQRqIQMgBkIgiCEGCyACQQJxBEAgAyAGPQAAIANBAmohAyAGQhCIIQYLIAJBAXEEQCADIAY8AAALCyAFDwsLIAAQCCECIAEgAhAGIQUgBSACEAcEQCAFIAIQCQsgBQtMAQF/QQggATZCAQBBAChCAQAhAkEAQQA2QgEAIAAgAChCAQBBBHI2QgEAQQBBAEEBIAEQAyAAIAAoQgEAQXtxNkIBAEEAIAI2QgEACxAAIACtIAGtfD8ArUIQhlgLiQQCBX8BeyAAEAIhASABQQhPBEADQCAAIAIQAf0QIAAgAkEBahAB/RoBIAAgAkECahAB/RoCIAAgAkEDahAB/RoDIAAgAkEEahAB/RoEIAAgAkEFahAB/RoFIAAgAkEGahAB/RoGIAAgAkEHahAB/RoHIQYgBv0MgP+A/4D/gP+A/4D/gP+A//1O/VNFBEAgAiAGIAb9Zv0dADdAARAgAkEIaiECIAIgAUYEQCABDwsgAiABQQhrSwRAIAFBCGshAgsMAQsLCyACIQMCQANAIAIgAU8NASAAIAIQASEEIAJBAWohAiAEQYABSQRAIAMgBDpAARAgA0EBaiEDDAELIARBgBBJBEAgA0HAASAEQQZ2cjpAARAgA0GAASAEQT9xcjpAAREgA0ECaiEDDAELIARBgPADcUGAsANGBEAgBEGAuANJIAIgAUlxBEAgACACEAEhBSAFQYD4A3FBgLgDRgRAIAJBAWohAiAEQQp0IAVqQYC4/xprIQQgA0HwASAEQRJ2cjpAARAgA0GAASAEQQx2QT9xcjpAAREgA0GAASAEQQZ2QT9xcjpAARIgA0GAASAEQT9xcjpAARMgA0EEaiEDDAMLC0H9/wMhBAsgA0HgASAEQQx2cjpAARAgA0GAASAEQQZ2QT9xcjpAAREgA0GAASAEQT9xcjpAARIgA0EDaiEDDAALCyADC48BAQJ/IAFBCE8EQCABQQhrIQMDQCACIANJBEAgACACaiACKUABEDcAACACQQhqIQIMAQsLIAAgA2ogAylAARA3AAAPCyABQQRPBEAgAUEEayEDIABBAChAARA2AAAgACADaiADKEABEDYAAA8LA0AgAiABSQRAIAAgAmogAi1AARA6AAAgAkEBaiECDAELCwsA0QIEbmFtZQE6CAAEZnJvbQECYXQCBmxlbmd0aAMHcmVhbGxvYwYIYWxsb2NhdGUHBGZpdHMIBmVuY29kZQkEY29weQKKAQYECAABcAEBbgIGYnVmZmVyAwFpBANlbmQFAWMGAWQHBWVpZ2h0BQcAAXMBBHdvcmQCAW4DAWkEAWMFAXAGA2ZldwYDAAR3b3JkAQFuAgdydW5uaW5nBwIAAXABAW4IBwABcwEBbgIBaQMBcQQBYwUBZAYFZWlnaHQJBAABcAEBbgIBaQMEbGFzdANZBAQEAAltYWxmb3JtZWQBBGRvbmUDBWFzY2lpBgRuZXh0BQMBBW90aGVyAgRkb25lAwRuZXh0CAMBBWFzY2lpBQRkb25lBgRuZXh0CQIBBG5leHQEBG5leHQECAEABXVuaXRzBhECAAZtZW1vcnkBBnRocmVhZAcJAQAGYnVmZmVy'

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
