/**
 * For people, in decimal units and three digits, as `tenon inspect` prints it: `18.4 MB`.
 *
 * @param bytes 0 or more
 */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  let value = bytes
  for (const unit of ['kB', 'MB', 'GB']) {
    value /= 1000
    // What would be rounded to four digits is one of the next unit.
    if (value < 999.5) return `${threeDigits(value)} ${unit}`
  }
  return `${threeDigits(value / 1000)} TB`
}

/** `33 %`; `<1 %` for what is not nothing. */
export function shareText(part: number, whole: number): string {
  const share = whole === 0 ? 0 : (100 * part) / whole
  return share > 0 && share < 1 ? '<1 %' : `${Math.round(share)} %`
}

export function countText(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`
}

function threeDigits(value: number): string {
  return value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : value.toFixed(0)
}
