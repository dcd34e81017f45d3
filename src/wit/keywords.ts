/** WIT.md, "Keywords", and `error-context` with the names of floats in older texts, which parsers still reserve. */
const keywords: ReadonlySet<string> = new Set(
  `as async bool borrow char constructor enum error-context export f32 f64 flags float32 float64 from func future import
  include interface list map option own package record resource result s16 s32 s64 s8 static stream string tuple type u16
  u32 u64 u8 use variant with world`.split(/\s+/),
)

/** A name as WIT text: with a `%` where it would be read as a keyword. */
export function escapeKeyword(name: string): string {
  return keywords.has(name) ? `%${name}` : name
}
