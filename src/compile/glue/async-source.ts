/** The source that reads and lifts streams, futures and error contexts. */
import type { PointerType } from '../../abi/pointer.ts'
import type { FutureType, PrimitiveType, StreamType } from '../../component/value-type.ts'
import type { Place, Source } from './source.ts'

/** Of primitive types it is `error-context`: all others are scalars, or strings. */
export type AsyncValueType = StreamType | FutureType | PrimitiveType

/** Reads what the caller passed; returns a constant with what `addShared` adds to a guest's table. */
export function readAsyncValue(
  source: Source,
  pointer: PointerType,
  type: AsyncValueType,
  value: string,
  place: Place,
): string {
  const site = source.shared.site(place, type)
  const shared = source.constant(
    's',
    readText(source, pointer, type, value, ['bound', site, ...place.indices]),
  )
  const refusal = [site, value, ...place.indices].join(', ')
  source.line(`if (${shared} === undefined) throw bound.refuse(${refusal})`)
  return shared
}

function readText(
  { shared }: Source,
  pointer: PointerType,
  type: AsyncValueType,
  value: string,
  path: readonly (string | number)[],
): string {
  if (type.kind !== 'stream' && type.kind !== 'future') return `errorContextOf(${value})`
  return `${shared.ends(type, pointer, true)}.read(${[value, ...path].join(', ')})`
}

/** Lifts the handle at an index, which is an expression without effect; returns a constant. */
export function liftAsyncValue(
  source: Source,
  pointer: PointerType,
  type: AsyncValueType,
  index: string,
): string {
  switch (type.kind) {
    case 'stream':
      return source.constant(
        'h',
        `${source.shared.ends(type, pointer, false)}.liftStream(${index}, transient)`,
      )
    case 'future': {
      const futures = source.needs('futures')
      const ends = source.shared.ends(type, pointer, false)
      return source.constant('h', `${ends}.liftFuture(${index}, transient, ${futures})`)
    }
    default:
      return source.constant('h', `errorContextAt(instance, ${index})`)
  }
}

/** When all values of a call are lifted. */
export function readFutures(source: Source): void {
  if (source.has('futures')) source.line('futures.read()')
}
