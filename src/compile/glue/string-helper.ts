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
  /** Of 33 to 64 units. Special without bytes is what the platform encodes faster: nothing was done then. */
  long(text: string, units: number, addressOfWord: number): number
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
  'AGFzbQEAAAABehNedwFgA2MAf38BZG9gAm9/AX9gAW8Bf2AEf39/fwF/YAJ/fwFvYANvf38Bf2ACe3sBf2ACf38Bf2ABfwBgBG9/f38Bf2AMf39/f29vb29vb29vAX9gAX8Bf2ACb38Be2ACb38BfmABfgF+YAF7AX9gAXsBfmACf38AAnkGDndhc206anMtc3RyaW5nEWZyb21DaGFyQ29kZUFycmF5AAEOd2FzbTpqcy1zdHJpbmcKY2hhckNvZGVBdAACDndhc206anMtc3RyaW5nBmxlbmd0aAADAAZtZW1vcnkCAAAABnRocmVhZAIAAAAHcmVhbGxvYwAEAxYVBQYGBgcICAkKCwYICAwMDQ4PEBESBgsBZAAAQcMA+wcACwc6BwRsaWZ0AAQDZmV3AAUFbG93ZXIABgRsb25nAAcFcGxhY2UACgVzdG9yZQAMCnN0b3JlRWlnaHQADQrHGxXHBwIBZAAGfyMAIQIgACABaiEEAkAgACABQQRqEBBFDQACQCABQQhPBEADQCAAIANqIQUgBSkAAEKAgYKEiJCgwIB/g1AEQCACIAMgBS0AAPsOACACIANBAWogBS0AAfsOACACIANBAmogBS0AAvsOACACIANBA2ogBS0AA/sOACACIANBBGogBS0ABPsOACACIANBBWogBS0ABfsOACACIANBBmogBS0ABvsOACACIANBB2ogBS0AB/sOACADQQhqIQMgAyABRg0DIAMgAUEIa0sEQCABQQhrIQMLDAELCwsgACADaiEAIAAgBEYNAAJAA0AgACgAACEHIAdBgIECcUUEQCACIAMgAC0AAPsOACACIANBAWogAC0AAfsOACAHQYCAgIR4cUUEQCACIANBAmogAC0AAvsOACACIANBA2ogAC0AA/sOACADQQRqIQMgAEEEaiEAIAAgBEkNAgwDCyADQQJqIQMgAEECaiEAIAAgBE8NAiAAKAAAIQcLIAdB/wFxIQYgBkGAAUkEQCACIAMgBvsOACADQQFqIQMgAEEBaiEAIAAgBEYNAyAAKAAAIQcgB0H/AXEhBgsgBkHgAUkEQCAHQcCBgoZ4cyEIIAhB4IEDcQ0EIAhBn4D8AHFBBnQgCEEIdkG/gPwBcXIhBiAGQf//A3FBgAFJDQQgAiADIAb7DgAgA0EBaiEDIABBAmohACAAIARPDQMgCEGAgICHfHENASAGQYCAgARJDQQgAiADIAZBEHb7DgAgA0EBaiEDIABBAmohACAAIARJDQEMAwsgBkHwAUkEQCAHQYCAgwZxQYCAggRHDQQgBkEMdCAALQABQQZ0aiAALQACakGAwThrIQYgBkGAEEkNBCAGQYCwA2tBgBBJDQQgAiADIAb7DgAgA0EBaiEDIABBA2ohACAAIARPDQMgACgAACEHIAdB8IGDBnFB4IGCBEcNASAHQf8BcUEMdCAALQABQQZ0aiAALQACakGAwThrIQYgBkGAEEkNBCAGQYCwA2tBgBBJDQQgAiADIAb7DgAgA0EBaiEDIABBA2ohACAAIARJDQEMAwsgB0GAgIOGfHFBgICChHhHDQMgBkESdCAALQABQQx0aiAALQACQQZ0IAAtAANqakGAwaQeayEIIAhB//8/Sw0DIAIgA0GAsAMgCEEKdnL7DgAgAiADQQFqQYC4AyAIQf8HcXL7DgAgA0ECaiEDIABBBGohACAAIARJDQAMAgsLIAMgACAEa2shAyAEIQALIAAgBEsNACACQQAgAxAADwvQbwucAgIDfwJ+IAFBBE8EQCAAQQAQFCEGIAFBBGshAyAGIQcgAwRAIAAgAxAUIQcLIAYgB4RCgP+D/I/wv0CDUARAIAIgARAPIQUgBSABEBAEQCAFIAYQFT4AACAFIANqIAcQFT4AAAUgARALCyAFDwtBACAGN0ABgBAgA0EBdCAHN0ABgBAFIAEEQCABQQF2IQMgAEEAEAEhBCAAIAMQAa0hBiAAIAFBAWsQAa0hByAEIAYgB4SnckGAAUkEQCACIAEQDyEFIAUgARAQBEAgBSAEOgAAIAUgA2ogBjwAACAFIAFqQQFrIAc8AAAFIAEQCwsgBQ8LQQAgBDtAAYAQIANBAXQgBj1AAYAQIAFBAXQgBz1AAf4PCwsgASACEAkLpAICAn8EeyABQRBNBEAgAEEAEBMhBSAFIQggAUEIayEDIAMEQCAAIAMQEyEICyAFIAj9UBAWBEAgAiABEA8hBCAEIAEQEARAIAQgBRAXNwAAIAQgA2ogCBAXNwAABSABEAsLIAQPC0EAIAX9C0ABgBAgA0EBdCAI/QtAAYAQBSABQRBrIQMgAEEAEBMhBSAAQQgQEyEGIAAgAxATIQcgACADQQhqEBMhCCAFIAb9UCAHIAj9UP1QEBYEQCACIAEQDyEEIAQgARAQBEAgBCAFIAb9Zv0LAAAgBCADaiAHIAj9Zv0LAAAFIAEQCwsgBA8LQQAgBf0LQAGAEEEAIAb9C0ABkBAgA0EBdCAH/QtAAYAQIANBAXQgCP0LQAGQEAsgASACEAkLiAMCAn8IeyAAQQAQEyEFIABBGBATIQggBSAI/VAQFkUEQCAFIAgQCEEITwRAQQAQC0EADwsLIABBCBATIQYgAEEQEBMhBwJAIAFBKE0NACAAQSAQEyEJIAFBME0NACAAQSgQEyEKIAFBOE0NACAAQTAQEyELCyABQQhrIQMgACADEBMhDCAFIAb9UCAHIAj9UP1QIAkgCv1QIAsgDP1Q/VD9UBAWBEAgBSAG/WYhBSAHIAj9ZiEHIAkgCv1mIQkgCyAM/WYhCyACIAEQDyEEIAQgARAQBEAgBCAF/QsAACAEIAf9CwAQAkAgAUEoTQ0AIAQgCf1bACAAIAFBME0NACAEIAn9WwAoASABQThNDQAgBCAL/VsAMAALIAQgA2ogC/1bAAABBSABEAsLIAQPC0EAIAX9C0ABgBBBACAG/QtAAZAQQQAgB/0LQAGgEEEAIAj9C0ABsBBBACAJ/QtAAcAQQQAgCv0LQAHQEEEAIAv9C0AB4BAgA0EBdCAM/QtAAYAQIAEgAhAJCzMAIAD9DH8AfwB/AH8AfwB/AH8AfwD9MiAB/Qx/AH8AfwB/AH8AfwB/AH8A/TL9Zf1kaQsYAQF/IAAQESEAIAAgARAKIQIgABALIAILcwECfyABIAAQDyECIAIgABAQBEAgAEEgSyAAQcAATXEEQCACQQD9AEABEP0LAAAgAkEA/QBAASD9CwAQIABBIGshAyACIANqIAP9AEABEP0LAAAgAiADaiAD/QBAASD9CwAQBSACIAAQGAsFIAAQCwsgAgsRAEEIIABBgICAgHhyNkIBAAtkAQJ/IAFBCEkEfyAAIAEgAhAFBSAAIAEgAhAGCyEEQQgoQgEAIQUgBQRAIAVB/////wdxIQEgBCABEBBFBEBBDCAENkIBAEEADwtBCEEANkIBAAsgAyAENgAAIAMgATYABEEBC68CAQN/IAAEQEEAKEIBACENQQBBADZCAQAgAChCAQAhDiAAIA5BBHI2QgEACwJAIAQgAyABQQAoQgGQGGoQDkUNAEEBIQwgDCACRg0AIAUgAyABQQAoQgGUGGoQDkUNAEECIQwgDCACRg0AIAYgAyABQQAoQgGYGGoQDkUNAEEDIQwgDCACRg0AIAcgAyABQQAoQgGcGGoQDkUNAEEEIQwgDCACRg0AIAggAyABQQAoQgGgGGoQDkUNAEEFIQwgDCACRg0AIAkgAyABQQAoQgGkGGoQDkUNAEEGIQwgDCACRg0AIAogAyABQQAoQgGoGGoQDkUNAEEHIQwgDCACRg0AIAsgAyABQQAoQgGsGGoQDkUNAEEIIQwLIAAEQCAAIA42QgEAQQAgDTZCAQALIAwLHwEBfyAAEAIhAyADIAFLBEBBAA8LIAAgA0EAIAIQDAtZAQN/IAAEQEEAKEIBACECIAIEQEEAQQA2QgEACyAAKEIBACEDIAAgA0EEcjZCAQALQQBBAEEBIAEQAyEEIAAEQCAAIAM2QgEAIAIEQEEAIAI2QgEACwsgBAsQACAArSABrXw/AK1CEIZYC8ADAQZ/IABBAXQhAiACQgA3QAGAEANAIAEoQAGAECEFIAVBgP+DfHFFBEAgAyAFIAVBCHZyO0ABECABKEABhBAhBiABQQRqIQEgA0ECaiEDIAZBgP+DfHFFBEAgAyAGIAZBCHZyO0ABECABQQRqIQEgA0ECaiEDCyABIAJJDQEFIAVB//8DcSEEIAFBAmohASAEQYABSQRAIAMgBDpAARAgA0EBaiEDIAEoQAGAECEFIAVB//8DcSEEIAFBAmohAQsgBEGAEEkEQCADIAQQEjtAARAgA0ECaiEDIAVBEHYhBCAEQYAQTw0CIARBgAFJDQIgAyAEEBI7QAEQIAFBAmohASADQQJqIQMMAgUgBEGA8ANxQYCwA0YEQCAFQYD4g2BxQYCwg+B9RgRAIAFBAmohASAEQQp0IAVBEHZqQYC4/xprIQQgA0HwgYKEeCAEQRJ2IARBgOAPcUEEdnIgBEHAH3FBCnQgBEE/cUEYdHJycjZAARAgA0EEaiEDDAQLQf3/AyEECyADQeCBggQgBEEMdiAEQcAfcUECdCAEQT9xQRB0cnJyNkABECADQQNqIQMMAgsLCyADIAEgAmtBAXZrCxUAQcCBAiAAQQZ2IABBP3FBCHRycgsWACAAIAEQFP0SIAAgAUEEahAU/R4BCzMAIAAgARABrSAAIAFBAWoQAa1CEIaEIAAgAUECahABrUIghiAAIAFBA2oQAa1CMIaEhAsdACAAIABCCIiEQv//g4Dw/z+DIQAgACAAQhCIhAsbACAA/QyA/4D/gP+A/4D/gP+A/4D//U79U0ULCwAgACAA/Wb9HQAL0AEBAn8gAUGAAk8EQCAAQRAgAfwKAAEPCyABQRBPBEAgAUEQayEDA0AgAiADSQRAIAAgAmogAv0AQAEQ/QsAACACQRBqIQIMAQsLIAAgA2ogA/0AQAEQ/QsAAA8LIAFBCE8EQCABQQhrIQMgAEEAKUABEDcAACAAIANqIAMpQAEQNwAADwsgAUEETwRAIAFBBGshAyAAQQAoQAEQNgAAIAAgA2ogAyhAARA2AAAPCwNAIAIgAUkEQCAAIAJqIAItQAEQOgAAIAJBAWohAgwBCwsLAJMGBG5hbWUBsQEWAARmcm9tAQJhdAIGbGVuZ3RoAwdyZWFsbG9jBQNmZXcGBWxvd2VyCAljb3VudExvbmcJB2VuY29kZWQKBXBsYWNlCwdzcGVjaWFsDAVzdG9yZQ4Kc3RvcmVTaG9ydA8IYWxsb2NhdGUQBGZpdHMRBmVuY29kZRIIdHdvQnl0ZXMTBWVpZ2h0FARmb3VyFQpuYXJyb3dGb3VyFgdpc0FzY2lpFwZuYXJyb3cYBGNvcHkC2gMVBAkAAXABAW4CBmJ1ZmZlcgMBaQQDZW5kBQFxBgFjBwF3CAFkBQgAAXMBAW4CBHdvcmQDAWkEAWMFAXAGA2ZldwcEbW9yZQYJAAFzAQFuAgR3b3JkAwFpBAFwBQVmaXJzdAYGc2Vjb25kBwV0aGlyZAgEbGFzdAcNAAFzAQFuAgR3b3JkAwFpBAFwBQEwBgE4BwIxNggCMjQJAjMyCgI0MAsCNDgMBGxhc3QIAgABYQEBYgkDAAFuAQR3b3JkAgFwCgQAAW4BBHdvcmQCAXADBGxhc3QLAQABbgwGAAFzAQFuAgR3b3JkAwJhdAQBcAUHc3BlY2lhbA0PAAR3b3JkAQJhdAIFY291bnQDBG1vc3QEAnMwBQJzMQYCczIHAnMzCAJzNAkCczUKAnM2CwJzNwwBaQ0HcnVubmluZw4Fc3RhdGUOBAABcwEEbW9zdAICYXQDAW4PBQAEd29yZAEBbgIHcnVubmluZwMFc3RhdGUEAXAQAgABcAEBbhEHAAFuAQFpAgNlbmQDAXEEAWMFA3R3bwYEbW9yZRIBAAFjEwIAAXMBAWkUAgABcwEBaRUBAARmb3VyFgEABWVpZ2h0FwEABWVpZ2h0GAQAAXABAW4CAWkDBGxhc3QDUwUEBQAHcmVmdXNlZAEEZG9uZQMFYXNjaWkGBG92ZXIHBG5leHQHAgIEcmVhZAUHd3JpdHRlbg0BAQNlbmQRAQAEbmV4dBgCAgRuZXh0BgRuZXh0BAgBAAV1bml0cwYRAgAGbWVtb3J5AQZ0aHJlYWQHCQEABmJ1ZmZlcg=='

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
