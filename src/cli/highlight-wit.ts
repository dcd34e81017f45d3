import type { Style } from './terminal.ts'

const words = /\/\/.*|%?[A-Za-z][A-Za-z0-9-]*/g
const keywords = new Set(
  'package world interface import export use as func async static constructor resource record variant enum flags type'.split(
    ' ',
  ),
)
const types = new Set(
  'bool s8 u8 s16 u16 s32 u32 s64 u64 f32 f64 char string list option result tuple map own borrow stream future error-context'.split(
    ' ',
  ),
)

/** WIT text for eyes: keywords and built-in types stand out. */
export function highlightWit(text: string, style: Style): string {
  return text.replace(words, (word) => {
    if (word.startsWith('//')) return style('dim', word)
    if (keywords.has(word)) return style('magenta', word)
    return types.has(word) ? style('cyan', word) : word
  })
}
