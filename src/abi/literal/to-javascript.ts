/** Component values → the JavaScript values that users get. */
import { propertyNames } from '../../component/js-name.ts'
import { listValue } from '../../component/number-list.ts'
import { isTaggedOption } from '../../component/option-shape.ts'
import type {
  FlagsType,
  ListType,
  MapType,
  OptionType,
  RecordType,
  ValueType,
} from '../../component/value-type.ts'
import type { SharedFuture } from '../../runtime/async/future.ts'
import { promiseOf } from '../../runtime/async/host-future.ts'
import { readableStream } from '../../runtime/async/host-stream.ts'
import type { SharedStream } from '../../runtime/async/stream.ts'
import type { HandleValue, ListValue, RecordValue, Value, VariantValue } from './value.ts'

/**
 * @example
 * const writer = new JavaScriptWriter(false)
 * writer.write(new Map([['is-open', true]]), record({ 'is-open': bool })) // { isOpen: true }
 * writer.write([1n, 2n], list(u8)) // Uint8Array.of(1, 2)
 */
export class JavaScriptWriter {
  readonly #between: boolean

  /**
   * @param between the values only go on to another component, which must get maps as they are: with keys that occur
   * twice
   */
  constructor(between: boolean) {
    this.#between = between
  }

  write(value: Value, type: ValueType): unknown {
    switch (type.kind) {
      case 'bool':
      case 's64':
      case 'u64':
      case 'f32':
      case 'f64':
      case 'char':
      case 'string':
        return value
      case 's8':
      case 'u8':
      case 's16':
      case 'u16':
      case 's32':
      case 'u32':
        return Number(value)
      case 'list':
        return this.#list(value as ListValue, type)
      case 'record':
        return this.#record(value as RecordValue, type)
      case 'flags':
        return writeFlags(value as RecordValue, type)
      case 'tuple':
        return this.#tuple(value as RecordValue, type.types)
      case 'variant': {
        const { label, payload } = value as VariantValue
        return this.#tagged(label, payload, type.cases.find(({ name }) => name === label)!.type)
      }
      case 'enum':
        return (value as VariantValue).label
      case 'option':
        return this.#option(value as VariantValue, type)
      case 'result': {
        const { label, payload } = value as VariantValue
        return label === 'ok'
          ? this.#tagged('ok', payload, type.ok)
          : this.#tagged('err', payload, type.error)
      }
      case 'map':
        return this.#map(value as readonly RecordValue[], type)
      case 'own':
      case 'borrow':
        return (value as HandleValue).object
      case 'error-context':
        return value
      case 'stream':
        return this.#between ? value : readableStream(value as SharedStream)
      case 'future':
        return this.#between ? value : promiseOf(value as SharedFuture)
    }
  }

  #list(values: ListValue, { element }: ListType): unknown {
    if (ArrayBuffer.isView(values)) return values
    return listValue(
      element,
      values.map((value) => this.write(value, element)),
    )
  }

  #record(record: RecordValue, { fields }: RecordType): object {
    const names = propertyNames(fields.map(({ name }) => name))
    return Object.fromEntries(
      fields.map(({ name, type }, i) => [names[i], this.write(record.get(name)!, type)]),
    )
  }

  #tuple(record: RecordValue, types: readonly ValueType[]): unknown[] {
    return types.map((type, i) => this.write(record.get(String(i))!, type))
  }

  #option({ label, payload }: VariantValue, option: OptionType): unknown {
    if (isTaggedOption(option))
      return this.#tagged(label, payload, label === 'some' ? option.type : undefined)
    return label === 'some' ? this.write(payload!, option.type) : undefined
  }

  #tagged(tag: string, payload: Value | undefined, type: ValueType | undefined): object {
    return { tag, val: type === undefined ? undefined : this.write(payload!, type) }
  }

  /** Of equal keys the last one counts. */
  #map(values: readonly RecordValue[], { key, value }: MapType): unknown {
    const pairs = values.map((pair) => this.#tuple(pair, [key, value]) as [unknown, unknown])
    return this.#between ? pairs : new Map(pairs)
  }
}

function writeFlags(flags: RecordValue, { names }: FlagsType): object {
  const properties = propertyNames(names)
  return Object.fromEntries(names.map((name, i) => [properties[i], flags.get(name)]))
}
