import type { Canon, CanonOption } from '../../component/component.ts'
import type { LayoutWriter } from '../layout-writer.ts'
import { writeCoreValueType } from './encode-core-type.ts'
import { writeResultList } from './encode-type.ts'

const opcodes: Readonly<Record<Canon['kind'], number>> = {
  lift: 0x00,
  lower: 0x01,
  'resource.new': 0x02,
  'resource.drop': 0x03,
  'resource.rep': 0x04,
  'task.cancel': 0x05,
  'subtask.cancel': 0x06,
  'task.return': 0x09,
  'context.get': 0x0a,
  'context.set': 0x0b,
  'thread.yield': 0x0c,
  'subtask.drop': 0x0d,
  'stream.new': 0x0e,
  'stream.read': 0x0f,
  'stream.write': 0x10,
  'stream.cancel-read': 0x11,
  'stream.cancel-write': 0x12,
  'stream.drop-readable': 0x13,
  'stream.drop-writable': 0x14,
  'future.new': 0x15,
  'future.read': 0x16,
  'future.write': 0x17,
  'future.cancel-read': 0x18,
  'future.cancel-write': 0x19,
  'future.drop-readable': 0x1a,
  'future.drop-writable': 0x1b,
  'error-context.new': 0x1c,
  'error-context.debug-message': 0x1d,
  'error-context.drop': 0x1e,
  'waitable-set.new': 0x1f,
  'waitable-set.wait': 0x20,
  'waitable-set.poll': 0x21,
  'waitable-set.drop': 0x22,
  'waitable.join': 0x23,
  'backpressure.inc': 0x24,
  'backpressure.dec': 0x25,
  'thread.index': 0x26,
  'thread.new-indirect': 0x27,
  'thread.resume-later': 0x28,
  'thread.suspend': 0x29,
  'thread.suspend-then-resume': 0x2a,
  'thread.yield-then-resume': 0x2b,
  'thread.suspend-then-promote': 0x2c,
  'thread.yield-then-promote': 0x2d,
  'thread.spawn-ref': 0x40,
  'thread.spawn-indirect': 0x41,
  'thread.available-parallelism': 0x42,
}

/** One case per shape of Binary.md's "Canonical Definitions"; what follows the opcode is in the order written there. */
export function writeCanon(writer: LayoutWriter, canon: Canon): void {
  writer.byte(opcodes[canon.kind])
  switch (canon.kind) {
    case 'lift':
      writeOptions(writer.byte(0x00).u32(canon.func), canon.options)
      writer.u32(canon.type)
      return
    case 'lower':
      writeOptions(writer.byte(0x00).u32(canon.func), canon.options)
      return
    case 'task.return':
      writeResultList(writer, canon.result)
      writeOptions(writer, canon.options)
      return
    case 'context.get':
    case 'context.set':
      writeCoreValueType(writer, canon.type)
      writer.u32(canon.index)
      return
    case 'subtask.cancel':
      writer.byte(Number(canon.async))
      return
    case 'resource.new':
    case 'resource.drop':
    case 'resource.rep':
    case 'stream.new':
    case 'stream.drop-readable':
    case 'stream.drop-writable':
    case 'future.new':
    case 'future.drop-readable':
    case 'future.drop-writable':
      writer.u32(canon.type)
      return
    case 'stream.read':
    case 'stream.write':
    case 'future.read':
    case 'future.write':
      writeOptions(writer.u32(canon.type), canon.options)
      return
    case 'stream.cancel-read':
    case 'stream.cancel-write':
    case 'future.cancel-read':
    case 'future.cancel-write':
      writer.u32(canon.type).byte(Number(canon.async))
      return
    case 'error-context.new':
    case 'error-context.debug-message':
      writeOptions(writer, canon.options)
      return
    case 'waitable-set.wait':
    case 'waitable-set.poll':
      writer.byte(Number(canon.cancellable)).u32(canon.memory)
      return
    case 'thread.suspend':
    case 'thread.yield':
    case 'thread.suspend-then-resume':
    case 'thread.yield-then-resume':
    case 'thread.suspend-then-promote':
    case 'thread.yield-then-promote':
      writer.byte(Number(canon.cancellable))
      return
    case 'thread.new-indirect':
      writer.u32(canon.type).u32(canon.table)
      return
    case 'thread.spawn-ref':
      writer.byte(Number(canon.shared)).u32(canon.type)
      return
    case 'thread.spawn-indirect':
      writer.byte(Number(canon.shared)).u32(canon.type).u32(canon.table)
      return
    case 'thread.available-parallelism':
      writer.byte(Number(canon.shared))
      return
    case 'backpressure.inc':
    case 'backpressure.dec':
    case 'task.cancel':
    case 'subtask.drop':
    case 'error-context.drop':
    case 'waitable-set.new':
    case 'waitable-set.drop':
    case 'waitable.join':
    case 'thread.index':
    case 'thread.resume-later':
  }
}

/** `opts ::= vec(canonopt)` */
function writeOptions(writer: LayoutWriter, options: readonly CanonOption[]): void {
  writer.vector(options, writeOption)
}

const encodings = { utf8: 0x00, utf16: 0x01, 'latin1+utf16': 0x02 } as const

function writeOption(option: CanonOption, writer: LayoutWriter): void {
  switch (option.kind) {
    case 'string-encoding':
      writer.byte(encodings[option.encoding])
      return
    case 'memory':
      writer.byte(0x03).u32(option.memory)
      return
    case 'realloc':
      writer.byte(0x04).u32(option.func)
      return
    case 'post-return':
      writer.byte(0x05).u32(option.func)
      return
    case 'async':
      writer.byte(0x06)
      return
    case 'callback':
      writer.byte(0x07).u32(option.func)
  }
}
