/** The table of imports in a package.json, under `tenon`: `{ "tenon": { "imports": { … } } }`. */
import { TenonError } from '../errors.ts'
import type { ImportTable, TableEntries } from './import-table.ts'

/** Asked of the platform, not imported: where there are no files, there are no packages either. */
const builtin = () => ({
  fs: process.getBuiltinModule('node:fs'),
  path: process.getBuiltinModule('node:path'),
  url: process.getBuiltinModule('node:url'),
})

/**
 * The table for a file: that of the nearest package.json above it, which is where its package begins. Without one, an
 * empty table, that says where one could be.
 *
 * @throws {TenonError} file: the package.json is none, or its table has something else than specifiers in it
 */
export function packageTable(file: string): ImportTable {
  const { fs, path, url } = builtin()
  const beside = path.join(path.dirname(file), 'package.json')
  for (let at = path.dirname(file); ; at = path.dirname(at)) {
    const place = path.join(at, 'package.json')
    const text = fs.existsSync(place) ? fs.readFileSync(place, 'utf8') : undefined
    if (text !== undefined)
      return { entries: entriesOf(text, place), place, base: url.pathToFileURL(place).href }
    if (path.dirname(at) === at) return { entries: {}, place: beside, base: url.pathToFileURL(beside).href }
  }
}

function entriesOf(text: string, place: string): TableEntries {
  const { imports = {} } = objectIn(parsed(text, place).tenon ?? {}, `${place}: "tenon"`)
  const entries = objectIn(imports, `${place}: "tenon": { "imports" }`)
  for (const [name, specifier] of Object.entries(entries)) {
    if (typeof specifier !== 'string' || specifier === '') {
      const found = JSON.stringify(specifier)
      throw new TenonError(
        'file',
        `${place}: "tenon": { "imports": { ${JSON.stringify(name)} } }: wanted a module specifier, such as "./adder.wasm"; found ${found}`,
      )
    }
  }
  return entries as TableEntries
}

function parsed(text: string, place: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new TenonError('file', `${place}: ${(error as Error).message}`, { cause: error })
  }
  return objectIn(value, place)
}

function objectIn(value: unknown, place: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw new TenonError('file', `${place}: wanted an object; found ${JSON.stringify(value)}`)
}
