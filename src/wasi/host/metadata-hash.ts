import type { Stat } from './file-system.ts'

/** A 128-bit hash in two halves. */
export interface MetadataHash {
  lower: bigint
  upper: bigint
}

let secret: BigUint64Array<ArrayBuffer> | undefined

/**
 * A hash of an object's identity. The WIT would also have its modification time and size in it, but lets hosts
 * choose, and C libraries make `st_ino` of it: a file that changes must stay the same file. A secret of this process
 * keeps the host's inode numbers to itself.
 */
export function metadataHash(stat: Stat): MetadataHash {
  secret ??= crypto.getRandomValues(new BigUint64Array(4))
  return {
    lower: mix(mix(secret[0]! ^ stat.inode) ^ secret[1]! ^ stat.device),
    upper: mix(mix(secret[2]! ^ stat.inode) ^ secret[3]! ^ stat.device),
  }
}

/** The finaliser of SplitMix64: each bit of the result depends on each bit of the argument. */
function mix(value: bigint): bigint {
  let z = BigInt.asUintN(64, value + 0x9e3779b97f4a7c15n)
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n)
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn)
  return z ^ (z >> 31n)
}
