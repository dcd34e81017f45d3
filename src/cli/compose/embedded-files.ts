import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../../errors.ts'
import { fileError, readFile } from '../read-component.ts'

/**
 * The files that `--files` and `--file` name, by their paths in the component.
 *
 * @param folders all that is in them becomes the root, links followed
 * @param files `PATH=FILE`
 */
export function readEmbeddedFiles(
  folders: readonly string[],
  files: readonly string[],
): ReadonlyMap<string, Uint8Array> {
  const embedded = new Map<string, Uint8Array>()
  for (const folder of folders) addFolder(folder, '', embedded)
  for (const text of files) {
    const equals = text.indexOf('=')
    const path = text.slice(0, equals).replace(/^\/+/, '')
    if (equals < 1 || path === '' || equals === text.length - 1)
      throw new UsageError(`--file ${text}: wanted PATH=FILE, the path in the component first`)
    embedded.set(path, readFile(text.slice(equals + 1), 'a file').bytes)
  }
  return embedded
}

function addFolder(folder: string, prefix: string, embedded: Map<string, Uint8Array>): void {
  for (const name of namesIn(folder)) {
    const [path, inside] = [join(folder, name), `${prefix}${name}`]
    if (statSync(path).isDirectory()) addFolder(path, `${inside}/`, embedded)
    else embedded.set(inside, readFile(path, 'a file').bytes)
  }
}

/** Always in the same order. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch (error) {
    throw fileError(folder, error, 'a folder')
  }
}
