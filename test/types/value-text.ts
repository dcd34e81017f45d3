/**
 * What texts of maps call: their types are those that are asked for, and not what the compiler makes of the first entry, which differs from
 * the others where values have more booleans than it compares.
 */
export const valueTextHead =
  'declare function mapOf<K, V>(entries: readonly (readonly [NoInfer<K>, NoInfer<V>])[]): Map<K, V>;'

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
  if (value instanceof Map) return `mapOf(${valueText([...value])})`
  if (Object.getPrototypeOf(value) !== Object.prototype) return `null as unknown as ${value.constructor.name}`
  return `{ ${Object.entries(value)
    .map(([key, part]) => `${JSON.stringify(key)}: ${valueText(part)}`)
    .join(', ')} }`
}
