import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { TenonError } from '../errors.ts'
import type { PackageFile } from '../wit/package-files.ts'
import { fileError } from './read-component.ts'
import { writeFiles } from './write-files.ts'

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
  writeFiles(folder, new Map(files.map(({ path, text }) => [path, text])))
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
