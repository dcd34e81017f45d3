/** CanonicalABI.md, "Flat Lowering": a component value → core values. */
import type { Field, ListType, ValueType, VariantType } from '../../component/value-type.ts'
import { despecialize } from '../despecialize.ts'
import { flattenType } from '../flatten.ts'
import type { FlatType } from '../join.ts'
import type { Shared } from '../../runtime/async/copy-end.ts'
import type { ErrorContext } from '../../runtime/async/error-context.ts'
import { lowerAsyncValue } from './async-values.ts'
import type { LiftLowerContext } from './context.ts'
import { encodeFloatAsI32, encodeFloatAsI64 } from './float-bits.ts'
import type { FlatValue } from './core-value.ts'
import { lowerBorrow, lowerOwn } from './handles.ts'
import { numberValues } from './number-list.ts'
import { charToI32, matchCase, packFlagsIntoInt, storeListIntoRange } from './store.ts'
import { storeStringIntoRange } from './store-string.ts'
import type { HandleValue, ListValue, RecordValue, Value, VariantValue } from './value.ts'

/** As many core values as the type flattens to. */
export function lowerFlat(cx: LiftLowerContext, value: Value, type: ValueType): FlatValue[] {
  const plain = despecialize(type)
  switch (plain.kind) {
    case 'bool':
      return [value ? 1n : 0n]
    case 'u8':
    case 'u16':
    case 'u32':
    case 'u64':
      return [value as bigint]
    case 's8':
    case 's16':
    case 's32':
      return [BigInt.asUintN(32, value as bigint)]
    case 's64':
      return [BigInt.asUintN(64, value as bigint)]
    case 'f32':
    case 'f64':
      return [value as number]
    case 'char':
      return [charToI32(value as string)]
    case 'string':
      return lowerFlatString(cx, value as string)
    case 'list':
      return lowerFlatList(cx, value as ListValue, plain)
    case 'record':
      return lowerFlatRecord(cx, value as RecordValue, plain.fields)
    case 'variant':
      return lowerFlatVariant(cx, value as VariantValue, plain)
    case 'flags':
      return [packFlagsIntoInt(value as RecordValue, plain.names)]
    case 'own':
      return [lowerOwn(cx, value as HandleValue)]
    case 'borrow':
      return [lowerBorrow(cx, value as HandleValue)]
    case 'error-context':
    case 'stream':
    case 'future':
      return [lowerAsyncValue(cx, value as Shared | ErrorContext)]
  }
}

function lowerFlatString(cx: LiftLowerContext, text: string): FlatValue[] {
  const { begin, taggedCodeUnits } = storeStringIntoRange(cx, text)
  return [begin, taggedCodeUnits]
}

function lowerFlatList(
  cx: LiftLowerContext,
  elements: ListValue,
  { element, length }: ListType,
): FlatValue[] {
  if (length !== undefined) {
    const values: readonly Value[] = ArrayBuffer.isView(elements) ? numberValues(elements) : elements
    return values.flatMap((value) => lowerFlat(cx, value, element))
  }
  return [storeListIntoRange(cx, elements, element), BigInt(elements.length)]
}

function lowerFlatRecord(cx: LiftLowerContext, record: RecordValue, fields: readonly Field[]): FlatValue[] {
  return fields.flatMap(({ name, type }) => lowerFlat(cx, record.get(name)!, type))
}

function lowerFlatVariant(cx: LiftLowerContext, variant: VariantValue, type: VariantType): FlatValue[] {
  const caseIndex = matchCase(variant, type.cases)
  const [, ...slots] = flattenType(type, cx.pointer)
  const payloadType = type.cases[caseIndex]!.type
  const payload = payloadType === undefined ? [] : lowerFlat(cx, variant.payload!, payloadType)
  const haves = payloadType === undefined ? [] : flattenType(payloadType, cx.pointer)
  const joined = slots.map((want, i) => joinInto(want, haves[i], payload[i]))
  return [BigInt(caseIndex), ...joined]
}

/** A payload's flat value under the type of its slot; zero in the slots of longer cases. */
function joinInto(want: FlatType, have: FlatType | undefined, value: FlatValue | undefined): FlatValue {
  if (have === undefined) return want === 'f32' || want === 'f64' ? 0 : 0n
  if (have === want || have === 'i32') return value!
  return have === 'f32' ? encodeFloatAsI32(value as number) : encodeFloatAsI64(value as number)
}
