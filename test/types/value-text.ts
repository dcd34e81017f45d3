/** A value that came out of a component as an expression of TypeScript, for the compiler to compare with its type. */
export function valueText(value: unknown): string {
  switch (typeof value) {
    case 'bigint':
      return `${value}n`
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    case 'string':
      return JSON.stringify(value)
    case 'object':
      return value === null ? 'null' : objectText(value)
    default:
      return String(value)
  }
}

function objectText(value: object): string {
  if (ArrayBuffer.isView(value)) {
    const elements = Array.from(value as unknown as Iterable<unknown>, valueText)
    return `new ${value.constructor.name}([${elements.join(', ')}])`
  }
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`
  // Without entries, nothing says what they would be.
  if (value instanceof Map) return `new Map(${value.size === 0 ? '' : valueText([...value])})`
  if (Object.getPrototypeOf(value) !== Object.prototype) return `null as unknown as ${value.constructor.name}`
  return `{ ${Object.entries(value)
    .map(([key, part]) => `${JSON.stringify(key)}: ${valueText(part)}`)
    .join(', ')} }`
}
