/** Values (Explainer.md, "Value Definitions"; Binary.md, "Value Definitions"). */
import { ByteWriter } from '../../binary/byte-writer.ts'
import type { ValueTypeReference, ValueTypeSyntax } from '../../component/component.ts'
import type { PrimitiveKind } from '../../component/value-type.ts'
import { floatBits, integerOf } from '../number-literal.ts'
import type { Cursor } from './cursor.ts'
import type { Scope } from './scope.ts'
import { valueType } from './value-types.ts'

interface Value {
  readonly type: ValueTypeReference
  /** As the binary format has it. */
  readonly bytes: Uint8Array
}

/** `valtype val`, to the end. */
export function takeValue(cursor: Cursor, scope: Scope): Value {
  const type = valueType(cursor, scope)()
  const writer = new ByteWriter()
  writeValue(writer, cursor, scope, type)
  cursor.end()
  return { type, bytes: writer.finish() }
}

function writeValue(writer: ByteWriter, cursor: Cursor, scope: Scope, type: ValueTypeReference): void {
  const binary = cursor.enters('binary')
  if (binary) {
    writer.bytes(binary.bytes())
    return
  }
  if (typeof type === 'string') writePrimitive(writer, cursor, type)
  else {
    const found = scope.typeAt(type)
    if (found?.type.kind === 'value') writeStructure(writer, cursor, found.scope, found.type.type)
    else cursor.fail('the type of this value is not known here: write it as `(binary "…")`')
  }
}

const integers: Readonly<
  Partial<Record<PrimitiveKind, { readonly bits: number; readonly signed: boolean }>>
> = {
  s8: { bits: 8, signed: true },
  u8: { bits: 8, signed: false },
  s16: { bits: 16, signed: true },
  u16: { bits: 16, signed: false },
  s32: { bits: 32, signed: true },
  u32: { bits: 32, signed: false },
  s64: { bits: 64, signed: true },
  u64: { bits: 64, signed: false },
}

function writePrimitive(writer: ByteWriter, cursor: Cursor, type: PrimitiveKind): void {
  const integer = integers[type]
  if (integer) {
    writeInteger(
      writer,
      takeInteger(cursor, type, integer.bits, integer.signed),
      integer.bits,
      integer.signed,
    )
    return
  }
  switch (type) {
    case 'bool':
      if (cursor.takes('true')) writer.byte(1)
      else if (cursor.takes('false')) writer.byte(0)
      else cursor.expected('`true` or `false`')
      return
    case 'f32':
    case 'f64':
      writeFloat(writer, cursor, type === 'f32' ? 32 : 64)
      return
    case 'string':
      writer.name(cursor.string('a string'))
      return
    case 'char':
      writer.bytes(takeCharacter(cursor))
      return
    default:
      cursor.fail(`there are no values of type ${type}`)
  }
}

function takeInteger(cursor: Cursor, type: PrimitiveKind, bits: number, signed: boolean): bigint {
  const { node } = cursor
  const value = node?.kind === 'atom' ? integerOf(node.text) : undefined
  if (value === undefined) return cursor.expected(`an integer (${type})`)
  const [least, most] = signed
    ? [-(1n << BigInt(bits - 1)), (1n << BigInt(bits - 1)) - 1n]
    : [0n, (1n << BigInt(bits)) - 1n]
  if (value < least || value > most) cursor.fail(`out of range: ${type} goes from ${least} to ${most}`)
  cursor.take()
  return value
}

/** One byte for 8 bits, else a LEB128. */
function writeInteger(writer: ByteWriter, value: bigint, bits: number, signed: boolean): void {
  if (bits === 8) writer.byte(Number(value & 0xffn))
  else if (signed) writer.s64(value)
  else {
    for (; value > 0x7fn; value >>= 7n) writer.byte(Number(value & 0x7fn) | 0x80)
    writer.byte(Number(value))
  }
}

/** Little-endian; there is one NaN. */
function writeFloat(writer: ByteWriter, cursor: Cursor, width: 32 | 64): void {
  const { node } = cursor
  const text = node?.kind === 'atom' ? node.text : ''
  const bits = text.includes(':') ? undefined : floatBits(text === '-nan' ? 'nan' : text, width)
  if (bits === undefined) cursor.expected(`a float (f${width})`)
  if (bits === 'range') cursor.fail(`out of range of f${width}`)
  cursor.take()
  for (let shift = 0n; shift < width; shift += 8n) writer.byte(Number((bits >> shift) & 0xffn))
}

