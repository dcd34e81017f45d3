import type { Component, Sort } from '../component/component.ts'
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
export function readComponentNames(component: Component): ComponentNames {
  const sorts = new Map<Sort, NameMap>()
  // `sortnamesubsec ::= namesubsection_1(sort namemap)`
  visitSubsections(component, (id, reader) => {
    if (id === 1) sorts.set(readSort(reader), readNameMap(reader))
  })
  return { component: readComponentName(component), sorts }
}

/**
 * What a component calls itself, without a look at the names of its parts, which can be thousands.
 *
 * @example
 * readComponentName(decode(await assemble('(component $calculator)'))) // 'calculator'
 */
export function readComponentName(component: Component): string | undefined {
  let name: string | undefined
  // `componentnamesubsec ::= namesubsection_0(name)`
  visitSubsections(component, (id, reader) => {
    if (id === 0) name = reader.text(reader.u32())
  })
  return name
}

function visitSubsections(
  { bytes, definitions }: Component,
  visit: (id: number, reader: ByteReader) => void,
): void {
  for (const definition of definitions) {
    if (definition.kind !== 'custom' || definition.name !== 'component-name') continue
    const { start, end } = definition.range
    forgiving(() => readSubsections(new ByteReader(bytes, start, end), visit))
  }
}
