import { TenonError } from '../errors.ts'
import { isPrivate } from './file-cache.ts'

/**
 * Makes a directory for a cache where there is none, for its user alone.
 *
 * @throws {TenonError} file: it cannot be made, or others could put files into it
 */
export function privateDirectory(path: string): string {
  try {
    process.getBuiltinModule('node:fs').mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new TenonError('file', `cache ${path}: cannot be made: ${(error as Error).message}`, {
      cause: error,
    })
  }
  if (!isPrivate(path)) {
    throw new TenonError(
      'file',
      `cache ${path}: others could put files into it; wanted a directory that you own and only you can write to: chmod 700 ${path}`,
    )
  }
  return path
}
