import type {
  CoreInlineExport,
  CoreInstanceDefinition,
  CoreInstanceExpr,
  CoreInstantiateArg,
  InlineExport,
  InstanceDefinition,
  InstanceExpr,
  InstantiateArg,
} from '../../component/component.ts'
import type { ComponentIndex, CoreInstanceIndex, CoreModuleIndex } from '../../component/indices.ts'
import { limits } from '../../component/limits.ts'
import type { ByteReader } from '../byte-reader.ts'
import { readExternName } from './extern-name.ts'
import { readCoreSort, readSortIndex } from './sort.ts'

export function readCoreInstance(reader: ByteReader): CoreInstanceDefinition {
  return { kind: 'core-instance', offset: reader.position, instance: readCoreInstanceExpr(reader) }
}

/** `core:instanceexpr ::= 0x00 moduleidx vec(core:instantiatearg) | 0x01 vec(core:inlineexport)` */
function readCoreInstanceExpr(reader: ByteReader): CoreInstanceExpr {
  const byte = reader.byte()
  switch (byte) {
    case 0x00: {
      const module = reader.u32() as CoreModuleIndex
      return {
        kind: 'instantiate',
        module,
        args: reader.vector('arguments', limits.instantiationArguments, readCoreArg),
      }
    }
    case 0x01:
      return {
        kind: 'exports',
        exports: reader.vector('exports', limits.instantiationExports, readCoreInlineExport),
      }
    default:
      return reader.invalidByte(byte, 'core instance', '0x00 (instantiate) or 0x01 (exports)')
  }
}

/** `core:instantiatearg ::= core:name 0x12 instanceidx` */
function readCoreArg(reader: ByteReader): CoreInstantiateArg {
  const name = reader.name()
  const sort = reader.byte()
  if (sort !== 0x12) reader.invalidByte(sort, 'instantiation arg kind', '0x12 (instance)')
  return { name, instance: reader.u32() as CoreInstanceIndex }
}

/** `core:inlineexport ::= core:name core:sortidx` */
function readCoreInlineExport(reader: ByteReader): CoreInlineExport {
  return { name: reader.name(), sort: readCoreSort(reader), index: reader.u32() }
}

export function readInstance(reader: ByteReader): InstanceDefinition {
  return { kind: 'instance', offset: reader.position, instance: readInstanceExpr(reader) }
}

/** `instanceexpr ::= 0x00 componentidx vec(instantiatearg) | 0x01 vec(inlineexport)` */
function readInstanceExpr(reader: ByteReader): InstanceExpr {
  const byte = reader.byte()
  switch (byte) {
    case 0x00: {
      const component = reader.u32() as ComponentIndex
      return {
        kind: 'instantiate',
        component,
        args: reader.vector('arguments', limits.instantiationArguments, readArg),
      }
    }
    case 0x01:
      return {
        kind: 'exports',
        exports: reader.vector('exports', limits.instantiationExports, readInlineExport),
      }
    default:
      return reader.invalidByte(byte, 'instance', '0x00 (instantiate) or 0x01 (exports)')
  }
}

/** `instantiatearg ::= name sortidx` */
function readArg(reader: ByteReader): InstantiateArg {
  return { name: reader.name(), item: readSortIndex(reader) }
}

/** `inlineexport ::= nameattributes sortidx` */
function readInlineExport(reader: ByteReader): InlineExport {
  return { name: readExternName(reader), item: readSortIndex(reader) }
}
