import type { Sink } from '../../host/sink.ts'
import type { Source } from '../../host/source.ts'
import { PushSink } from '../../host/push-sink.ts'
import { StreamClosed } from '../../host/stream-end.ts'
import { errno } from './errno.ts'
import { FdSink } from './fd-sink.ts'
import { FdSource } from './fd-source.ts'
import { isNodeReadable, isNodeWritable, type NodeWritable, ownDescriptor } from './node-stream.ts'
import { readableSource } from './readable-source.ts'

/** Input from a descriptor's number or a Node stream; undefined for anything else. */
export function nodeSource(from: unknown): Source | undefined {
  if (typeof from === 'number') return new FdSource(from)
  if (!isNodeReadable(from)) return undefined
  const fd = ownDescriptor(from)
  return fd === undefined ? readableSource(from) : new FdSource(fd, from)
}

/** Output to a descriptor's number or a Node stream; undefined for anything else. */
export function nodeSink(to: unknown, capacity: number, onClosed?: () => void): Sink | undefined {
  if (typeof to === 'number') return new FdSink(to, capacity, onClosed)
  if (!isNodeWritable(to)) return undefined
  const fd = ownDescriptor(to)
  // What the stream still holds must come first.
  if (fd !== undefined && !to.writableLength) return new FdSink(fd, capacity, onClosed)
  return writableSink(to, capacity)
}

function writableSink(stream: NodeWritable, capacity: number): Sink {
  // Errors reach the guest through the callbacks of writes; without a listener they would end the process.
  stream.on('error', () => {})
  const push = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      stream.write(bytes, (error) => (error ? reject(ended(error)) : resolve()))
    })
  return new PushSink(push, capacity)
}

/** Nobody takes it any more, or it failed. */
function ended(error: Error): Error {
  const gone = ['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END']
  return gone.includes(errno(error) ?? '') ? new StreamClosed() : error
}
