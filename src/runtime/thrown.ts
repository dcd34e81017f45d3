/** What hosts throw and return may be anything: a proxy throws whatever it is asked. */

/** `value instanceof Class`, which throws nothing. */
export function isInstance<T>(value: unknown, Class: abstract new (...args: never[]) => T): value is T {
  try {
    return value instanceof Class
  } catch {
    return false
  }
}

/** What was thrown, for messages. */
export function describeThrown(thrown: unknown): string {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  } catch {
    return typeof thrown === 'function' ? 'a function' : 'an object that cannot be printed'
  }
}
