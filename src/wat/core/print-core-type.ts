/** Types of core modules as text. */
import type { CoreCompositeType, CoreFieldType, CoreSubType } from '../../component/component.ts'
import type { CoreLimits, CoreValueType } from '../../component/extern-type.ts'
import type { CoreExternOf } from '../../binary/core/module.ts'
import { usualPageSize } from '../../binary/core/page-size.ts'
import { referenceParts, referenceType } from '../../binary/core/reference-type.ts'
import type { PrintedName } from './print-name.ts'

/** `$name` or `3`, for the index of a type. */
export type UseType = (index: number) => string

export function valueTypeText(type: CoreValueType, use: UseType): string {
  if (!type.startsWith('(')) return type
  const { heap, nullable } = referenceParts(type)
  return referenceType(heapTypeText(heap, use), nullable)
}

export function heapTypeText(heap: string, use: UseType): string {
  return /^\d/.test(heap) ? use(Number(heap)) : heap
}

/** ` (param i32 i64) (result f32)`, with a space before each; empty for none. */
export function signatureText(
  parameters: readonly CoreValueType[],
  results: readonly CoreValueType[],
  use: UseType,
): string {
  return group('param', parameters, use) + group('result', results, use)
}

function group(keyword: string, types: readonly CoreValueType[], use: UseType): string {
  return types.length === 0 ? '' : ` (${keyword} ${types.map((type) => valueTypeText(type, use)).join(' ')})`
}

const noNames: ReadonlyMap<number, PrintedName> = new Map()

/** ` (param $a i32) (param i64 i64)`: those without names share a group. `first`: the index of the first one. */
export function namedText(
  keyword: string,
  types: Iterable<CoreValueType>,
  use: UseType,
  names: ReadonlyMap<number, PrintedName> = noNames,
  first = 0,
): string {
  const pieces: string[] = []
  let open = false
  let index = first
  for (const type of types) {
    const name = names.get(index++)
    const text = valueTypeText(type, use)
    if (name) {
      if (open) pieces.push(')')
      pieces.push(` (${keyword} ${name.id}${name.annotation} ${text})`)
      open = false
    } else {
      pieces.push(open ? ` ${text}` : ` (${keyword} ${text}`)
      open = true
    }
  }
  if (open) pieces.push(')')
  return pieces.join('')
}

/** `(sub final $super (struct …))`, or the composite type alone; `fields`: names of a struct's. */
export function subTypeText(
  { final, supertypes, type, shared }: CoreSubType,
  use: UseType,
  fields: ReadonlyMap<number, PrintedName> = noNames,
): string {
  const plain = compositeText(type, use, fields)
  const composite = shared ? `(shared ${plain})` : plain
  if (final && supertypes.length === 0) return composite
  return ['(sub', ...(final ? ['final'] : []), ...supertypes.map(use), `${composite})`].join(' ')
}

function compositeText(
  type: CoreCompositeType,
  use: UseType,
  fields: ReadonlyMap<number, PrintedName>,
): string {
  switch (type.kind) {
    case 'func':
      return `(func${signatureText(type.parameters, type.results, use)})`
    case 'struct':
      return `(struct${type.fields.map((field, i) => ` ${structFieldText(field, use, fields.get(i))}`).join('')})`
    case 'array':
      return `(array ${fieldTypeText(type.field, use)})`
    case 'cont':
      return `(cont ${use(type.type)})`
  }
}

function structFieldText(field: CoreFieldType, use: UseType, name: PrintedName | undefined): string {
  return `(field ${name ? `${name.id}${name.annotation} ` : ''}${fieldTypeText(field, use)})`
}

function fieldTypeText({ type, mutable }: CoreFieldType, use: UseType): string {
  const text = valueTypeText(type, use)
  return mutable ? `(mut ${text})` : text
}

export function globalTypeText({ type, mutable }: CoreExternOf<'global'>, use: UseType): string {
  const text = valueTypeText(type, use)
  return mutable ? `(mut ${text})` : text
}

export function tableTypeText({ element, limits }: CoreExternOf<'table'>, use: UseType): string {
  return `${limits.shared ? 'shared ' : ''}${limitsText(limits)} ${valueTypeText(element, use)}`
}

export function memoryTypeText(type: CoreExternOf<'memory'>): string {
  const { limits, pageSizeLog2, pageSizeGiven } = type
  const shared = limits.shared ? ' shared' : ''
  const isSaid = pageSizeGiven || pageSizeLog2 !== usualPageSize.pageSizeLog2
  const pageSize = isSaid ? ` (pagesize 0x${(2 ** pageSizeLog2).toString(16)})` : ''
  return `${limitsText(limits)}${shared}${pageSize}`
}

function limitsText({ minimum, maximum, index64 }: CoreLimits): string {
  const bounds = maximum === undefined ? `${minimum}` : `${minimum} ${maximum}`
  return index64 ? `i64 ${bounds}` : bounds
}
