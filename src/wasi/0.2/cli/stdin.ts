import type { Host } from '../../host/host.ts'
import { InputStream } from '../io/input-stream.ts'
import { neverBlocks } from '../waiting.ts'

export function stdin(host: Host) {
  return neverBlocks({ getStdin: () => new InputStream(host, host.grants.stdin, false) })
}
