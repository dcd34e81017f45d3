import type { MemoryFile } from '../../contract/run.ts'

/** Why a path cannot be that of a file in memory; undefined where it can. */
export function pathProblem(path: string): string | undefined {
  if (path === '') return 'A file has a name.'
  if (path.startsWith('/')) return 'Paths begin below /: write notes/today.txt.'
  if (path.includes('\0')) return 'A name has no NUL.'
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..'))
    return 'Between slashes stand names: not nothing, . or ..'
  return undefined
}

/** The files with one more, in the place of those that it cannot be beside: one of its name, or a file where it has a folder. */
export function withFile(files: readonly MemoryFile[], file: MemoryFile): readonly MemoryFile[] {
  const clashes = ({ path }: MemoryFile) =>
    path === file.path || path.startsWith(`${file.path}/`) || file.path.startsWith(`${path}/`)
  return [...files.filter((other) => !clashes(other)), file].sort((a, b) => (a.path < b.path ? -1 : 1))
}
