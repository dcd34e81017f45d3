/** CanonicalABI.md, "Storing": values into the guest's memory. */
import type { Case, Field, ListType, ValueType } from '../../component/value-type.ts'
import { alignment, alignTo, maxCaseAlignment } from '../alignment.ts'
import { despecialize } from '../despecialize.ts'
import { discriminantSize, flagsSize } from '../discriminant.ts'
import { elementSize } from '../element-size.ts'
import { pointerSize } from '../pointer.ts'
import type { Shared } from '../../runtime/async/copy-end.ts'
import type { ErrorContext } from '../../runtime/async/error-context.ts'
import { lowerAsyncValue } from './async-values.ts'
import type { LiftLowerContext } from './context.ts'
import { encodeFloatAsI32, encodeFloatAsI64 } from './float-bits.ts'
import { lowerBorrow, lowerOwn } from './handles.ts'
import { storeNumbers } from './number-list.ts'
import { storeStringIntoRange } from './store-string.ts'
import type { HandleValue, ListValue, RecordValue, Value, VariantValue } from './value.ts'

/** Writes `value` at `ptr`, which is aligned for the type and followed by at least its element size of memory. */
export function store(cx: LiftLowerContext, value: Value, type: ValueType, ptr: number): void {
  const plain = despecialize(type)
  switch (plain.kind) {
    case 'bool':
      storeInt(cx, value ? 1n : 0n, ptr, 1)
      break
    case 'u8':
    case 's8':
      storeInt(cx, value as bigint, ptr, 1)
      break
    case 'u16':
    case 's16':
      storeInt(cx, value as bigint, ptr, 2)
      break
    case 'u32':
    case 's32':
      storeInt(cx, value as bigint, ptr, 4)
      break
    case 'u64':
    case 's64':
      storeInt(cx, value as bigint, ptr, 8)
      break
    case 'f32':
      storeInt(cx, encodeFloatAsI32(value as number), ptr, 4)
      break
    case 'f64':
      storeInt(cx, encodeFloatAsI64(value as number), ptr, 8)
      break
    case 'char':
      storeInt(cx, charToI32(value as string), ptr, 4)
      break
    case 'string':
      storeString(cx, value as string, ptr)
      break
    case 'list':
      storeList(cx, value as ListValue, ptr, plain)
      break
    case 'record':
      storeRecord(cx, value as RecordValue, ptr, plain.fields)
      break
    case 'variant':
      storeVariant(cx, value as VariantValue, ptr, plain.cases)
      break
    case 'flags':
      storeFlags(cx, value as RecordValue, ptr, plain.names)
      break
    case 'own':
      storeInt(cx, lowerOwn(cx, value as HandleValue), ptr, 4)
      break
    case 'borrow':
      storeInt(cx, lowerBorrow(cx, value as HandleValue), ptr, 4)
      break
    case 'error-context':
    case 'stream':
    case 'future':
      storeInt(cx, lowerAsyncValue(cx, value as Shared | ErrorContext), ptr, 4)
  }
}

/** Little-endian; negative integers as two's complement. */
function storeInt(cx: LiftLowerContext, integer: bigint, ptr: number, byteLength: number): void {
  const bytes = cx.bytes()
  for (let i = 0; i < byteLength; i++) {
    bytes[ptr + i] = Number(BigInt.asUintN(8, integer))
    integer >>= 8n
  }
}

export function charToI32(char: string): bigint {
  return BigInt(char.codePointAt(0)!)
}

function storeString(cx: LiftLowerContext, text: string, ptr: number): void {
  const { begin, taggedCodeUnits } = storeStringIntoRange(cx, text)
  const size = pointerSize(cx.pointer)
  storeInt(cx, begin, ptr, size)
  storeInt(cx, taggedCodeUnits, ptr + size, size)
}

function storeList(
  cx: LiftLowerContext,
  elements: ListValue,
  ptr: number,
  { element, length }: ListType,
): void {
  if (length !== undefined) {
    storeListIntoValidRange(cx, elements, ptr, element)
    return
  }
  const size = pointerSize(cx.pointer)
  storeInt(cx, storeListIntoRange(cx, elements, element), ptr, size)
  storeInt(cx, BigInt(elements.length), ptr + size, size)
}

/** Allocates, and returns where the list begins. */
export function storeListIntoRange(cx: LiftLowerContext, elements: ListValue, element: ValueType): bigint {
  const byteLength = elements.length * elementSize(element, cx.pointer)
  const ptr = cx.allocate(alignment(element, cx.pointer), byteLength, 'list')
  storeListIntoValidRange(cx, elements, ptr, element)
  return BigInt(ptr)
}

export function storeListIntoValidRange(
  cx: LiftLowerContext,
  elements: ListValue,
  ptr: number,
  element: ValueType,
): void {
  if (ArrayBuffer.isView(elements)) {
    cx.bytes().set(storeNumbers(elements), ptr)
    return
  }
  const size = elementSize(element, cx.pointer)
  elements.forEach((value, i) => {
    store(cx, value, element, ptr + i * size)
  })
}

function storeRecord(cx: LiftLowerContext, record: RecordValue, ptr: number, fields: readonly Field[]): void {
  for (const field of fields) {
    ptr = alignTo(ptr, alignment(field.type, cx.pointer))
    store(cx, record.get(field.name)!, field.type, ptr)
    ptr += elementSize(field.type, cx.pointer)
  }
}

function storeVariant(
  cx: LiftLowerContext,
  variant: VariantValue,
  ptr: number,
  cases: readonly Case[],
): void {
  const caseIndex = matchCase(variant, cases)
  const size = discriminantSize(cases.length)
  storeInt(cx, BigInt(caseIndex), ptr, size)
  ptr += size
  ptr = alignTo(ptr, maxCaseAlignment(cases, cx.pointer))
  const { type } = cases[caseIndex]!
  if (type !== undefined) store(cx, variant.payload!, type, ptr)
}

export function matchCase(variant: VariantValue, cases: readonly Case[]): number {
  return cases.findIndex(({ name }) => name === variant.label)
}

function storeFlags(cx: LiftLowerContext, flags: RecordValue, ptr: number, labels: readonly string[]): void {
  storeInt(cx, packFlagsIntoInt(flags, labels), ptr, flagsSize(labels.length))
}

export function packFlagsIntoInt(flags: RecordValue, labels: readonly string[]): bigint {
  return labels.reduce(
    (packed, label, shift) => (flags.get(label) ? packed | (1n << BigInt(shift)) : packed),
    0n,
  )
}
