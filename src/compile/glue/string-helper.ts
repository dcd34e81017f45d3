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
  /** The same for so many bytes of UTF-8 that lie in the thread's memory already. */
  place(byteLength: number, addressOfWord: number): number
  /** Returns 0 where the pointer is bad: it is in `words[STRING_POINTER]` then. */
  store(text: string, addressOfWord: number, address: number): number
}

/** The assembled `string-helper.wat`, in base64. */
export const stringHelperBytes =
  'AGFzbQEAAAABSAxedwFgA2MAf38BZG9gAm9/AX9gAW8Bf2AEf39/fwF/YAJ/fwFvYAJ/fwF/YANvf38Bf2ACb38Be2ABewF/YAF7AX5gAn9/AAJ5Bg53YXNtOmpzLXN0cmluZxFmcm9tQ2hhckNvZGVBcnJheQABDndhc206anMtc3RyaW5nCmNoYXJDb2RlQXQAAg53YXNtOmpzLXN0cmluZwZsZW5ndGgAAwAGbWVtb3J5AgAAAAZ0aHJlYWQCAAAAB3JlYWxsb2MABAMMCwUCBgcGBgMICQoLBgsBZAAAQcAA+wcACwcgBARsaWZ0AAQFbG93ZXIABQVwbGFjZQAGBXN0b3JlAAcKqA4L3gQDAWQABH8BfiMAIQIgACABaiEEAkACQCABQQhPBEADQCAAIANqKQAAIQcgB0KAgYKEiJCgwIB/g1AEQCACIAMgB0L/AYOn+w4AIAIgA0EBaiAHQgiIQv8Bg6f7DgAgAiADQQJqIAdCEIhC/wGDp/sOACACIANBA2ogB0IYiEL/AYOn+w4AIAIgA0EEaiAHQiCIQv8Bg6f7DgAgAiADQQVqIAdCKIhC/wGDp/sOACACIANBBmogB0IwiEL/AYOn+w4AIAIgA0EHaiAHQjiIp/sOACADQQhqIQMgAyABRg0DIAMgAUEIa0sEQCABQQhrIQMLDAELCwsgACADaiEAA0AgACAETw0BIAAtAAAhBSAAQQFqIQAgBUGAAU8EQCAFQcIBSQ0DIAVB9AFLDQMgACAETw0DIAAtAAAhBiAGQcABcUGAAUcNAyAAQQFqIQAgBkE/cSEGIAVB4AFJBEAgBUEfcUEGdCAGciEFBSAFQQ9xQQZ0IAZyIQYgACAETw0EIAAtAABBwAFxQYABRw0EIAZBBnQgAC0AAEE/cXIhBiAAQQFqIQAgBUHwAUkEQCAGQYAQSQ0FIAZBgPADcUGAsANGDQUgBiEFBSAAIARPDQUgAC0AAEHAAXFBgAFHDQUgBkH//wFxQQZ0IAAtAABBP3FyIQYgAEEBaiEAIAZBgIAESQ0FIAZB///DAEsNBSAGQYCABGshBiACIANBgLADIAZBCnZy+w4AIANBAWohA0GAuAMgBkH/B3FyIQULCwsgAiADIAX7DgAgA0EBaiEDDAALCyACQQAgAxAADwvQbwuUAgMEfwF+AnsgABACIQIgAkEISQRAAkACQANAIAMgAk8NASAAIAMQASEEIARBgAFPDQIgBiAErSADQQN0rYaEIQYgA0EBaiEDDAALCyABIAIQCCEFIAUgAhAJBEAgBSEDIAJBBHEEQCADIAY+AAAgA0EEaiEDIAZCIIghBgsgAkECcQRAIAMgBj0AACADQQJqIQMgBkIQiCEGCyACQQFxBEAgAyAGPAAACwsgBQ8LBSACQRBNBEAgAEEAEAshByAHIQggAkEIayEDIAMEQCAAIAMQCyEICyAHIAj9UBAMBEAgASACEAghBSAFIAIQCQRAIAUgBxANNwAAIAUgA2ogCBANNwAACyAFDwsLCyAAEAogARAGCx0BAX8gASAAEAghAiACIAAQCQRAIAIgABAOCyACCzkBAn8gACABEAUhA0EIKEIBACEEIAMgBBAJRQRAQQwgAzZCAQBBAA8LIAIgAzYAACACIAQ2AARBAQtTAQJ/QQggATZCAQBBAChCAQAhAiACBEBBAEEANkIBAAsgAChCAQAhAyAAIANBBHI2QgEAQQBBAEEBIAEQAyAAIAM2QgEAIAIEQEEAIAI2QgEACwsQACAArSABrXw/AK1CEIZYC5kDAgV/AXsgABACIQEgAUEITwRAA0AgACACEAshBiAGEAwEQCACIAYQDTdAARAgAkEIaiECIAIgAUYEQCABDwsgAiABQQhrSwRAIAFBCGshAgsMAQsLCyACIQMCQANAIAIgAU8NASAAIAIQASEEIAJBAWohAiAEQYABSQRAIAMgBDpAARAgA0EBaiEDDAELIARBgBBJBEAgA0HAASAEQQZ2cjpAARAgA0GAASAEQT9xcjpAAREgA0ECaiEDDAELIARBgPADcUGAsANGBEAgBEGAuANJIAIgAUlxBEAgACACEAEhBSAFQYD4A3FBgLgDRgRAIAJBAWohAiAEQQp0IAVqQYC4/xprIQQgA0HwASAEQRJ2cjpAARAgA0GAASAEQQx2QT9xcjpAAREgA0GAASAEQQZ2QT9xcjpAARIgA0GAASAEQT9xcjpAARMgA0EEaiEDDAMLC0H9/wMhBAsgA0HgASAEQQx2cjpAARAgA0GAASAEQQZ2QT9xcjpAAREgA0GAASAEQT9xcjpAARIgA0EDaiEDDAALCyADC14AIAAgARAB/RAgACABQQFqEAH9GgEgACABQQJqEAH9GgIgACABQQNqEAH9GgMgACABQQRqEAH9GgQgACABQQVqEAH9GgUgACABQQZqEAH9GgYgACABQQdqEAH9GgcLGwAgAP0MgP+A/4D/gP+A/4D/gP+A//1O/VNFCwsAIAAgAP1m/R0AC9ABAQJ/IAFBgAJPBEAgAEEQIAH8CgABDwsgAUEQTwRAIAFBEGshAwNAIAIgA0kEQCAAIAJqIAL9AEABEP0LAAAgAkEQaiECDAELCyAAIANqIAP9AEABEP0LAAAPCyABQQhPBEAgAUEIayEDIABBAClAARA3AAAgACADaiADKUABEDcAAA8LIAFBBE8EQCABQQRrIQMgAEEAKEABEDYAACAAIANqIAMoQAEQNgAADwsDQCACIAFJBEAgACACaiACLUABEDoAACACQQFqIQIMAQsLCwDIAwRuYW1lAWANAARmcm9tAQJhdAIGbGVuZ3RoAwdyZWFsbG9jBQVsb3dlcgYFcGxhY2UICGFsbG9jYXRlCQRmaXRzCgZlbmNvZGULBWVpZ2h0DAdpc0FzY2lpDQZuYXJyb3cOBGNvcHkC2wELBAgAAXABAW4CBmJ1ZmZlcgMBaQQDZW5kBQFjBgFkBwVlaWdodAUJAAFzAQR3b3JkAgFuAwFpBAFjBQFwBgNmZXcHBWZpcnN0CARsYXN0BgMAAW4BBHdvcmQCAXAHBQABcwEEd29yZAICYXQDAXAEAW4IBAAEd29yZAEBbgIHcnVubmluZwMFc3RhdGUJAgABcAEBbgoHAAFzAQFuAgFpAwFxBAFjBQFkBgVlaWdodAsCAAFzAQFpDAEABWVpZ2h0DQEABWVpZ2h0DgQAAXABAW4CAWkDBGxhc3QDWQQEBAAJbWFsZm9ybWVkAQRkb25lAwVhc2NpaQYEbmV4dAUDAQVvdGhlcgIEZG9uZQMEbmV4dAoDAQVhc2NpaQUEZG9uZQYEbmV4dA4CAgRuZXh0BgRuZXh0BAgBAAV1bml0cwYRAgAGbWVtb3J5AQZ0aHJlYWQHCQEABmJ1ZmZlcg=='

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
