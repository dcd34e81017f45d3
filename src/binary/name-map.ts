import { limits } from '../component/limits.ts'
import type { ByteReader } from './byte-reader.ts'

/** Names by index. */
export type NameMap = ReadonlyMap<number, string>

/** `namemap ::= vec(u32 name)`. Names for people may be of any length. */
export function readNameMap(reader: ByteReader): NameMap {
  const names = new Map<number, string>()
  const count = reader.count('names', limits.functions)
  for (let i = 0; i < count; i++) names.set(reader.u32(), reader.text(reader.u32()))
  return names
}
