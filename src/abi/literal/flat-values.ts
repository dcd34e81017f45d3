/** CanonicalABI.md, "Lifting and Lowering Values": the parameters or the result of a call, flat or spilled. */
import type { TupleType } from '../../component/value-type.ts'
import { alignment } from '../alignment.ts'
import { elementSize } from '../element-size.ts'
import { flattenType } from '../flatten.ts'
import type { LiftLowerContext } from './context.ts'
import type { CoreValueSource, FlatValue } from './core-value.ts'
import { liftFlat } from './lift-flat.ts'
import { load } from './load.ts'
import { lowerFlat } from './lower-flat.ts'
import { store } from './store.ts'
import type { RecordValue, Value } from './value.ts'

export function liftFlatValues(
  cx: LiftLowerContext,
  maxFlat: number,
  vi: CoreValueSource,
  tuple: TupleType,
): readonly Value[] {
  if (flattenType(tuple, cx.pointer).length <= maxFlat)
    return tuple.types.map((type) => liftFlat(cx, vi, type))
  const ptr = vi.nextInteger(cx.pointer)
  const size = BigInt(elementSize(tuple, cx.pointer))
  const begin = cx.checkedRange(ptr, size, alignment(tuple, cx.pointer), 'pointer')
  return [...(load(cx, begin, tuple) as RecordValue).values()]
}

/** `outParam`: where the caller says what is spilled goes; without it, memory for it is allocated. */
export function lowerFlatValues(
  cx: LiftLowerContext,
  maxFlat: number,
  values: readonly Value[],
  tuple: TupleType,
  outParam?: CoreValueSource,
): FlatValue[] {
  if (flattenType(tuple, cx.pointer).length <= maxFlat) {
    return tuple.types.flatMap((type, i) => lowerFlat(cx, values[i]!, type))
  }
  const align = alignment(tuple, cx.pointer)
  const size = elementSize(tuple, cx.pointer)
  const record = new Map(values.map((value, i) => [String(i), value]))
  if (outParam !== undefined) {
    const ptr = outParam.nextInteger(cx.pointer)
    store(cx, record, tuple, cx.checkedRange(ptr, BigInt(size), align, 'pointer'))
    return []
  }
  const ptr = cx.allocate(align, size, 'arguments')
  store(cx, record, tuple, ptr)
  return [BigInt(ptr)]
}
