/**
 * How a host function tells the runtime more than its JavaScript shape can say. Users need none of it: a plain
 * function or class works, may return a promise, and gets copies. Our own WASI functions use it to be called
 * without a switch, to block the thread where the platform can, and to read guest memory in place.
 */

/** What a host function may say about itself. */
export interface HostFunctionTraits {
  /** False: it never returns a promise, so it is bound plainly, without a switch. Default true. */
  readonly blocks?: boolean
  /**
   * The same operation for a call that cannot be suspended (the synchronous view, or an engine without JSPI): returns
   * its value, blocking the thread where needed, or throws a `Trap` of code `cannot-block` that names the cure.
   * Same `this` and arguments. Without it, a promise returned in such a call is a trap.
   */
  readonly sync?: (...args: never[]) => unknown
  /**
   * True: `list<u8>` arguments are views of guest memory, valid until the function first awaits or returns, whichever
   * comes first (asynchronous work copies them before). Default false: the function gets copies.
   */
  readonly borrowsBytes?: boolean
}

const traits = Symbol.for('tenon.host-function-traits')

/**
 * Attaches traits to a host function (or to a method before it is put on its class) and returns it.
 *
 * @example
 * const now = hostFunction({ blocks: false }, () => process.hrtime.bigint())
 */
export function hostFunction<F extends (...args: never[]) => unknown>(says: HostFunctionTraits, fn: F): F {
  Object.defineProperty(fn, traits, { value: says })
  return fn
}

/** The traits of a host function; none for a plain one. */
export function traitsOf(fn: object): HostFunctionTraits {
  return (fn as { [traits]?: HostFunctionTraits })[traits] ?? {}
}
