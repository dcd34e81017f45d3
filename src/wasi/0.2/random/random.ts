import type { Host } from '../../host/host.ts'
import { neverBlocks } from '../waiting.ts'
import { randomBytes, randomU64 } from './random-bytes.ts'

export function random(host: Host) {
  const fill = (buffer: Uint8Array<ArrayBuffer>) => host.grants.random.secure(buffer)
  return neverBlocks({
    getRandomBytes: (length: bigint) =>
      randomBytes('wasi:random/random#get-random-bytes', fill, length, host),
    getRandomU64: () => randomU64(fill),
  })
}
