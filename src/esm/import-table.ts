/**
 * Where the imports of components come from, by name: a table from the names of imports to module specifiers. It is said by
 * whoever puts a component into a package, never by the component: a name alone gives it nothing.
 *
 *     "docs:adder/add": "./adder.wasm"     the interface, in each version that the import may have
 *     "docs:adder/*": "adder-package"      all names that begin so; the longest beginning counts
 *     "log": "./log.js"
 */
import { ImportSource } from '../runtime/import-source.ts'

/** Specifiers by name. */
export type TableEntries = Readonly<Record<string, string>>

export interface ImportTable {
  readonly entries: TableEntries
  /** Where it stands, for messages. */
  readonly place: string
  /** The URL that relative specifiers are relative to. */
  readonly base: string
}

/**
 * The specifier for one of the names, in their order. An interface is found under its exact name, else under that of the highest
 * version that replaces it, else without version, else by the beginning of its name.
 *
 * @example
 * lookUp({ 'docs:adder/add@0.1.2': './adder.wasm' }, ['docs:adder/add@0.1.0']) // './adder.wasm'
 * lookUp({ 'wasi:*': './wasi.js', 'wasi:http/*': 'server' }, ['wasi:http/types@0.2.0']) // 'server'
 * lookUp({ add: './adder.wasm' }, ['log']) // undefined
 */
export function lookUp(entries: TableEntries, names: readonly string[]): string | undefined {
  const source = new ImportSource(entries)
  for (const name of names) {
    const found = source.findInterface(name)
    if (found) return found.value as string
  }
  const beginning = Object.keys(entries)
    .filter((key) => key.endsWith('*') && names.some((name) => name.startsWith(key.slice(0, -1))))
    .sort((a, b) => b.length - a.length)[0]
  return beginning === undefined ? undefined : entries[beginning]
}

/**
 * What a specifier of a table is for a module that lies elsewhere: relative ones are made absolute, others are whatever
 * the platform takes them for.
 *
 * @example
 * absolute('./adder.wasm', 'file:///app/package.json') // 'file:///app/adder.wasm'
 * absolute('adder-package', 'file:///app/package.json') // 'adder-package'
 */
export function absolute(specifier: string, base: string): string {
  return /^\.{0,2}\//.test(specifier) ? new URL(specifier, base).href : specifier
}
