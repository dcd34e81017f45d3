/** How generated code reads the elements of a list, once, from whatever the caller passed. */
import { MAX_LIST_BYTE_LENGTH } from '../../abi/strings.ts'
import type { ListType, TupleType, ValueType } from '../../component/value-type.ts'
import type { NumberListClass } from '../../component/number-list.ts'
import { checkScalar, refuseIf, type ScalarType } from './scalar.ts'
import { element, type Place, type Source } from './source.ts'

/** A list that is being read: locals. */
export interface Elements {
  readonly list: string
  readonly length: string
}

/** Reads the length, and checks it where the type says what it must be. */
export function readElements(
  source: Source,
  type: ValueType,
  value: string,
  place: Place,
  expected: number | undefined,
): Elements {
  const list = source.constant('l', `elementsOf(${value})`)
  refuseIf(source, `${list} === undefined`, type, value, place)
  const length = source.constant('n', `${list}.length >>> 0`)
  checkCount(source, type, value, length, place, expected)
  return { list, length }
}

function checkCount(
  source: Source,
  type: ValueType,
  value: string,
  length: string,
  place: Place,
  expected: number | undefined,
): void {
  if (expected === undefined) return
  refuseWithIf(source, `${length} !== ${expected}`, type, value, `${length} + ' elements'`, place)
}

/** No list takes more bytes than another component could lift (CanonicalABI.md, "Loading", `MAX_LIST_BYTE_LENGTH`). */
export function checkByteLength(
  source: Source,
  type: ValueType,
  value: string,
  length: string,
  size: number,
  place: Place,
): void {
  const most = Math.floor(MAX_LIST_BYTE_LENGTH / size)
  refuseWithIf(
    source,
    `${length} > ${most}`,
    type,
    value,
    `${length} + ' elements, and at most ${most} fit'`,
    place,
  )
}

/** Throws what says that a value does not fit, with an expression that says what came. */
export function refuseWithIf(
  source: Source,
  condition: string,
  type: ValueType,
  value: string,
  got: string,
  place: Place,
): void {
  const site = source.shared.site(place, type)
  source.line(`if (${condition}) throw bound.refuseWith(${[site, value, got, ...place.indices].join(', ')})`)
}

/** Numbers as a typed array: the caller's own, where it is of the right class. Returns variables. */
export function readNumbers(
  source: Source,
  type: ListType,
  Class: NumberListClass,
  value: string,
  place: Place,
): Elements {
  const array = source.variable('b', 'undefined')
  const length = source.variable('n', '0')
  source.line(`${array} = typedArray(${value}, '${Class.name}')`)
  source.block(`if (${array} === undefined)`, () => {
    const elements = readElements(source, type, value, place, type.length)
    checkByteLength(source, type, value, elements.length, Class.BYTES_PER_ELEMENT, place)
    source.line(`${length} = ${elements.length}`)
    source.line(`${array} = new ${source.shared.constant(Class, 'Class')}(${length})`)
    const i = source.shared.local('i')
    source.block(`for (let ${i} = 0; ${i} < ${length}; ${i}++)`, () => {
      const one = source.constant('x', `${elements.list}[${i}]`)
      const core = checkScalar(source, type.element as ScalarType, one, element(place, i))
      source.line(`${array}[${i}] = ${core}`)
    })
  })
  source.block('else', () => {
    source.line(`${length} = typedLength(${array})`)
    checkCount(source, type, value, length, place, type.length)
    checkByteLength(source, type, value, length, Class.BYTES_PER_ELEMENT, place)
  })
  return { list: array, length }
}

/** Reads the parts of a tuple into constants. */
export function readTuple(source: Source, type: TupleType, value: string, place: Place): readonly string[] {
  const { list } = readElements(source, type, value, place, type.types.length)
  return type.types.map((_, i) => source.constant('x', `${list}[${i}]`))
}