/**
 * A character is written as a string of one: the tokens of Core WebAssembly's text format, which this format shares,
 * know no single quotes, so that `'a'` reads as a keyword where the character is one of those that keywords have.
 */
function takeCharacter(cursor: Cursor): Uint8Array {
  const { node } = cursor
  const quoted = node?.kind === 'atom' ? /^'(.)'$/su.exec(node.text)?.[1] : undefined
  if (quoted !== undefined) cursor.take()
  const text = quoted ?? cursor.string('a character')
  if ([...text].length !== 1) cursor.fail('expected one character')
  return new TextEncoder().encode(text)
}

function writeStructure(writer: ByteWriter, cursor: Cursor, scope: Scope, type: ValueTypeSyntax): void {
  switch (type.kind) {
    case 'primitive':
      writePrimitive(writer, cursor, type.type)
      return
    case 'record':
    case 'tuple': {
      const list = enter(cursor, type.kind)
      const types = type.kind === 'tuple' ? type.types : type.fields.map((field) => field.type)
      for (const item of types) writeValue(writer, list, scope, item)
      list.end()
      return
    }
    case 'list':
      writeList(writer, enter(cursor, 'list'), scope, type.element, type.length)
      return
    case 'variant':
      writeCase(writer, enter(cursor, 'variant'), scope, type.cases)
      return
    case 'enum': {
      const list = enter(cursor, 'enum')
      writer.u32(takeLabel(list, type.names))
      list.end()
      return
    }
    case 'flags': {
      const list = enter(cursor, 'flags')
      const bytes = new Uint8Array(Math.ceil(type.names.length / 8))
      while (!list.done) {
        const flag = takeLabel(list, type.names)
        bytes[flag >> 3]! |= 1 << (flag & 7)
      }
      writer.bytes(bytes)
      return
    }
    case 'option':
      if (cursor.takes('none')) writer.byte(0)
      else writePayload(writer.byte(1), enter(cursor, 'some'), scope, type.type)
      return
    case 'result':
      writeResult(writer, cursor, scope, type)
      return
    default:
      cursor.fail(`there are no values of type ${type.kind}`)
  }
}

function writeList(
  writer: ByteWriter,
  list: Cursor,
  scope: Scope,
  element: ValueTypeReference,
  length: number | undefined,
): void {
  const items = new ByteWriter()
  let count = 0
  for (; !list.done; count++) writeValue(items, list, scope, element)
  if (length === undefined) writer.u32(count)
  else if (count !== length) list.fail(`expected ${length} elements, found ${count}`)
  writer.bytes(items.view())
}

function writeCase(
  writer: ByteWriter,
  list: Cursor,
  scope: Scope,
  cases: Extract<ValueTypeSyntax, { kind: 'variant' }>['cases'],
): void {
  const index = takeLabel(
    list,
    cases.map(({ name }) => name),
  )
  writer.u32(index)
  writePayload(writer, list, scope, cases[index]!.type)
}

/** `ok`, `(ok v)`, `error` or `(error v)` */
function writeResult(
  writer: ByteWriter,
  cursor: Cursor,
  scope: Scope,
  type: Extract<ValueTypeSyntax, { kind: 'result' }>,
): void {
  for (const [discriminant, word] of (['ok', 'error'] as const).entries()) {
    const payload = type[word]
    if (payload === undefined && cursor.takes(word)) {
      writer.byte(discriminant)
      return
    }
    const list = payload === undefined ? undefined : cursor.enters(word)
    if (!list) continue
    writePayload(writer.byte(discriminant), list, scope, payload)
    return
  }
  cursor.expected('a result')
}

function writePayload(
  writer: ByteWriter,
  list: Cursor,
  scope: Scope,
  type: ValueTypeReference | undefined,
): void {
  if (type !== undefined) writeValue(writer, list, scope, type)
  list.end()
}

function enter(cursor: Cursor, head: string): Cursor {
  return cursor.enters(head) ?? cursor.expected(`\`(${head} …)\``)
}

function takeLabel(cursor: Cursor, labels: readonly string[]): number {
  const span = cursor.node?.span
  const label = cursor.string('a label')
  const index = labels.indexOf(label)
  return index < 0
    ? cursor.fail(`there is no \`${label}\`: the labels are ${labels.join(', ')}`, span)
    : index
}
