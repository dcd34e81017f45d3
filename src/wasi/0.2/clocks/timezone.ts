import type { Datetime } from '../../host/clock.ts'
import type { Host } from '../../host/host.ts'
import { neverBlocks } from '../waiting.ts'

export interface TimezoneDisplay {
  utcOffset: number
  name: string
  inDaylightSavingTime: boolean
}

export function timezone({ grants: { timeZone } }: Host) {
  return neverBlocks({
    display: ({ seconds }: Datetime): TimezoneDisplay => ({
      utcOffset: timeZone.offset(seconds),
      name: timeZone.abbreviation(seconds),
      inDaylightSavingTime: timeZone.daylightSaving(seconds),
    }),
    utcOffset: ({ seconds }: Datetime): number => timeZone.offset(seconds),
  })
}
