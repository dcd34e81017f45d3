import { TenonError } from '../errors.ts'
import { isPrivate } from './file-cache.ts'

/**
 * Makes a directory for a cache where there is none, for its user alone.
 *
 * @throws {TenonError} file: it cannot be made, others could put files into it, or the platform does not say who owns it
 */
export function privateDirectory(path: string): string {
  try {
    makeDirectory(path)
  } catch (error) {
    throw new TenonError('file', `cache ${path}: cannot be made: ${(error as Error).message}`, {
      cause: error,
    })
  }
  try {
    process.getuid?.()
  } catch (error) {
    // Deno says so where `--allow-sys=uid` is missing.
    throw new TenonError('file', `cache ${path}: cannot tell who owns it: ${(error as Error).message}`, {
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

/** With its parents, one by one: Node's own `recursive` never ends where a parent exists and takes no directories, as `/proc`. */
function makeDirectory(path: string): void {
  const { existsSync, mkdirSync, statSync } = process.getBuiltinModule('node:fs')
  const { dirname, resolve } = process.getBuiltinModule('node:path')
  const missing: string[] = []
  for (let at = resolve(path); !existsSync(at) && missing.at(-1) !== at; at = dirname(at)) missing.push(at)
  if (missing.length === 0 && !statSync(path).isDirectory()) throw new Error('it is a file')
  for (const one of missing.toReversed()) {
    try {
      mkdirSync(one, { mode: 0o700 })
    } catch (error) {
      // Another process that starts now makes it, too.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
