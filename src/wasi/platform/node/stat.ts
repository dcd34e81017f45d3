import type { BigIntStats } from 'node:fs'
import type { FileType, NewTime, Stat } from '../../host/file-system.ts'

/** What Node's `Stats` and `Dirent` have in common. */
interface Typed {
  isFile(): boolean
  isDirectory(): boolean
  isSymbolicLink(): boolean
  isFIFO(): boolean
  isSocket(): boolean
  isCharacterDevice(): boolean
  isBlockDevice(): boolean
}

export function fileType(of: Typed): FileType {
  if (of.isFile()) return 'regular-file'
  if (of.isDirectory()) return 'directory'
  if (of.isSymbolicLink()) return 'symbolic-link'
  if (of.isCharacterDevice()) return 'character-device'
  if (of.isFIFO()) return 'fifo'
  if (of.isSocket()) return 'socket'
  return of.isBlockDevice() ? 'block-device' : 'unknown'
}

export function toStat(stats: BigIntStats): Stat {
  return {
    type: fileType(stats),
    linkCount: stats.nlink,
    size: stats.size,
    accessed: stats.atimeNs,
    modified: stats.mtimeNs,
    changed: stats.ctimeNs,
    device: stats.dev,
    inode: stats.ino,
  }
}

/**
 * Both times as Node takes them: seconds in a double, which is exact to 0.25 µs today. We round up, so that whole
 * microseconds come back as they were. Node has no way to leave one of the two alone, so that is set to what it was.
 */
export function toNodeTimes(accessed: NewTime, modified: NewTime, old: () => Stat): [number, number] {
  const now = Date.now() / 1000
  const before = accessed === undefined || modified === undefined ? old() : undefined
  const seconds = (time: NewTime, kept: bigint | undefined) => {
    if (time === 'now') return now
    return secondsAtLeast(time ?? kept ?? 0n)
  }
  return [seconds(accessed, before?.accessed), seconds(modified, before?.modified)]
}

const float = new Float64Array(1)
const bits = new BigInt64Array(float.buffer)

/** The smallest double that, as seconds, is not before these nanoseconds. */
function secondsAtLeast(nanoseconds: bigint): number {
  const whole = nanoseconds / 1_000_000_000n
  const rest = Number(nanoseconds % 1_000_000_000n)
  float[0] = Number(whole) + rest / 1e9
  // What the kernel will get: the double's fraction, cut to nanoseconds.
  if ((float[0]! - Number(whole)) * 1e9 < rest) bits[0]! += 1n
  return float[0]!
}
