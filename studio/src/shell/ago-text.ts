/** Times as people read them. */

/** `just now`, `5 minutes ago`, `yesterday`. */
export function agoText(
  milliseconds: number,
  format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' }),
): string {
  const minutes = Math.floor(milliseconds / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return format.format(-minutes, 'minute')
  if (minutes < 24 * 60) return format.format(-Math.floor(minutes / 60), 'hour')
  return format.format(-Math.floor(minutes / 60 / 24), 'day')
}
