/**
 * How values become bytes and bytes become values again: one description serves both directions, so that they cannot
 * differ. A `struct` has to describe every field of its type and a `union` every case: where the type of the Plan grows,
 * the type checker asks for the new part here.
 *
 * Numbers are LEB128, texts UTF-8 behind their length, as in component binaries; nothing says how it is called, except
 * where a union says which case follows.
 */
import type { ByteReader } from '../binary/byte-reader.ts'
import { ByteWriter } from '../binary/byte-writer.ts'
import { limits } from '../component/limits.ts'

export interface Codec<T> {
  write(output: PlanWriter, value: T): void
  /** @throws {DecodeError} for bytes that `write` does not write */
  read(input: PlanReader): T
  /** A field that is undefined is left away. */
  readonly omitted?: true
}

/** Bytes, and what was written that may be referred to again. */
export class PlanWriter {
  readonly bytes: ByteWriter = new ByteWriter(1024)
  readonly #numbers = new Map<Codec<never>, Map<unknown, number>>()

  numbersOf(codec: Codec<never>): Map<unknown, number> {
    let numbers = this.#numbers.get(codec)
    if (!numbers) {
      numbers = new Map()
      this.#numbers.set(codec, numbers)
    }
    return numbers
  }
}

/** Untrusted bytes, and what was read that may be referred to again. */
export class PlanReader {
  readonly bytes: ByteReader
  /** How deep the value that is being read nests. */
  depth = 0
  readonly #tables = new Map<Codec<never>, unknown[]>()

  constructor(bytes: ByteReader) {
    this.bytes = bytes
  }

  tableOf(codec: Codec<never>): unknown[] {
    let table = this.#tables.get(codec)
    if (!table) {
      table = []
      this.#tables.set(codec, table)
    }
    return table
  }
}

/** An integer from 0 to 2³² - 1. */
export const integer: Codec<number> = {
  write: ({ bytes }, value) => void bytes.u32(value),
  read: ({ bytes }) => bytes.u32(),
}

export const boolean: Codec<boolean> = {
  write: ({ bytes }, value) => void bytes.byte(value ? 1 : 0),
  read: ({ bytes }) => bytes.flag(),
}

/** A text of at most `limits.planText` bytes. */
const inlineText: Codec<string> = {
  write: ({ bytes }, value) => void bytes.name(value),
  read({ bytes }) {
    const length = bytes.u32()
    if (length > limits.planText) bytes.exceeds('text is too long', limits.planText, length)
    return bytes.text(length)
  },
}

/** The fields, one after the other. */
export function struct<T extends object>(fields: FieldCodecs<T>): Codec<T> {
  const codecs = Object.entries(fields) as [string, Codec<unknown>][]
  return {
    write(output, value) {
      for (const [key, codec] of codecs) codec.write(output, (value as Record<string, unknown>)[key])
    },
    read(input) {
      return readFields({}, codecs, input) as T
    },
  }
}

function readFields(
  value: Record<string, unknown>,
  fields: readonly (readonly [string, Codec<unknown>])[],
  input: PlanReader,
): object {
  // No iterators: in the first milliseconds of a process they take longer than all that is read.
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!
    const part = field[1].read(input)
    if (part !== undefined || !field[1].omitted) value[field[0]] = part
  }
  return value
}

/** A codec for every field, also for those that may be left away. */
export type FieldCodecs<T> = { readonly [K in keyof T]-?: Codec<T[K]> }

/** A fixed choice of texts. */
export function oneOf<const T extends string>(...choices: readonly T[]): Codec<T> {
  return {
    write: ({ bytes }, value) => void bytes.byte(choices.indexOf(value)),
    read({ bytes }) {
      const byte = bytes.byte()
      return choices[byte] ?? bytes.invalidByte(byte, choices.join(' or '))
    },
  }
}

/** What the members of a union are told apart by. */
type Tag<T, K extends string> = T extends { readonly [P in K]: infer V extends string } ? V : never
/** The member that may have this tag: a member may have several. */
type Member<T, K extends string, V> = T extends { readonly [P in K]: infer U }
  ? V extends U
    ? Omit<T, K>
    : never
  : never

