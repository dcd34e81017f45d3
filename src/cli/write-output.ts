import { writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { TenonError, UsageError } from '../errors.ts'
import { fileError } from './read-component.ts'
import { stdout, write } from './write.ts'

/** Writes what a command made to the file named with `-o`, or to standard output where none is named, or `-`. */
export function writeOutput(path: string | undefined, data: string | Uint8Array): void {
  if (path === undefined || path === '-') {
    if (typeof data !== 'string' && process.stdout.isTTY) {
      throw new UsageError('these are bytes, and standard output is a terminal: name a file with -o')
    }
    write(stdout, data)
    return
  }
  try {
    writeFileSync(path, data)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') {
      throw new TenonError('file', `${path}: there is no directory ${dirname(path)}`, { cause: error })
    }
    throw fileError(path, error, 'a file to write')
  }
}
