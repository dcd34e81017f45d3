/**
 * The new value, with the parts of the old one that are equal: what is drawn anew is what changed, although each analysis comes as a
 * fresh copy from another thread. For plain data without cycles.
 */
export function keep<T>(old: T, fresh: T): T {
  if (Object.is(old, fresh)) return old
  if (Array.isArray(old) && Array.isArray(fresh)) return keepArray(old, fresh) as T
  if (isRecord(old) && isRecord(fresh)) return keepRecord(old, fresh) as T
  return fresh
}

function keepArray(old: readonly unknown[], fresh: readonly unknown[]): readonly unknown[] {
  const merged = fresh.map((item, index) => (index < old.length ? keep(old[index], item) : item))
  const isSame = old.length === merged.length && merged.every((item, index) => Object.is(item, old[index]))
  return isSame ? old : merged
}

type PlainRecord = Readonly<Record<string, unknown>>

function keepRecord(old: PlainRecord, fresh: PlainRecord): PlainRecord {
  const keys = Object.keys(fresh)
  const merged: Record<string, unknown> = {}
  let isSame = keys.length === Object.keys(old).length
  for (const key of keys) {
    merged[key] = keep(old[key], fresh[key])
    isSame &&= key in old && Object.is(merged[key], old[key])
  }
  return isSame ? old : merged
}

function isRecord(value: unknown): value is PlainRecord {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
