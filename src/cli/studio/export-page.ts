import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../../errors.ts'
import { writeFiles } from '../write-files.ts'
import type { Page } from './page.ts'

/**
 * Writes the page for a web host. Over an earlier one, what pages that are open may still ask for stays.
 *
 * @throws {UsageError} the folder has something else in it
 * @throws {TenonError} code `file`, where it cannot be written
 */
export function exportPage({ folder, files }: Page, target: string): void {
  if (!isEmpty(target) && !existsSync(join(target, 'headers.json')))
    throw new UsageError(`${target} has other files in it: name an empty folder, or one that is not there`)
  const contents = Array.from(files, (path) => [path, readFileSync(join(folder, path))] as const)
  // Not before all that it names is there.
  contents.sort(([a], [b]) => Number(a === 'index.html') - Number(b === 'index.html'))
  writeFiles(target, new Map(contents))
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0
  } catch {
    // Not there, or no folder: whoever writes says so.
    return true
  }
}
