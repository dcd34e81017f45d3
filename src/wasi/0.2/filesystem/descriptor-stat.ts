import type { Datetime } from '../../host/clock.ts'
import type { FileType, NewTime, Stat } from '../../host/file-system.ts'
import { FsError } from '../../host/fs-error.ts'

export type DescriptorType = FileType

export interface DescriptorStat {
  type: DescriptorType
  linkCount: bigint
  size: bigint
  dataAccessTimestamp: Datetime | undefined
  dataModificationTimestamp: Datetime | undefined
  statusChangeTimestamp: Datetime | undefined
}

export type NewTimestamp = { tag: 'no-change' } | { tag: 'now' } | { tag: 'timestamp'; val: Datetime }

const billion = 1_000_000_000n

export function toDescriptorStat(stat: Stat): DescriptorStat {
  return {
    type: stat.type,
    linkCount: stat.linkCount,
    size: stat.size,
    dataAccessTimestamp: toDatetime(stat.accessed),
    dataModificationTimestamp: toDatetime(stat.modified),
    statusChangeTimestamp: toDatetime(stat.changed),
  }
}

/** Times before 1970, which WASI 0.2 cannot express, count as not maintained. */
function toDatetime(time: bigint | undefined): Datetime | undefined {
  if (time === undefined || time < 0n) return undefined
  return { seconds: time / billion, nanoseconds: Number(time % billion) }
}

/** Linux's time_t is signed. */
const latest = 2n ** 63n

export function toNewTime(time: NewTimestamp): NewTime {
  if (time.tag === 'no-change') return undefined
  if (time.tag === 'now') return 'now'
  const { seconds, nanoseconds } = time.val
  if (seconds >= latest) throw new FsError('overflow')
  return seconds * billion + BigInt(nanoseconds)
}
