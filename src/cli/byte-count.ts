/**
 * For people: `640 KiB`.
 *
 * @example
 * byteCount(1536) // 1.5 KiB
 */
export function byteCount(count: number): string {
  if (count < 1024) return `${count} B`
  if (count < 1024 ** 2) return `${trimmed(count / 1024)} KiB`
  return `${trimmed(count / 1024 ** 2)} MiB`
}

function trimmed(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '')
}
