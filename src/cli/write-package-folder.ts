import { mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { TenonError } from '../errors.ts'
import type { PackageFile } from '../wit/package-files.ts'
import { fileError } from './read-component.ts'
import { writeOutput } from './write-output.ts'

/**
 * Writes the files of a package into a folder, which is made where it is not there. What else is in it stays.
 *
 * @throws {TenonError} code `file`, where other WIT is in it: that would become a part of the package
 */
export function writePackageFolder(folder: string, files: readonly PackageFile[]): void {
  const own = new Set(files.map(({ path }) => path))
  const others = witIn(folder).filter((path) => !own.has(path))
  if (others.length > 0) {
    const shown = others.length > 3 ? [...others.slice(0, 3), '…'] : others
    throw new TenonError(
      'file',
      `${folder}: other WIT is in it, which would be part of what is written: ${shown.join(', ')}`,
    )
  }
  for (const { path, text } of files) {
    const file = join(folder, path)
    makeFolder(dirname(file))
    writeOutput(file, text)
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true })
  } catch (error) {
    throw fileError(path, error, 'a folder to write')
  }
}

/** What a package in that folder would consist of. */
function witIn(folder: string): string[] {
  const own = namesIn(folder).filter((name) => name.endsWith('.wit'))
  return [...own, ...namesIn(join(folder, 'deps')).map((name) => `deps/${name}`)]
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw fileError(folder, error, 'a folder to write')
  }
}
