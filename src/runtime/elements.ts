/** How lists and records are read from whatever the caller passed. Both back ends read it through here. */
import { limits } from '../component/limits.ts'

/** Longer than any list may be: whoever checks the length refuses it. */
const endless: ArrayLike<unknown> = { length: 2 ** 32 - 1 }

/**
 * The elements of what the caller passed as a list: an array, something like an array, or anything iterable. Iterators run
 * once, and not for ever. Undefined for what is no list.
 */
export function elementsOf(value: unknown): ArrayLike<unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) return value
  if (ArrayBuffer.isView(value))
    return isAttached(value) ? (value as unknown as ArrayLike<unknown>) : undefined
  const { [Symbol.iterator]: iterate } = value as Partial<Iterable<unknown>>
  if (typeof iterate === 'function') return collect({ [Symbol.iterator]: () => iterate.call(value) })
  const { length } = value as { readonly length?: unknown }
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 0) return undefined
  if (length > limits.readElements) return endless
  return Array.from({ length }, (_, i) => (value as ArrayLike<unknown>)[i])
}

function collect(iterable: Iterable<unknown>): ArrayLike<unknown> {
  const elements: unknown[] = []
  for (const element of iterable) {
    if (elements.length >= limits.readElements) return endless
    elements.push(element)
  }
  return elements
}

// The getters and methods themselves: a caller's object may have properties of these names that do anything.
const lengthOf = /* @__PURE__ */ typedArrayMember('length')
const keysOf = /* @__PURE__ */ typedArrayMember('keys')

function typedArrayMember(name: string): () => unknown {
  const { get, value } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), name)!
  return (get ?? value) as () => unknown
}

/** Whether it is a typed array with a buffer under it: one that was transferred or shrunk away looks empty. */
export function isAttached(view: ArrayBufferView): boolean {
  try {
    if (lengthOf.call(view) === 0) keysOf.call(view)
    return true
  } catch {
    // A DataView, or detached, or out of the bounds of a buffer that was resized.
    return false
  }
}

/** Whether objects that have no such property seem to have one. */
export function isInherited(name: string): boolean {
  return name in Object.prototype
}

/** The property of an object, but not what it has in common with every other object. */
export function ownProperty(object: Readonly<Record<string, unknown>>, name: string): unknown {
  if (name === 'constructor' && !Object.hasOwn(object, name)) return undefined
  const value = object[name]
  return value === (Object.prototype as unknown as Record<string, unknown>)[name] ? undefined : value
}
