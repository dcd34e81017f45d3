import type { Sort } from '../component/component.ts'
import { ByteWriter } from './byte-writer.ts'
import type { ComponentNames } from './component-name-section.ts'
import type { NameMap } from './name-map.ts'
import { writeSort } from './sections/encode-sort.ts'

/** The order in which assemblers write them. */
export const sortsInOrder: readonly Sort[] = [
  'core func',
  'core table',
  'core memory',
  'core global',
  'core tag',
  'core type',
  'core module',
  'core instance',
  'func',
  'value',
  'type',
  'component',
  'instance',
]

/**
 * The contents of a component's `component-name` section (Binary.md, "Name Section"); undefined where nothing has a
 * name. `order`: of the sorts that have names, one subsection for each time that a sort is in it.
 */
export function encodeComponentNames(
  { component, sorts }: ComponentNames,
  order: readonly Sort[] = sortsInOrder,
): Uint8Array | undefined {
  const writer = new ByteWriter()
  if (component !== undefined) writer.section(0, (inner) => inner.name(component))
  for (const sort of order) {
    const names = sorts.get(sort)
    if (names && names.size > 0) writer.section(1, (inner) => writeSortNames(inner, sort, names))
  }
  return writer.length > 0 ? writer.finish() : undefined
}

/** `sortnames ::= sort namemap` */
function writeSortNames(writer: ByteWriter, sort: Sort, names: NameMap): void {
  writeSort(writer, sort)
  writer.vector([...names], ([index, name]) => writer.u32(index).name(name))
}
