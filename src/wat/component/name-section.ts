/** What text can say of a component's name section. */
import { ByteReader } from '../../binary/byte-reader.ts'
import type { ComponentNames } from '../../binary/component-name-section.ts'
import { sortsInOrder } from '../../binary/encode-component-names.ts'
import { forgiving, readSubsections } from '../../binary/name-section.ts'
import { readSort } from '../../binary/sections/sort.ts'
import type { CustomSection, Definition, Sort } from '../../component/component.ts'
import { sortOfType } from './extern-text.ts'

export function isNameSection(definition: Definition): definition is CustomSection {
  return definition.kind === 'custom' && definition.name === 'component-name'
}

/**
 * The sorts whose names the section has, one for each of its subsections; undefined where they are in the order that
 * assemblers write. wit-component has another, and names instances twice.
 */
export function unusualOrder(section: Uint8Array): readonly Sort[] | undefined {
  const sorts: Sort[] = []
  forgiving(() =>
    readSubsections(new ByteReader(section), (id, reader) => {
      if (id === 1) sorts.push(readSort(reader))
    }),
  )
  const places = sorts.map((sort) => sortsInOrder.indexOf(sort))
  return places.every((place, i) => i === 0 || place > places[i - 1]!) ? undefined : sorts
}

/** The names without those of definitions that are not there: text has no place for them. */
export function namesThatExist(names: ComponentNames, definitions: readonly Definition[]): ComponentNames {
  const counts = countDefinitions(definitions)
  const sorts = Array.from(names.sorts, ([sort, map]): [Sort, Map<number, string>] => [
    sort,
    new Map([...map].filter(([index]) => index < (counts.get(sort) ?? 0))),
  ])
  return { component: names.component, sorts: new Map(sorts) }
}

function countDefinitions(definitions: readonly Definition[]): Map<Sort, number> {
  const counts = new Map<Sort, number>()
  for (const definition of definitions) {
    const [sort, count] = definedBy(definition)
    if (sort) counts.set(sort, (counts.get(sort) ?? 0) + count)
  }
  return counts
}

/** The sort of what a definition defines, and how many. */
function definedBy(definition: Definition): [sort: Sort | undefined, count: number] {
  switch (definition.kind) {
    case 'custom':
      return [undefined, 0]
    case 'core-module':
      return ['core module', 1]
    case 'core-instance':
      return ['core instance', 1]
    case 'core-type':
      return ['core type', definition.type.kind === 'rec' ? definition.type.types.length : 1]
    case 'canon':
      return [definition.canon.kind === 'lift' ? 'func' : 'core func', 1]
    case 'start':
      return ['value', definition.results]
    case 'alias':
      return [definition.sort, 1]
    case 'import':
      return [sortOfType[definition.type.kind], 1]
    case 'export':
      return [definition.item.sort, 1]
    default:
      return [definition.kind, 1]
  }
}
