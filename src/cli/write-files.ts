import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { TenonError } from '../errors.ts'
import { fileError } from './read-component.ts'

/** Writes files below a folder, which is made where it is not there. What else is in it stays. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new TenonError('file', `${folder}: is a file, wanted a folder to write to`)
  const made = new Set<string>()
  for (const [path, content] of files) {
    const file = join(folder, path)
    try {
      const parent = dirname(file)
      if (!made.has(parent)) mkdirSync(parent, { recursive: true })
      made.add(parent)
      writeFileSync(file, content)
    } catch (error) {
      throw fileError(file, error, 'a file to write')
    }
  }
}
