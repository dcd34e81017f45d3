import type { Host } from '../../host/host.ts'
import { OutputStream } from '../io/output-stream.ts'
import { neverBlocks } from '../waiting.ts'

export function stderr(host: Host) {
  return neverBlocks({ getStderr: () => new OutputStream(host, host.grants.stderr, false) })
}
