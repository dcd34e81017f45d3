import { propertyNames } from '../component/js-name.ts'
import { isTaggedOption } from '../component/option-shape.ts'
import type { Case, ResourceType, ValueType } from '../component/value-type.ts'
import { isKeyword } from './syntax.ts'

/** What a handle is called in a text. */
export type NameOf = (handle: unknown, resource: ResourceType) => string

/**
 * A value as WAVE text. `some(…)` and `ok(…)` are always written, so that text without its type is clear. Handles,
 * streams and futures have no text form: they print as a placeholder in angle brackets, which does not parse; unless
 * `nameOf` has a name for a handle.
 *
 * @example
 * printValue({ name: 'ada', age: undefined }, person) // {name: "ada"}
 */
export function printValue(value: unknown, type: ValueType, nameOf: NameOf = placeholder): string {
  const print = (part: unknown, of: ValueType) => printValue(part, of, nameOf)
  switch (type.kind) {
    case 'bool':
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
    case 's64':
    case 'u64':
      return String(value)
    case 'f32':
      return printFloat(value as number, shortestSingle)
    case 'f64':
      return printFloat(value as number, String)
    case 'char':
      return quote(value as string, "'")
    case 'string':
      return quote(value as string, '"')
    case 'list':
      return sequence('[', ']', value as Iterable<unknown>, (item) => print(item, type.element))
    case 'map':
      return sequence('[', ']', value as Map<unknown, unknown>, (entry) => {
        const [key, item] = entry as [unknown, unknown]
        return `(${print(key, type.key)}, ${print(item, type.value)})`
      })
    case 'tuple':
      return sequence('(', ')', value as Iterable<unknown>, (item, index) => print(item, type.types[index]!))
    case 'record':
      return printRecord(value as Record<string, unknown>, type.fields, print)
    case 'flags': {
      const properties = propertyNames(type.names)
      const set = value as Record<string, unknown>
      return `{${type.names.filter((_, index) => set[properties[index]!]).join(', ')}}`
    }
    case 'enum':
      return escapeCase(value as string)
    case 'variant': {
      const { tag, val } = value as Tagged
      return printCase(escapeCase(tag), val, type.cases.find((one) => one.name === tag)?.type, print)
    }
    case 'option':
      return isTaggedOption(type)
        ? printCase(
            (value as Tagged).tag,
            (value as Tagged).val,
            (value as Tagged).tag === 'some' ? type.type : undefined,
            print,
          )
        : printCase(
            value === undefined ? 'none' : 'some',
            value,
            value === undefined ? undefined : type.type,
            print,
          )
    case 'result': {
      const { tag, val } = value as Tagged
      return printCase(tag, val, tag === 'ok' ? type.ok : type.error, print)
    }
    case 'own':
    case 'borrow':
      return nameOf(value, type.resource)
    case 'stream':
    case 'future':
    case 'error-context':
      return `<${type.kind}>`
  }
}

type Print = (value: unknown, type: ValueType) => string

interface Tagged {
  readonly tag: string
  readonly val?: unknown
}

function sequence(
  open: string,
  close: string,
  values: Iterable<unknown>,
  print: (value: unknown, index: number) => string,
): string {
  return `${open}${Array.from(values, print).join(', ')}${close}`
}

function printRecord(
  value: Record<string, unknown>,
  fields: readonly { name: string; type: ValueType }[],
  print: Print,
): string {
  const properties = propertyNames(fields.map((field) => field.name))
  const parts: string[] = []
  fields.forEach((field, index) => {
    const text = print(value[properties[index]!], field.type)
    if (field.type.kind !== 'option' || text !== 'none') parts.push(`${field.name}: ${text}`)
  })
  return parts.length === 0 ? '{:}' : `{${parts.join(', ')}}`
}

function printCase(name: string, value: unknown, type: Case['type'], print: Print): string {
  return type ? `${name}(${print(value, type)})` : name
}

function escapeCase(name: string): string {
  return isKeyword(name) ? `%${name}` : name
}

function printFloat(value: number, finite: (value: number) => string): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  return Object.is(value, -0) ? '-0' : finite(value)
}

/** The shortest decimal that is this 32-bit float and no other. */
function shortestSingle(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)))
    if (Math.fround(Number(text)) === value) return text
  }
  return String(Number(value.toPrecision(9)))
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** Control, format and unassigned characters, and lone surrogates, are written as `\u{…}`. */
function quote(text: string, mark: '"' | "'"): string {
  const inner = text.replace(/[\\"'\p{C}\p{Zl}\p{Zp}]/gu, (char) => {
    if (char === '"' || char === "'") return char === mark ? `\\${char}` : char
    return escapes[char] ?? `\\u{${char.codePointAt(0)!.toString(16)}}`
  })
  return mark + inner + mark
}

function placeholder(_: unknown, resource: ResourceType): string {
  return `<${resource.name ?? 'resource'}>`
}
