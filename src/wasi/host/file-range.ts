import { FsError } from './fs-error.ts'

/** The largest offset in a file: off_t is signed. */
const largestOffset = 2n ** 63n - 1n

/** Throws for a range that the system calls for reading and writing would not take. */
export function checkRange(offset: bigint, length: number | bigint): void {
  if (offset + BigInt(length) > largestOffset) throw new FsError('invalid')
}
