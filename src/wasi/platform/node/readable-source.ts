import type { Event } from '../../host/event.ts'
import type { Source } from '../../host/source.ts'
import { StreamClosed, type StreamFailed } from '../../host/stream-end.ts'
import type { NodeReadable } from './node-stream.ts'
import { StreamReader } from './stream-reader.ts'

/** Input from a Node stream that has no descriptor, such as a child's output: only the event loop brings it. */
export function readableSource(stream: NodeReadable): Source {
  const reader = new StreamReader(stream)
  let bytes: Uint8Array = new Uint8Array(0)
  let end: StreamClosed | StreamFailed | undefined
  const ready = () => {
    if (bytes.length > 0 || end) return true
    const got = reader.read()
    if (got instanceof Error) end = got
    else if (got) bytes = got
    return got !== undefined
  }
  const event: Event = { ready, subscribe: (wake) => reader.subscribe(wake) }
  return {
    event,
    read(max) {
      if (!ready()) {
        reader.prime()
        return new Uint8Array(0)
      }
      if (bytes.length === 0) {
        const told = end!
        end = new StreamClosed()
        throw told
      }
      const taken = bytes.subarray(0, max)
      bytes = bytes.subarray(taken.length)
      return taken
    },
    close: () => {},
  }
}
