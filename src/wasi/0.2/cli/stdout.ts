import type { Host } from '../../host/host.ts'
import { OutputStream } from '../io/output-stream.ts'
import { neverBlocks } from '../waiting.ts'

export function stdout(host: Host) {
  return neverBlocks({ getStdout: () => new OutputStream(host, host.grants.stdout, false) })
}
