/**
 * Whether two lifted values are the same. Lists may be arrays or typed arrays, all NaNs are one, 0 and -0 are not.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b)
  if (isList(a) || isList(b)) {
    return (
      isList(a) &&
      isList(b) &&
      a.length === b.length &&
      Array.from(a).every((item, i) => sameValue(item, b[i]))
    )
  }
  if (a instanceof Map || b instanceof Map) {
    return a instanceof Map && b instanceof Map && sameValue([...a], [...b])
  }
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameValue(Reflect.get(a, name), Reflect.get(b, name)))
  )
}

function isList(value: object): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value)
}

/** A lifted value for messages. */
export function describeValue(value: unknown): string {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null)
    return Object.is(value, -0) ? '-0' : (quoted(value) ?? String(value))
  if (isList(value)) return `[${Array.from(value, describeValue).join(', ')}]`
  if (value instanceof Map) return `Map ${describeValue([...value])}`
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${describeValue(field)}`)
  return `{${fields.join(', ')}}`
}

function quoted(value: unknown): string | undefined {
  return typeof value === 'string' ? JSON.stringify(value) : undefined
}
