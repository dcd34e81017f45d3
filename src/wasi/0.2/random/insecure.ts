import type { Host } from '../../host/host.ts'
import { neverBlocks } from '../waiting.ts'
import { randomBytes, randomU64 } from './random-bytes.ts'

export function insecure(host: Host) {
  const fill = (buffer: Uint8Array<ArrayBuffer>) => host.grants.random.insecure(buffer)
  const who = 'wasi:random/insecure#get-insecure-random-bytes'
  return neverBlocks({
    getInsecureRandomBytes: (length: bigint) => randomBytes(who, fill, length, host),
    getInsecureRandomU64: () => randomU64(fill),
  })
}
