/** CanonicalABI.md, "Flat Lifting": core values → a component value. */
import type { Field, ListType, ValueType, VariantType } from '../../component/value-type.ts'
import { despecialize } from '../despecialize.ts'
import { flattenType } from '../flatten.ts'
import type { FlatType } from '../join.ts'
import { liftAsyncValue, liftErrorContext } from './async-values.ts'
import type { LiftLowerContext } from './context.ts'
import { CoerceValueIterator, type CoreValueSource } from './core-value.ts'
import { liftBorrow, liftOwn } from './handles.ts'
import { caseAt, convertI32ToChar, convertIntToBool, loadListFromRange, unpackFlagsFromInt } from './load.ts'
import { loadStringFromRange } from './load-string.ts'
import type { ListValue, RecordValue, Value, VariantValue } from './value.ts'

/** Takes as many core values as the type flattens to. */
export function liftFlat(cx: LiftLowerContext, vi: CoreValueSource, type: ValueType): Value {
  const plain = despecialize(type)
  switch (plain.kind) {
    case 'bool':
      return convertIntToBool(vi.nextInteger('i32'))
    case 'u8':
      return BigInt.asUintN(8, vi.nextInteger('i32'))
    case 'u16':
      return BigInt.asUintN(16, vi.nextInteger('i32'))
    case 'u32':
      return vi.nextInteger('i32')
    case 'u64':
      return vi.nextInteger('i64')
    case 's8':
      return BigInt.asIntN(8, vi.nextInteger('i32'))
    case 's16':
      return BigInt.asIntN(16, vi.nextInteger('i32'))
    case 's32':
      return BigInt.asIntN(32, vi.nextInteger('i32'))
    case 's64':
      return BigInt.asIntN(64, vi.nextInteger('i64'))
    case 'f32':
      return vi.nextFloat('f32')
    case 'f64':
      return vi.nextFloat('f64')
    case 'char':
      return convertI32ToChar(vi.nextInteger('i32'))
    case 'string':
      return liftFlatString(cx, vi)
    case 'list':
      return liftFlatList(cx, vi, plain)
    case 'record':
      return liftFlatRecord(cx, vi, plain.fields)
    case 'variant':
      return liftFlatVariant(cx, vi, plain)
    case 'flags':
      return unpackFlagsFromInt(vi.nextInteger('i32'), plain.names)
    case 'own':
      return liftOwn(cx, vi.nextInteger('i32'), plain)
    case 'borrow':
      return liftBorrow(cx, vi.nextInteger('i32'), plain)
    case 'error-context':
      return liftErrorContext(cx, vi.nextInteger('i32'))
    case 'stream':
    case 'future':
      return liftAsyncValue(cx, vi.nextInteger('i32'), plain)
  }
}

function liftFlatString(cx: LiftLowerContext, vi: CoreValueSource): string {
  const ptr = vi.nextInteger(cx.pointer)
  const taggedCodeUnits = vi.nextInteger(cx.pointer)
  return loadStringFromRange(cx, ptr, taggedCodeUnits)
}

function liftFlatList(cx: LiftLowerContext, vi: CoreValueSource, { element, length }: ListType): ListValue {
  if (length !== undefined) return Array.from({ length }, () => liftFlat(cx, vi, element))
  const ptr = vi.nextInteger(cx.pointer)
  const elements = vi.nextInteger(cx.pointer)
  return loadListFromRange(cx, ptr, elements, element)
}

function liftFlatRecord(cx: LiftLowerContext, vi: CoreValueSource, fields: readonly Field[]): RecordValue {
  return new Map(fields.map(({ name, type }) => [name, liftFlat(cx, vi, type)]))
}

function liftFlatVariant(cx: LiftLowerContext, vi: CoreValueSource, variant: VariantType): VariantValue {
  const [, ...flatTypes] = flattenType(variant, cx.pointer)
  const { name, type } = caseAt(variant.cases, vi.nextInteger('i32'))
  const payload = type === undefined ? undefined : liftFlat(cx, new CoerceValueIterator(vi, flatTypes), type)
  for (const have of flatTypes) skip(vi, have)
  return { label: name, payload }
}

/** A slot that only longer cases use. */
function skip(vi: CoreValueSource, have: FlatType): void {
  if (have === 'i32' || have === 'i64') vi.nextInteger(have)
  else vi.nextFloat(have)
}
