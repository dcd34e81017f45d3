/** WIT.md, "Keywords", and those that toolchains reserve beyond: `error-context`, `include`, `interface`, and `_`. */
const words = [
  '_',
  'as',
  'async',
  'bool',
  'borrow',
  'char',
  'constructor',
  'enum',
  'error-context',
  'export',
  'f32',
  'f64',
  'flags',
  'from',
  'func',
  'future',
  'import',
  'include',
  'interface',
  'list',
  'map',
  'option',
  'own',
  'package',
  'record',
  'resource',
  'result',
  's16',
  's32',
  's64',
  's8',
  'static',
  'stream',
  'string',
  'tuple',
  'type',
  'u16',
  'u32',
  'u64',
  'u8',
  'use',
  'variant',
  'with',
  'world',
] as const

export type Keyword = (typeof words)[number]

/** Each keyword under itself. */
export const keywords: ReadonlyMap<string, Keyword> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ words.map((word) => [word, word]),
)

/** The names of floats in older texts: parsers of their time still reserve them. */
const formerKeywords: ReadonlySet<string> = new Set(['float32', 'float64'])

/** A name as WIT text: with a `%` where it would be read as a keyword. */
export function escapeKeyword(name: string): string {
  return keywords.has(name) || formerKeywords.has(name) ? `%${name}` : name
}

/** The name that is written so. */
export function unescapeKeyword(text: string): string {
  return text.startsWith('%') ? text.slice(1) : text
}
