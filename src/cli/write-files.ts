import { lstatSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { TenonError } from '../errors.ts'
import { fileError } from './read-component.ts'

/**
 * Writes files below a folder, which is made where it is not there. What else is in it stays.
 *
 * @param files by their paths in the folder, with `/` between the parts
 * @throws {TenonError} code `file`, also where something in the folder is a link: it may lead out
 */
export function writeFiles(folder: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new TenonError('file', `${folder}: is a file, wanted a folder to write to`)
  const made = new Set<string>()
  for (const [path, content] of files) {
    const file = join(folder, path)
    try {
      const parent = dirname(file)
      refuseLinks(folder, path, made)
      if (!made.has(parent)) mkdirSync(parent, { recursive: true })
      made.add(parent)
      writeFileSync(file, content)
    } catch (error) {
      throw fileError(file, error, 'a file to write')
    }
  }
}

/** @param made what need not be looked at */
function refuseLinks(folder: string, path: string, made: ReadonlySet<string>): void {
  let at = folder
  for (const part of path.split('/')) {
    at = join(at, part)
    if (made.has(at) || !lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink()) continue
    throw new TenonError(
      'file',
      `${at}: is a link, which may lead out of ${folder}: remove it, or write elsewhere`,
    )
  }
}
