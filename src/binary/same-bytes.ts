/** Whether two ranges of these bytes, both within them, are the same. */
export const sameBytes: (bytes: Uint8Array, a: number, b: number, length: number) => boolean =
  /* @__PURE__ */ (() => {
    type Compare = (this: Uint8Array, target: Uint8Array, ...ranges: readonly number[]) => number
    const { Buffer } = globalThis as { Buffer?: { prototype?: { compare?: Compare; latin1Slice?: unknown } } }
    const { compare, latin1Slice } = Buffer?.prototype ?? {}
    // Of Node; eight times as fast. What stands in for its buffers elsewhere, without the other method, is not.
    if (compare && latin1Slice)
      return (bytes, a, b, length) => compare.call(bytes, bytes, a, a + length, b, b + length) === 0
    return sameByteByByte
  })()

/** For ranges that are short, or where nothing faster is at hand. */
export function sameByteByByte(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false
  return true
}

/** Whether two arrays have the same bytes. */
export function areSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
