/** The capability to know where the clock on the wall hangs. */
export interface TimeZone {
  /** Seconds east of UTC at an instant, in seconds since 1970. */
  offset(seconds: bigint): number
  /** How people there call it, such as `CEST`. */
  abbreviation(seconds: bigint): string
  daylightSaving(seconds: bigint): boolean
}

/** What a guest sees that was granted no time zone. */
export const utc: TimeZone = { offset: () => 0, abbreviation: () => 'UTC', daylightSaving: () => false }

/** The range of JavaScript's dates, in seconds. */
const furthest = 8_640_000_000_000n

/** A zone by its IANA name, such as `Europe/Berlin`. Throws a RangeError for an unknown name. */
export function namedTimeZone(name: string): TimeZone {
  const fields = {
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
  } as const
  const local = new Intl.DateTimeFormat('en-US', {
    ...fields,
    minute: 'numeric',
    second: 'numeric',
    timeZone: name,
  })
  const short = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short', timeZone: name })
  const offset = (seconds: bigint) => (inRange(seconds) ? offsetOf(local, Number(seconds)) : 0)
  return {
    offset,
    abbreviation(seconds) {
      if (!inRange(seconds)) return 'UTC'
      const parts = short.formatToParts(new Date(Number(seconds) * 1000))
      return parts.find((part) => part.type === 'timeZoneName')?.value ?? name
    },
    daylightSaving(seconds) {
      // Ahead of the year's smaller offset. That Ireland calls its winter time the special one does not show here.
      if (!inRange(seconds)) return false
      const year = new Date(Number(seconds) * 1000).getUTCFullYear()
      const standard = Math.min(...[0, 6].map((month) => offset(BigInt(Date.UTC(year, month, 1) / 1000))))
      return offset(seconds) > standard
    },
  }
}

function inRange(seconds: bigint): boolean {
  return seconds <= furthest
}

function offsetOf(local: Intl.DateTimeFormat, seconds: number): number {
  const part = new Map(
    local.formatToParts(new Date(seconds * 1000)).map(({ type, value }) => [type, Number(value)]),
  )
  const field = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0
  const date = [field('year'), field('month') - 1, field('day')] as const
  return Date.UTC(...date, field('hour'), field('minute'), field('second')) / 1000 - seconds
}
