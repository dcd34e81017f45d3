import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { TenonError } from '../errors.ts'
import { parseWat } from '../wat/index.ts'
import type { WitSources } from '../wit/resolve.ts'
import type { WitFile } from '../wit/package-sources.ts'
import { fileError } from './read-component.ts'
import { textOf } from './text-of.ts'

/**
 * The texts of a package (WIT.md, "Filesystem structure"): of a file that file; of a folder all `.wit` files in it, and what
 * lies in its `deps`, where each file and each folder is a package, files in binary form as well.
 */
export function readWitSources(path: string): WitSources {
  if (!isFolder(path)) return { files: [readPackageFile(path)] }
  const files = witFilesIn(path)
  if (files.length === 0) throw new TenonError('file', `${path}: no .wit files in it`)
  return { files, dependencies: dependenciesIn(join(path, 'deps')) }
}

/**
 * What several paths have: the package of the first, and those of the others, which it may need, or which may need it.
 *
 * @param paths at least one
 */
export function readAllWitSources(paths: readonly string[]): WitSources {
  const [first, ...others] = paths.map(readWitSources)
  const { files, dependencies = [] } = first!
  const more = others.flatMap((each) => [each.files, ...(each.dependencies ?? [])])
  return { files, dependencies: [...dependencies, ...more] }
}

/** A folder, or a file of that name: what other files are is told by their bytes. */
export function isWit(path: string): boolean {
  return path.endsWith('.wit') || (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false)
}

function dependenciesIn(folder: string): WitFile[][] {
  const packages = entriesOf(folder).map((entry) => {
    const path = join(folder, entry.name)
    if (isFolder(path)) return witFilesIn(path)
    return /\.(wit|wasm|wat)$/.test(entry.name) ? [readPackageFile(path)] : []
  })
  return packages.filter((files) => files.length > 0)
}

function witFilesIn(folder: string): WitFile[] {
  const names = entriesOf(folder).map(({ name }) => name)
  return names
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith('.wit') && !isFolder(path))
    .map(readWitFile)
}

/** A text, or a package in binary form, of which WebAssembly text is another form. */
function readPackageFile(path: string): WitFile {
  const file = readWitFile(path)
  if (!path.endsWith('.wat')) return file
  return { name: path, text: parseWat(textOf(file.text as Uint8Array, path), { path }) }
}

function readWitFile(path: string): WitFile {
  try {
    return { name: path, text: readFileSync(path) }
  } catch (error) {
    throw fileError(path, error, 'WIT')
  }
}

/** None of a folder that is not there; always in the same order. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw fileError(folder, error, 'a folder of WIT')
  }
}

/** Links are followed. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    throw fileError(path, error, 'WIT')
  }
}
