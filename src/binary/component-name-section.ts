import type { ByteRange, Component, Sort } from '../component/component.ts'
import { ByteReader } from './byte-reader.ts'
import { type NameMap, readNameMap } from './name-map.ts'
import { forgiving, readSubsections } from './name-section.ts'
import { readSort } from './sections/sort.ts'

/** What the `component-name` section of a component tells, as far as it is well-formed. */
export interface ComponentNames {
  readonly component: string | undefined
  /** Names by index, for each sort that has any. */
  readonly sorts: ReadonlyMap<Sort, NameMap>
}

/**
 * Reads a component's own `component-name` section (Binary.md, "Name Section"). Nothing requires that it is right:
 * what is malformed is left out.
 *
 * @example
 * const names = readComponentNames(decode(await assemble('(component $calculator (core module $math))')))
 * names.component // 'calculator'
 * names.sorts.get('core module')?.get(0) // 'math'
 */
export function readComponentNames({ bytes, definitions }: Component): ComponentNames {
  const names: { component: string | undefined; sorts: Map<Sort, NameMap> } = {
    component: undefined,
    sorts: new Map(),
  }
  for (const definition of definitions) {
    if (definition.kind === 'custom' && definition.name === 'component-name') {
      forgiving(() => readInto(names, bytes, definition.range))
    }
  }
  return names
}

/** `componentnamesubsec ::= namesubsection_0(name)`, `sortnamesubsec ::= namesubsection_1(sort namemap)` */
function readInto(
  names: { component: string | undefined; sorts: Map<Sort, NameMap> },
  bytes: Uint8Array,
  { start, end }: ByteRange,
): void {
  readSubsections(new ByteReader(bytes, start, end), (id, reader) => {
    if (id === 0) names.component = reader.text(reader.u32())
    if (id === 1) names.sorts.set(readSort(reader), readNameMap(reader))
  })
}
