/** Where the components of a package get their imports from, all that is said of it together. */
import { missingModules } from '../bindgen/transpile/import-modules.ts'
import { LinkError } from '../errors.ts'
import { absolute, type ImportTable, type TableEntries } from './import-table.ts'

/**
 * One table of several: what stands in a later one counts. Relative specifiers become URLs.
 *
 * @example
 * const entries = { log: './log.js', 'docs:adder/add': 'adder' }
 * mergedEntries([{ entries, place: 'package.json', base: 'file:///app/package.json' }]) // { log: 'file:///app/log.js', 'docs:adder/add': 'adder' }
 */
export function mergedEntries(tables: readonly ImportTable[]): TableEntries {
  return Object.fromEntries(
    tables.flatMap(({ entries, base }) =>
      Object.entries(entries).map(([name, specifier]) => [name, absolute(specifier, base)]),
    ),
  )
}

/** What looks up imports, with the cure where some are missing: an entry in this file. */
export function namingEntries<T>(place: string, lookUp: () => T): T {
  try {
    return lookUp()
  } catch (error) {
    if (!(error instanceof LinkError) || error.problems.length === 0) throw error
    const example = `"tenon": { "imports": { ${JSON.stringify(error.problems[0]!.name)}: "./…" } }`
    throw missingModules(error.problems, `Name a module for each in ${place}: ${example}`)
  }
}
