import { Trap } from '../../../errors.ts'
import type { Host } from '../../host/host.ts'

type Fill = (buffer: Uint8Array<ArrayBuffer>) => void

/** A list of exactly `length` bytes; the WIT knows no shorter answer, so too many trap. */
export function randomBytes(who: string, fill: Fill, length: bigint, { limits }: Host): Uint8Array {
  if (length > BigInt(limits.randomBytes)) {
    throw new Trap(
      'host-error',
      `${who}: ${length} bytes, the limit is ${limits.randomBytes}; raise it with wasi({ limits: { randomBytes } })`,
    )
  }
  const bytes = new Uint8Array(Number(length))
  fill(bytes)
  return bytes
}

export function randomU64(fill: Fill): bigint {
  const word = new BigUint64Array(1)
  fill(new Uint8Array(word.buffer))
  return word[0]!
}
