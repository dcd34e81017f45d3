/**
 * Errors that cross the guest. A guest's `catch_all` catches whatever JavaScript throws, but no real trap: so glue never
 * throws through guest frames. `crash` records the error, marks the instance and runs into a wasm `unreachable`;
 * the border where the call came in replaces the engine's error by the recorded one (`reveal`).
 */
import { ComponentError, type EngineTrapCode, ExitError, TenonError, Trap } from '../errors.ts'
import type { ComponentInstance } from './component-instance.ts'
import { providedModule } from './module-cache.ts'
import { describeThrown, isInstance } from './thrown.ts'

/** `(module (func (export "trap") unreachable))` */
export const unreachableModule: Uint8Array<ArrayBuffer> = /* @__PURE__ */ new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00,
  0x07, 0x08, 0x01, 0x04, 0x74, 0x72, 0x61, 0x70, 0x00, 0x00, 0x0a, 0x05, 0x01, 0x03, 0x00, 0x00, 0x0b,
])

let unreachable: (() => never) | undefined

/** The engine's error → what it stands for. */
const recorded = new WeakMap<object, unknown>()

function instantiateTrap(): () => never {
  const module = providedModule('trap') ?? new WebAssembly.Module(unreachableModule)
  const { exports } = new WebAssembly.Instance(module)
  return exports.trap as () => never
}

/** Ends the guest that called: throws a real trap, which stands for `error`. Call it only from a function that the guest called. */
export function crash(instance: ComponentInstance, error: unknown): never {
  instance.poison(error)
  unreachable ??= instantiateTrap()
  try {
    return unreachable()
  } catch (engineError) {
    recorded.set(engineError as object, error)
    throw engineError
  }
}

/** What an error that came out of guest code stands for: the recorded error, or the engine's own as a {@link Trap}. */
export function reveal(thrown: unknown): unknown {
  try {
    return revealed(thrown)
  } catch {
    // A proxy, which says nothing of itself.
    return thrown
  }
}

function revealed(thrown: unknown): unknown {
  if (typeof thrown === 'object' && thrown !== null && recorded.has(thrown)) return recorded.get(thrown)
  if (thrown instanceof Trap) return thrown
  if (thrown instanceof WebAssembly.RuntimeError) return engineTrap(thrown)
  if (isStackExhaustion(thrown))
    return new Trap('stack-exhausted', `wasm trap: ${stackExhausted}`, { cause: thrown })
  if (thrown instanceof WebAssembly.Exception) {
    return uncaughtException({ cause: thrown })
  }
  return thrown
}

/** A guest's exception at the border of its component. */
export function uncaughtException(options?: ErrorOptions): Trap {
  const message = 'wasm trap: uncaught guest exception reached the border of its component'
  return new Trap('uncaught-exception', message, options)
}

/** What a host function threw that `instance` called, as the error that its caller's caller sees. */
export function hostFailure(instance: ComponentInstance, name: string, thrown: unknown): unknown {
  const error = reveal(thrown)
  if (isInstance(error, Trap) || isInstance(error, ExitError)) return error
  if (instance.disposed && isInstance(error, TenonError) && error.code === 'instance-disposed') return error
  const hint = isInstance(error, ComponentError) ? ', and its type declares no error case' : ''
  const message = `${name}: the host function threw ${describeThrown(error)}${hint}`
  return new Trap('host-error', message, { cause: error })
}

/** Firefox throws `InternalError: too much recursion`, the others a RangeError. */
function isStackExhaustion(thrown: unknown): boolean {
  if (thrown instanceof RangeError) return /stack/i.test(thrown.message)
  return thrown instanceof Error && thrown.name === 'InternalError' && /recursion/.test(thrown.message)
}

const stackExhausted = 'call stack exhausted'

/** What the engines say (V8; SpiderMonkey; JavaScriptCore), its code, and the reference suite's wording. */
const engineTraps: readonly (readonly [engines: RegExp, code: EngineTrapCode, wording: string])[] = [
  [/unreachable/i, 'unreachable', 'wasm `unreachable` instruction executed'],
  [
    /memory access out of bounds|index out of bounds|out of bounds memory/i,
    'memory-out-of-bounds',
    'out of bounds memory access',
  ],
  [/(divide|division|remainder) by zero/i, 'divide-by-zero', 'integer divide by zero'],
  [
    /divide result unrepresentable|integer overflow|division overflow/i,
    'integer-overflow',
    'integer overflow',
  ],
  [
    /float unrepresentable|invalid conversion|truncation/i,
    'invalid-conversion',
    'invalid conversion to integer',
  ],
  [
    /table index is out of bounds|table access out of bounds|undefined element/i,
    'table-out-of-bounds',
    'undefined element: out of bounds table access',
  ],
  // V8 says "null function or function signature mismatch", or only the latter, for both.
  [/signature mismatch|indirect call/i, 'indirect-call-type', 'indirect call type mismatch'],
  [/null function|uninitialized element/i, 'uninitialized-element', 'uninitialized element'],
  [/null pointer|null reference|dereferencing/i, 'null-reference', 'null reference'],
  [/illegal cast|cast failure/i, 'cast-failure', 'cast failure'],
  [
    /array element access out of bounds|array.*out of bounds/i,
    'array-out-of-bounds',
    'out of bounds array access',
  ],
  [/call stack|stack overflow/i, 'stack-exhausted', stackExhausted],
  [/unaligned/i, 'unaligned-atomic', 'unaligned atomic'],
]

function engineTrap(thrown: WebAssembly.RuntimeError): Trap {
  const { message } = thrown
  for (const [engines, code, wording] of engineTraps)
    if (engines.test(message)) return new Trap(code, `wasm trap: ${wording}`, { cause: thrown })
  return new Trap('engine', `wasm trap: ${message}`, { cause: thrown })
}
