/** CanonicalABI.md, "Loading": values out of the guest's memory. */
import { limits } from '../../component/limits.ts'
import { numberListClass } from '../../component/number-list.ts'
import type { Case, Field, ListType, ValueType } from '../../component/value-type.ts'
import { alignment, alignTo, maxCaseAlignment } from '../alignment.ts'
import { despecialize } from '../despecialize.ts'
import { discriminantSize, flagsSize } from '../discriminant.ts'
import { elementSize } from '../element-size.ts'
import { pointerSize } from '../pointer.ts'
import { MAX_LIST_BYTE_LENGTH } from '../strings.ts'
import { liftAsyncValue, liftErrorContext } from './async-values.ts'
import type { LiftLowerContext } from './context.ts'
import { decodeI32AsFloat, decodeI64AsFloat } from './float-bits.ts'
import { liftBorrow, liftOwn } from './handles.ts'
import { loadStringFromRange } from './load-string.ts'
import { loadNumbers } from './number-list.ts'
import { trapIf } from './trap-if.ts'
import type { ListValue, RecordValue, Value, VariantValue } from './value.ts'

/** The value at `ptr`, which is aligned for the type and followed by at least its element size of memory. */
export function load(cx: LiftLowerContext, ptr: number, type: ValueType): Value {
  const plain = despecialize(type)
  switch (plain.kind) {
    case 'bool':
      return convertIntToBool(loadInt(cx, ptr, 1))
    case 'u8':
      return loadInt(cx, ptr, 1)
    case 'u16':
      return loadInt(cx, ptr, 2)
    case 'u32':
      return loadInt(cx, ptr, 4)
    case 'u64':
      return loadInt(cx, ptr, 8)
    case 's8':
      return loadSignedInt(cx, ptr, 1)
    case 's16':
      return loadSignedInt(cx, ptr, 2)
    case 's32':
      return loadSignedInt(cx, ptr, 4)
    case 's64':
      return loadSignedInt(cx, ptr, 8)
    case 'f32':
      return decodeI32AsFloat(loadInt(cx, ptr, 4))
    case 'f64':
      return decodeI64AsFloat(loadInt(cx, ptr, 8))
    case 'char':
      return convertI32ToChar(loadInt(cx, ptr, 4))
    case 'string':
      return loadString(cx, ptr)
    case 'list':
      return loadList(cx, ptr, plain)
    case 'record':
      return loadRecord(cx, ptr, plain.fields)
    case 'variant':
      return loadVariant(cx, ptr, plain.cases)
    case 'flags':
      return loadFlags(cx, ptr, plain.names)
    case 'own':
      return liftOwn(cx, loadInt(cx, ptr, 4), plain)
    case 'borrow':
      return liftBorrow(cx, loadInt(cx, ptr, 4), plain)
    case 'error-context':
      return liftErrorContext(cx, loadInt(cx, ptr, 4))
    case 'stream':
    case 'future':
      return liftAsyncValue(cx, loadInt(cx, ptr, 4), plain)
  }
}

/** An unsigned integer, little-endian. */
function loadInt(cx: LiftLowerContext, ptr: number, byteLength: number): bigint {
  const bytes = cx.bytes().subarray(ptr, ptr + byteLength)
  return bytes.reduceRight((integer, byte) => (integer << 8n) | BigInt(byte), 0n)
}

function loadSignedInt(cx: LiftLowerContext, ptr: number, byteLength: number): bigint {
  return BigInt.asIntN(8 * byteLength, loadInt(cx, ptr, byteLength))
}

export function convertIntToBool(i: bigint): boolean {
  return i !== 0n
}

export function convertI32ToChar(i: bigint): string {
  trapIf(i >= 0x110000n || (0xd800n <= i && i <= 0xdfffn), 'invalid-char', 'invalid `char` bit pattern')
  return String.fromCodePoint(Number(i))
}

function loadString(cx: LiftLowerContext, ptr: number): string {
  const size = pointerSize(cx.pointer)
  const text = loadStringFromRange(cx, loadInt(cx, ptr, size), loadInt(cx, ptr + size, size))
  cx.charge(text.length)
  return text
}

function loadList(cx: LiftLowerContext, ptr: number, { element, length }: ListType): ListValue {
  if (length !== undefined) return loadListFromValidRange(cx, ptr, length, element)
  const size = pointerSize(cx.pointer)
  const list = loadListFromRange(cx, loadInt(cx, ptr, size), loadInt(cx, ptr + size, size), element)
  if (ArrayBuffer.isView(list)) cx.charge(list.byteLength)
  return list
}

export function loadListFromRange(
  cx: LiftLowerContext,
  ptr: bigint,
  length: bigint,
  element: ValueType,
): ListValue {
  const byteLength = length * BigInt(elementSize(element, cx.pointer))
  cx.checkByteLength(byteLength, MAX_LIST_BYTE_LENGTH, 'list')
  const begin = cx.checkedRange(ptr, byteLength, alignment(element, cx.pointer), 'list')
  if (numberListClass(element) === undefined)
    cx.charge(Number(byteLength) + Number(length) * limits.liftedElement)
  return loadListFromValidRange(cx, begin, Number(length), element)
}

export function loadListFromValidRange(
  cx: LiftLowerContext,
  ptr: number,
  length: number,
  element: ValueType,
): ListValue {
  const size = elementSize(element, cx.pointer)
  const Class = numberListClass(element)
  if (Class) return loadNumbers(cx.bytes().subarray(ptr, ptr + length * size), Class)
  return Array.from({ length }, (_, i) => load(cx, ptr + i * size, element))
}

function loadRecord(cx: LiftLowerContext, ptr: number, fields: readonly Field[]): RecordValue {
  const record = new Map<string, Value>()
  for (const field of fields) {
    ptr = alignTo(ptr, alignment(field.type, cx.pointer))
    record.set(field.name, load(cx, ptr, field.type))
    ptr += elementSize(field.type, cx.pointer)
  }
  return record
}

function loadVariant(cx: LiftLowerContext, ptr: number, cases: readonly Case[]): VariantValue {
  const size = discriminantSize(cases.length)
  const caseIndex = loadInt(cx, ptr, size)
  ptr += size
  const { name, type } = caseAt(cases, caseIndex)
  ptr = alignTo(ptr, maxCaseAlignment(cases, cx.pointer))
  return { label: name, payload: type === undefined ? undefined : load(cx, ptr, type) }
}

export function caseAt(cases: readonly Case[], index: bigint): Case {
  trapIf(index >= cases.length, 'invalid-discriminant', 'invalid variant discriminant')
  return cases[Number(index)]!
}

function loadFlags(cx: LiftLowerContext, ptr: number, labels: readonly string[]): RecordValue {
  return unpackFlagsFromInt(loadInt(cx, ptr, flagsSize(labels.length)), labels)
}

/** Bits beyond the last label are ignored. */
export function unpackFlagsFromInt(i: bigint, labels: readonly string[]): RecordValue {
  const record = new Map<string, boolean>()
  for (const label of labels) {
    record.set(label, (i & 1n) === 1n)
    i >>= 1n
  }
  return record
}
