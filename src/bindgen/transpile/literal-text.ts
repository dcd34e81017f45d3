/** Data of a Plan as JavaScript: plain objects, arrays and what JSON has, and `undefined`, which is left away. */
import { quote, quoteKey } from '../../compile/glue/source.ts'

/** What stands for an object instead of its text; undefined where it is written out. */
export type NameOf = (object: object) => string | undefined

/**
 * @example
 * literalText({ kind: 's32', none: undefined, names: ['a-b'] }) // '{ kind: "s32", names: ["a-b"] }'
 */
export function literalText(value: unknown, nameOf: NameOf = () => undefined): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object' || value === null) return String(value)
  const name = nameOf(value)
  if (name !== undefined) return name
  if (Array.isArray(value)) return `[${value.map((one) => literalText(one, nameOf)).join(', ')}]`
  if (value instanceof Map) return `new Map(${literalText([...value], nameOf)})`
  const properties = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => `${keyText(key)}: ${literalText(inner, nameOf)}`)
  return properties.length === 0 ? '{}' : `{ ${properties.join(', ')} }`
}

const plainName = /^[A-Za-z_$][\w$]*$/

/** A property in an object literal. */
export function keyText(key: string): string {
  return plainName.test(key) && key !== '__proto__' ? key : quoteKey(key)
}

/** A property of an expression. */
export function memberText(object: string, key: string): string {
  return plainName.test(key) ? `${object}.${key}` : `${object}[${quote(key)}]`
}

/** Text in a line comment: what could end the line would end the comment. */
export function commentText(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
}
