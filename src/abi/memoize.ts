import type { PointerType } from './pointer.ts'

/**
 * Remembers a fact per type object. Types are graphs that share their parts: a type of 100 lines can name another
 * twice, that one another twice, and so on; a walk that forgets visits 2¹⁰⁰ nodes.
 */
/* @__NO_SIDE_EFFECTS__ */
export function memoize<T extends object, R>(fact: (type: T) => R): (type: T) => R {
  const known = new WeakMap<T, { readonly result: R }>()
  return (type) => {
    const found = known.get(type)
    if (found) return found.result
    const result = fact(type)
    known.set(type, { result })
    return result
  }
}

/** The same for facts that depend on the address type of the memory too. */
/* @__NO_SIDE_EFFECTS__ */
export function memoizeByPointer<T extends object, R>(
  fact: (type: T, pointer: PointerType) => R,
): (type: T, pointer: PointerType) => R {
  const i32 = memoize((type: T) => fact(type, 'i32'))
  const i64 = memoize((type: T) => fact(type, 'i64'))
  return (type, pointer) => (pointer === 'i32' ? i32(type) : i64(type))
}
