import type { AliasDefinition, AliasTarget, Sort } from '../../component/component.ts'
import type { CoreInstanceIndex, InstanceIndex } from '../../component/indices.ts'
import type { ByteReader } from '../byte-reader.ts'
import { componentSortOf, coreSortOf } from './sort.ts'

/**
 * An alias: a definition of a component, or a declarator of a type.
 *
 *     alias ::= sort 0x00 instanceidx name
 *             | sort 0x01 core:instanceidx core:name
 *             | sort 0x02 u32 u32                      (outer)
 */
export function readAlias(reader: ByteReader, offset = reader.position): AliasDefinition {
  const byte = reader.byte()
  const lastByte = byte === 0x00 ? reader.byte() : byte
  const sort = byte === 0x00 ? coreSortOf(lastByte) : componentSortOf(byte)
  const end = reader.position
  const target = readTarget(reader)
  // What a sort byte may be depends on the target that follows it, so it is judged only here.
  if (target.kind === 'outer') {
    if (!sort || !outerSorts.has(sort)) {
      const wanted = 'core module, core type, type or component'
      reader.invalidByte(lastByte, 'component outer alias kind', wanted, end - 1)
    }
  } else if (!sort) {
    reader.invalidByte(lastByte, 'component external kind', 'a sort', end - 1)
  }
  return { kind: 'alias', offset, sort, target }
}

/** Explainer.md, "Alias Definitions": `outeraliassort`. */
const outerSorts: ReadonlySet<Sort> = new Set(['core module', 'core type', 'type', 'component'])

function readTarget(reader: ByteReader): AliasTarget {
  const byte = reader.byte()
  switch (byte) {
    case 0x00:
      return { kind: 'export', instance: reader.u32() as InstanceIndex, name: reader.name() }
    case 0x01:
      return { kind: 'core-export', instance: reader.u32() as CoreInstanceIndex, name: reader.name() }
    case 0x02:
      return { kind: 'outer', count: reader.u32(), index: reader.u32() }
    default:
      return reader.invalidByte(byte, 'alias', '0x00 (export), 0x01 (core export) or 0x02 (outer)')
  }
}
