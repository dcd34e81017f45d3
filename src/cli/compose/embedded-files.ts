import { readdirSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { limits } from '../../component/limits.ts'
import { TenonError, UsageError } from '../../errors.ts'
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
    const file = text.slice(equals + 1)
    embedded.set(path, file === '-' ? readFile(file, 'a file').bytes : contentsOf(file, statsOf(file)))
  }
  return embedded
}

function addFolder(folder: string, prefix: string, embedded: Map<string, Uint8Array>): void {
  for (const name of namesIn(folder)) {
    const [path, inside] = [join(folder, name), `${prefix}${name}`]
    const stats = statsOf(path)
    if (stats.isDirectory()) addFolder(path, `${inside}/`, embedded)
    else embedded.set(inside, contentsOf(path, stats))
  }
}

/** What has no end is not read: pipes, devices, what is larger than all files may be together. */
function contentsOf(path: string, stats: Stats): Uint8Array {
  if (!stats.isFile() && !stats.isDirectory())
    throw new TenonError('file', `${path}: is a pipe or a device, wanted a file`)
  if (stats.size > limits.embeddedFiles)
    throw new TenonError(
      'file',
      `${path}: has ${stats.size} bytes, and embedded files have at most ${limits.embeddedFiles} together: give the host the larger ones`,
    )
  return readFile(path, 'a file').bytes
}

function statsOf(path: string): Stats {
  try {
    return statSync(path)
  } catch (error) {
    throw fileError(path, error, 'a file')
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
