import type { Canon, CanonDefinition, CanonOption } from '../../component/component.ts'
import type {
  CoreFuncIndex,
  CoreMemoryIndex,
  CoreTableIndex,
  CoreTypeIndex,
  FuncIndex,
  TypeIndex,
} from '../../component/indices.ts'
import { limits } from '../../component/limits.ts'
import type { ByteReader } from '../byte-reader.ts'
import { readCoreValueType } from './core-type.ts'
import { readResultList } from './type.ts'

export function readCanon(reader: ByteReader): CanonDefinition {
  return { kind: 'canon', offset: reader.position, canon: readCanonBody(reader) }
}

const type = (reader: ByteReader): TypeIndex => reader.u32() as TypeIndex
const coreType = (reader: ByteReader): CoreTypeIndex => reader.u32() as CoreTypeIndex
const memory = (reader: ByteReader): CoreMemoryIndex => reader.u32() as CoreMemoryIndex
const table = (reader: ByteReader): CoreTableIndex => reader.u32() as CoreTableIndex

/** One case per line of Binary.md, "Canonical Definitions"; members of a literal are read in the order written. */
function readCanonBody(reader: ByteReader): Canon {
  const opcode = reader.byte()
  switch (opcode) {
    case 0x00:
      readFuncSort(reader, 'canonical function lift')
      return {
        kind: 'lift',
        func: reader.u32() as CoreFuncIndex,
        options: readOptions(reader),
        type: type(reader),
      }
    case 0x01:
      readFuncSort(reader, 'canonical function lower')
      return { kind: 'lower', func: reader.u32() as FuncIndex, options: readOptions(reader) }
    case 0x02:
      return { kind: 'resource.new', type: type(reader) }
    case 0x03:
      return { kind: 'resource.drop', type: type(reader) }
    case 0x04:
      return { kind: 'resource.rep', type: type(reader) }
    case 0x05:
      return { kind: 'task.cancel' }
    case 0x06:
      return { kind: 'subtask.cancel', async: reader.flag() }
    case 0x09:
      return { kind: 'task.return', result: readResultList(reader), options: readOptions(reader) }
    case 0x0a:
      return { kind: 'context.get', type: readCoreValueType(reader), index: reader.u32() }
    case 0x0b:
      return { kind: 'context.set', type: readCoreValueType(reader), index: reader.u32() }
    case 0x0c:
      return { kind: 'thread.yield', cancellable: reader.flag() }
    case 0x0d:
      return { kind: 'subtask.drop' }
    case 0x0e:
      return { kind: 'stream.new', type: type(reader) }
    case 0x0f:
      return { kind: 'stream.read', type: type(reader), options: readOptions(reader) }
    case 0x10:
      return { kind: 'stream.write', type: type(reader), options: readOptions(reader) }
    case 0x11:
      return { kind: 'stream.cancel-read', type: type(reader), async: reader.flag() }
    case 0x12:
      return { kind: 'stream.cancel-write', type: type(reader), async: reader.flag() }
    case 0x13:
      return { kind: 'stream.drop-readable', type: type(reader) }
    case 0x14:
      return { kind: 'stream.drop-writable', type: type(reader) }
    case 0x15:
      return { kind: 'future.new', type: type(reader) }
    case 0x16:
      return { kind: 'future.read', type: type(reader), options: readOptions(reader) }
    case 0x17:
      return { kind: 'future.write', type: type(reader), options: readOptions(reader) }
    case 0x18:
      return { kind: 'future.cancel-read', type: type(reader), async: reader.flag() }
    case 0x19:
      return { kind: 'future.cancel-write', type: type(reader), async: reader.flag() }
    case 0x1a:
      return { kind: 'future.drop-readable', type: type(reader) }
    case 0x1b:
      return { kind: 'future.drop-writable', type: type(reader) }
    case 0x1c:
      return { kind: 'error-context.new', options: readOptions(reader) }
    case 0x1d:
      return { kind: 'error-context.debug-message', options: readOptions(reader) }
    case 0x1e:
      return { kind: 'error-context.drop' }
    case 0x1f:
      return { kind: 'waitable-set.new' }
    case 0x20:
      return { kind: 'waitable-set.wait', cancellable: reader.flag(), memory: memory(reader) }
    case 0x21:
      return { kind: 'waitable-set.poll', cancellable: reader.flag(), memory: memory(reader) }
    case 0x22:
      return { kind: 'waitable-set.drop' }
    case 0x23:
      return { kind: 'waitable.join' }
    case 0x24:
      return { kind: 'backpressure.inc' }
    case 0x25:
      return { kind: 'backpressure.dec' }
    case 0x26:
      return { kind: 'thread.index' }
    case 0x27:
      return { kind: 'thread.new-indirect', type: coreType(reader), table: table(reader) }
    case 0x28:
      return { kind: 'thread.resume-later' }
    case 0x29:
      return { kind: 'thread.suspend', cancellable: reader.flag() }
    case 0x2a:
      return { kind: 'thread.suspend-then-resume', cancellable: reader.flag() }
    case 0x2b:
      return { kind: 'thread.yield-then-resume', cancellable: reader.flag() }
    case 0x2c:
      return { kind: 'thread.suspend-then-promote', cancellable: reader.flag() }
    case 0x2d:
      return { kind: 'thread.yield-then-promote', cancellable: reader.flag() }
    case 0x40:
      return { kind: 'thread.spawn-ref', shared: reader.flag(), type: coreType(reader) }
    case 0x41:
      return {
        kind: 'thread.spawn-indirect',
        shared: reader.flag(),
        type: coreType(reader),
        table: table(reader),
      }
    case 0x42:
      return { kind: 'thread.available-parallelism', shared: reader.flag() }
    default:
      return reader.invalidByte(opcode, 'canonical function', 'the opcode of a canonical definition')
  }
}

/** `lift` and `lower` name a function by a `sortidx` whose sort can only be `func`. */
function readFuncSort(reader: ByteReader, what: string): void {
  const byte = reader.byte()
  if (byte !== 0x00) reader.invalidByte(byte, what, '0x00 (func)')
}

/** `opts ::= vec(canonopt)` */
function readOptions(reader: ByteReader): CanonOption[] {
  return reader.vector('canonical options', limits.canonicalOptions, readOption)
}

function readOption(reader: ByteReader): CanonOption {
  const byte = reader.byte()
  switch (byte) {
    case 0x00:
      return { kind: 'string-encoding', encoding: 'utf8' }
    case 0x01:
      return { kind: 'string-encoding', encoding: 'utf16' }
    case 0x02:
      return { kind: 'string-encoding', encoding: 'latin1+utf16' }
    case 0x03:
      return { kind: 'memory', memory: memory(reader) }
    case 0x04:
      return { kind: 'realloc', func: reader.u32() as CoreFuncIndex }
    case 0x05:
      return { kind: 'post-return', func: reader.u32() as CoreFuncIndex }
    case 0x06:
      return { kind: 'async' }
    case 0x07:
      return { kind: 'callback', func: reader.u32() as CoreFuncIndex }
    default:
      return reader.invalidByte(byte, 'canonical option', '0x00 to 0x07')
  }
}
