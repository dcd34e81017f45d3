import type {
  CoreInlineExport,
  CoreInstanceExpr,
  CoreInstantiateArg,
  InlineExport,
  InstanceExpr,
  InstantiateArg,
} from '../../component/component.ts'
import type { ByteWriter } from '../byte-writer.ts'
import { writeExternName } from './encode-extern-name.ts'
import { writeCoreSort, writeSortIndex } from './encode-sort.ts'

/** `core:instanceexpr ::= 0x00 moduleidx vec(core:instantiatearg) | 0x01 vec(core:inlineexport)` */
export function writeCoreInstance(writer: ByteWriter, instance: CoreInstanceExpr): void {
  if (instance.kind === 'exports') writer.byte(0x01).vector(instance.exports, writeCoreInlineExport)
  else writer.byte(0x00).u32(instance.module).vector(instance.args, writeCoreArg)
}

/** `core:instantiatearg ::= core:name 0x12 instanceidx` */
function writeCoreArg({ name, instance }: CoreInstantiateArg, writer: ByteWriter): void {
  writer.name(name).byte(0x12).u32(instance)
}

/** `core:inlineexport ::= core:name core:sortidx` */
function writeCoreInlineExport({ name, sort, index }: CoreInlineExport, writer: ByteWriter): void {
  writeCoreSort(writer.name(name), sort)
  writer.u32(index)
}

/** `instanceexpr ::= 0x00 componentidx vec(instantiatearg) | 0x01 vec(inlineexport)` */
export function writeInstance(writer: ByteWriter, instance: InstanceExpr): void {
  if (instance.kind === 'exports') writer.byte(0x01).vector(instance.exports, writeInlineExport)
  else writer.byte(0x00).u32(instance.component).vector(instance.args, writeArg)
}

/** `instantiatearg ::= name sortidx` */
function writeArg({ name, item }: InstantiateArg, writer: ByteWriter): void {
  writeSortIndex(writer.name(name), item)
}

/** `inlineexport ::= nameattributes sortidx` */
function writeInlineExport({ name, item }: InlineExport, writer: ByteWriter): void {
  writeExternName(writer, name)
  writeSortIndex(writer, item)
}
