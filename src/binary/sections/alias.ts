import type { AliasDefinition, AliasTarget, Sort } from '../../component/component.ts'
import type { CoreInstanceIndex, InstanceIndex } from '../../component/indices.ts'
import type { ByteReader } from '../byte-reader.ts'
import { componentSortOf, coreSortOf } from './sort.ts'

/** An alias without its place: a definition of a component, or a declarator of a type. */
export interface Alias {
  readonly sort: Sort
  readonly target: AliasTarget
}

/**
 *     alias ::= sort 0x00 instanceidx name
 *             | sort 0x01 core:instanceidx core:name
 *             | sort 0x02 u32 u32                      (outer)
 */
export function readAlias(reader: ByteReader): Alias {
  // What a sort byte may be depends on the target that follows it, so it is judged only then.
  const sortOffset = reader.position
  const byte = reader.byte()
  const coreByte = byte === 0x00 ? reader.byte() : undefined
  const sort = coreByte === undefined ? componentSortOf(byte) : coreSort(coreByte)
  const invalid = (what: string, wanted: string): never =>
    reader.invalidByte(coreByte ?? byte, what, wanted, sortOffset + (coreByte === undefined ? 0 : 1))

  const target = reader.byte()
  switch (target) {
    case 0x00:
      if (!sort) invalid('component external kind', 'a sort')
      return {
        sort: sort!,
        target: { kind: 'export', instance: reader.u32() as InstanceIndex, name: reader.name() },
      }
    case 0x01:
      if (!sort) invalid('component external kind', 'a sort')
      return {
        sort: sort!,
        target: { kind: 'core-export', instance: reader.u32() as CoreInstanceIndex, name: reader.name() },
      }
    case 0x02:
      if (!sort || !outerSorts.has(sort)) {
        invalid('component outer alias kind', 'core module, core type, type or component')
      }
      return { sort: sort!, target: { kind: 'outer', count: reader.u32(), index: reader.u32() } }
    default:
      return reader.invalidByte(target, 'alias', '0x00 (export), 0x01 (core export) or 0x02 (outer)')
  }
}

export function readAliasDefinition(reader: ByteReader): AliasDefinition {
  const offset = reader.position
  const { sort, target } = readAlias(reader)
  return { kind: 'alias', offset, sort, target }
}

/** Explainer.md, "Alias Definitions": `outeraliassort`. */
const outerSorts: ReadonlySet<Sort> = new Set(['core module', 'core type', 'type', 'component'])

function coreSort(byte: number): Sort | undefined {
  const sort = coreSortOf(byte)
  return sort && `core ${sort}`
}
