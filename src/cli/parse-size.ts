import { UsageError } from '../errors.ts'

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
}

/**
 * Bytes from `64MiB`, `1.5 GiB`, `100kB` or `65536`. A bare `M` could mean either, so it means nothing.
 *
 * @throws {UsageError}
 */
export function parseSize(text: string, option: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?) *([a-z]*)$/i.exec(text) ?? []
  const bytes = Number(number) * (units[unit.toLowerCase()] ?? Number.NaN)
  if (number !== '' && Number.isSafeInteger(bytes)) return bytes
  throw new UsageError(`${option} ${text}: expected a size in bytes, such as 64MiB, 1GiB or 65536`)
}
