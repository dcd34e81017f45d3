const units = ['B', 'kB', 'MB', 'GB']

/** Three digits and a unit, in powers of 1000, as file managers show it. */
export function formatSize(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
  return `${value.toFixed(digits)} ${units[unit]}`
}

/** Whole percents; what is there but rounds to nothing says so. */
export function formatShare(part: number, whole: number): string {
  const percent = (100 * part) / whole
  if (percent > 0 && percent < 0.5) return '<1 %'
  return `${Math.round(percent)} %`
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** A bar as long as its share of `width` columns. */
export function bar(part: number, whole: number, width: number): string {
  const units = Math.round((8 * width * part) / whole)
  return '█'.repeat(Math.floor(units / 8)) + (eighths[units % 8] ?? '')
}