/** The fields of every member of a union, by what the field `tag` says. */
export function union<T extends object, const K extends string>(
  tag: K,
  members: { readonly [V in Tag<T, K>]: FieldCodecs<Member<T, K, V>> },
): Codec<T> {
  const names = Object.keys(members)
  const fields = Object.values(members).map((member) => Object.entries(member as object)) as [
    string,
    Codec<unknown>,
  ][][]
  return {
    write(output, value) {
      const name = (value as Record<string, string>)[tag]!
      const number = names.indexOf(name)
      if (number < 0)
        throw new TypeError(`a plan file knows no ${tag} \`${name}\`: describe it in plan-codec.ts`)
      output.bytes.byte(number)
      for (const [key, codec] of fields[number]!) codec.write(output, (value as Record<string, unknown>)[key])
    },
    read(input) {
      const number = input.bytes.byte()
      const name = names[number] ?? input.bytes.invalidByte(number, names.join(' or '))
      return readFields({ [tag]: name }, fields[number]!, input) as T
    },
  }
}

/** A union whose members have codecs of their own, because they occur elsewhere as well. */
export function choice<T>(
  kindOf: (value: T) => string,
  codecs: Readonly<Record<string, Codec<T>>>,
): Codec<T> {
  const kinds = Object.keys(codecs)
  const members = Object.values(codecs)
  return {
    write(output, value) {
      const number = kinds.indexOf(kindOf(value))
      output.bytes.byte(number)
      members[number]!.write(output, value)
    },
    read(input) {
      const number = input.bytes.byte()
      const member = members[number] ?? input.bytes.invalidByte(number, kinds.join(' or '))
      return member.read(input)
    },
  }
}

export function optional<T>(codec: Codec<T>): Codec<T | undefined> {
  return {
    write(output, value) {
      output.bytes.byte(value === undefined ? 0 : 1)
      if (value !== undefined) codec.write(output, value)
    },
    read: (input) => (input.bytes.flag() ? codec.read(input) : undefined),
  }
}

/** For a field that is left away where it is undefined. */
export function omittable<T>(codec: Codec<T>): Codec<T | undefined> {
  return { ...optional(codec), omitted: true }
}

/** `what` names the items for the message of the limit, which is that of the Plan's steps. */
export function list<T>(what: string, codec: Codec<T>): Codec<readonly T[]> {
  return {
    write(output, items) {
      output.bytes.u32(items.length)
      for (const item of items) codec.write(output, item)
    },
    read(input) {
      const count = input.bytes.count(what, limits.planSteps)
      const items: T[] = []
      for (let i = 0; i < count; i++) items.push(codec.read(input))
      return items
    },
  }
}

/** In its order; no key twice. */
export function map<T>(what: string, codec: Codec<T>): Codec<ReadonlyMap<string, T>> {
  return {
    write(output, items) {
      output.bytes.u32(items.size)
      for (const [key, item] of items) {
        text.write(output, key)
        codec.write(output, item)
      }
    },
    read(input) {
      const count = input.bytes.count(what, limits.planSteps)
      const items = new Map<string, T>()
      for (let i = 0; i < count; i++) {
        const key = text.read(input)
        if (items.has(key)) input.bytes.fail(`duplicate name \`${key}\` among the ${what}`)
        items.set(key, codec.read(input))
      }
      return items
    },
  }
}

/**
 * What is one object stays one object, however many refer to it: written where it first occurs, and by its number from
 * then on. Only what was read completely has a number, so nothing that is read contains itself.
 */
export function shared<T>(codec: Codec<T>): Codec<T> {
  const self: Codec<T> = {
    write(output, value) {
      const numbers = output.numbersOf(self as Codec<never>)
      const known = numbers.get(value)
      output.bytes.u32(known === undefined ? 0 : known + 1)
      if (known !== undefined) return
      codec.write(output, value)
      numbers.set(value, numbers.size)
    },
    read(input) {
      const table = input.tableOf(self as Codec<never>)
      const number = input.bytes.u32()
      if (number > table.length)
        input.bytes.fail(`unknown reference ${number - 1}: ${table.length} objects were read so far`)
      if (number > 0) return table[number - 1] as T
      if (++input.depth > limits.planDepth) input.bytes.exceeds('nesting is too deep', limits.planDepth)
      const value = codec.read(input)
      input.depth--
      table.push(value)
      return value
    },
  }
  return self
}

/** Texts occur again and again. */
export const text: Codec<string> = shared(inlineText)

/** For what contains itself: `codec` is asked for when it is first needed. */
export function lazily<T>(codec: () => Codec<T>): Codec<T> {
  return {
    write: (output, value) => codec().write(output, value),
    read: (input) => codec().read(input),
  }
}

/** Refuses what has the right shape and is wrong all the same. */
export function checked<T>(
  codec: Codec<T>,
  check: (value: T, refuse: (problem: string) => never) => void,
): Codec<T> {
  return {
    write: codec.write,
    read(input) {
      const value = codec.read(input)
      check(value, (problem) => input.bytes.fail(problem))
      return value
    },
  }
}
