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
  /** Returns 0 where the pointer is bad: it is in `words[STRING_POINTER]` then. */
  store(text: string, addressOfWord: number, address: number): number
}

/** The assembled `string-helper.wat`, in base64. */
export const stringHelperBytes =
  'AGFzbQEAAAABSAxedwFgA2MAf38BZG9gAm9/AX9gAW8Bf2AEf39/fwF/YAJ/fwFvYANvf38Bf2ACf38Bf2ACb38Be2ABewF/YAF7AX5gAn9/AAJ5Bg53YXNtOmpzLXN0cmluZxFmcm9tQ2hhckNvZGVBcnJheQABDndhc206anMtc3RyaW5nCmNoYXJDb2RlQXQAAg53YXNtOmpzLXN0cmluZwZsZW5ndGgAAwAGbWVtb3J5AgAAAAZ0aHJlYWQCAAAAB3JlYWxsb2MABAMLCgUCBgcHAwgJCgsGCwFkAABBwAD7BwALBxgDBGxpZnQABAVsb3dlcgAFBXN0b3JlAAYK2Q0K3gQDAWQABH8BfiMAIQIgACABaiEEAkACQCABQQhPBEADQCAAIANqKQAAIQcgB0KAgYKEiJCgwIB/g1AEQCACIAMgB0L/AYOn+w4AIAIgA0EBaiAHQgiIQv8Bg6f7DgAgAiADQQJqIAdCEIhC/wGDp/sOACACIANBA2ogB0IYiEL/AYOn+w4AIAIgA0EEaiAHQiCIQv8Bg6f7DgAgAiADQQVqIAdCKIhC/wGDp/sOACACIANBBmogB0IwiEL/AYOn+w4AIAIgA0EHaiAHQjiIp/sOACADQQhqIQMgAyABRg0DIAMgAUEIa0sEQCABQQhrIQMLDAELCwsgACADaiEAA0AgACAETw0BIAAtAAAhBSAAQQFqIQAgBUGAAU8EQCAFQcIBSQ0DIAVB9AFLDQMgACAETw0DIAAtAAAhBiAGQcABcUGAAUcNAyAAQQFqIQAgBkE/cSEGIAVB4AFJBEAgBUEfcUEGdCAGciEFBSAFQQ9xQQZ0IAZyIQYgACAETw0EIAAtAABBwAFxQYABRw0EIAZBBnQgAC0AAEE/cXIhBiAAQQFqIQAgBUHwAUkEQCAGQYAQSQ0FIAZBgPADcUGAsANGDQUgBiEFBSAAIARPDQUgAC0AAEHAAXFBgAFHDQUgBkH//wFxQQZ0IAAtAABBP3FyIQYgAEEBaiEAIAZBgIAESQ0FIAZB///DAEsNBSAGQYCABGshBiACIANBgLADIAZBCnZy+w4AIANBAWohA0GAuAMgBkH/B3FyIQULCwsgAiADIAX7DgAgA0EBaiEDDAALCyACQQAgAxAADwvQbwurAgMEfwF+AnsgABACIQIgAkEISQRAAkACQANAIAMgAk8NASAAIAMQASEEIARBgAFPDQIgBiAErSADQQN0rYaEIQYgA0EBaiEDDAALCyABIAIQByEFIAUgAhAIBEAgBSEDIAJBBHEEQCADIAY+AAAgA0EEaiEDIAZCIIghBgsgAkECcQRAIAMgBj0AACADQQJqIQMgBkIQiCEGCyACQQFxBEAgAyAGPAAACwsgBQ8LBSACQRBNBEAgAEEAEAohByAHIQggAkEIayEDIAMEQCAAIAMQCiEICyAHIAj9UBALBEAgASACEAchBSAFIAIQCARAIAUgBxAMNwAAIAUgA2ogCBAMNwAACyAFDwsLCyAAEAkhAiABIAIQByEFIAUgAhAIBEAgBSACEA0LIAULOQECfyAAIAEQBSEDQQgoQgEAIQQgAyAEEAhFBEBBDCADNkIBAEEADwsgAiADNgAAIAIgBDYABEEBC0wBAX9BCCABNkIBAEEAKEIBACECQQBBADZCAQAgACAAKEIBAEEEcjZCAQBBAEEAQQEgARADIAAgAChCAQBBe3E2QgEAQQAgAjZCAQALEAAgAK0gAa18PwCtQhCGWAuZAwIFfwF7IAAQAiEBIAFBCE8EQANAIAAgAhAKIQYgBhALBEAgAiAGEAw3QAEQIAJBCGohAiACIAFGBEAgAQ8LIAIgAUEIa0sEQCABQQhrIQILDAELCwsgAiEDAkADQCACIAFPDQEgACACEAEhBCACQQFqIQIgBEGAAUkEQCADIAQ6QAEQIANBAWohAwwBCyAEQYAQSQRAIANBwAEgBEEGdnI6QAEQIANBgAEgBEE/cXI6QAERIANBAmohAwwBCyAEQYDwA3FBgLADRgRAIARBgLgDSSACIAFJcQRAIAAgAhABIQUgBUGA+ANxQYC4A0YEQCACQQFqIQIgBEEKdCAFakGAuP8aayEEIANB8AEgBEESdnI6QAEQIANBgAEgBEEMdkE/cXI6QAERIANBgAEgBEEGdkE/cXI6QAESIANBgAEgBEE/cXI6QAETIANBBGohAwwDCwtB/f8DIQQLIANB4AEgBEEMdnI6QAEQIANBgAEgBEEGdkE/cXI6QAERIANBgAEgBEE/cXI6QAESIANBA2ohAwwACwsgAwteACAAIAEQAf0QIAAgAUEBahAB/RoBIAAgAUECahAB/RoCIAAgAUEDahAB/RoDIAAgAUEEahAB/RoEIAAgAUEFahAB/RoFIAAgAUEGahAB/RoGIAAgAUEHahAB/RoHCxsAIAD9DID/gP+A/4D/gP+A/4D/gP/9Tv1TRQsLACAAIAD9Zv0dAAuPAQECfyABQQhPBEAgAUEIayEDA0AgAiADSQRAIAAgAmogAilAARA3AAAgAkEIaiECDAELCyAAIANqIAMpQAEQNwAADwsgAUEETwRAIAFBBGshAyAAQQAoQAEQNgAAIAAgA2ogAyhAARA2AAAPCwNAIAIgAUkEQCAAIAJqIAItQAEQOgAAIAJBAWohAgwBCwsLAKwDBG5hbWUBWQwABGZyb20BAmF0AgZsZW5ndGgDB3JlYWxsb2MFBWxvd2VyBwhhbGxvY2F0ZQgEZml0cwkGZW5jb2RlCgVlaWdodAsHaXNBc2NpaQwGbmFycm93DQRjb3B5AsYBCgQIAAFwAQFuAgZidWZmZXIDAWkEA2VuZAUBYwYBZAcFZWlnaHQFCQABcwEEd29yZAIBbgMBaQQBYwUBcAYDZmV3BwVmaXJzdAgEbGFzdAYFAAFzAQR3b3JkAgJhdAMBcAQBbgcDAAR3b3JkAQFuAgdydW5uaW5nCAIAAXABAW4JBwABcwEBbgIBaQMBcQQBYwUBZAYFZWlnaHQKAgABcwEBaQsBAAVlaWdodAwBAAVlaWdodA0EAAFwAQFuAgFpAwRsYXN0A1kEBAQACW1hbGZvcm1lZAEEZG9uZQMFYXNjaWkGBG5leHQFAwEFb3RoZXICBGRvbmUDBG5leHQJAwEFYXNjaWkFBGRvbmUGBG5leHQNAgEEbmV4dAQEbmV4dAQIAQAFdW5pdHMGEQIABm1lbW9yeQEGdGhyZWFkBwkBAAZidWZmZXI='

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
