import { FsError } from './fs-error.ts'

/** A path cut into what there is to walk. */
export interface Path {
  /** Never empty; the last one is a name or `.`, never `..`. */
  readonly segments: readonly string[]
  /** It ended in a slash, so it must name a directory, and a symbolic link at its end is followed. */
  readonly slash: boolean
}

/** Linux's PATH_MAX, without the NUL. */
const longestPath = 4095

/** Cuts a path. Its checks and their order are Linux's. */
export function parsePath(path: string): Path {
  if (path.includes('\0')) throw new FsError('invalid')
  if (path === '') throw new FsError('no-entry')
  if (path.length * 3 > longestPath && utf8Length(path) > longestPath) throw new FsError('name-too-long')
  // "reaches a directory outside of the base directory, or reaches a symlink to an absolute or rooted path"
  // (wasi:filesystem/types): absolute paths are never looked up from anywhere.
  if (path.startsWith('/')) throw new FsError('not-permitted')
  const all = path.split('/').filter((segment) => segment !== '')
  const segments = all.filter((segment) => segment !== '.')
  const last = all.at(-1)
  if (last === '.' || last === '..') segments.push('.')
  return { segments, slash: path.endsWith('/') }
}

/** A path without the slashes at its end, for operations to which they mean nothing. */
export function stripSlashes(path: string): string {
  let end = path.length
  while (end > 1 && path[end - 1] === '/') end--
  return path.slice(0, end)
}

export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length
}
