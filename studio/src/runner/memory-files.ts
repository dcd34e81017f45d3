import { MemoryDirectory, MemorySymlink, type MemoryTree } from 'tenon/wasi'
import type { MemoryFile } from '../contract/run.ts'

/** @throws {Error} a path that is none, or that leads through a file */
export function directoryOf(files: readonly MemoryFile[]): MemoryDirectory {
  const directory = MemoryDirectory.from({})
  for (const { path, bytes } of files) {
    try {
      if (path.split('/').some((part) => part === '..' || part === '.'))
        throw new Error('`.` and `..` are no names')
      directory.writeFile(path, bytes)
    } catch (error) {
      throw new Error(`the file \`${path}\` cannot be made: ${(error as Error).message}`, { cause: error })
    }
  }
  return directory
}

/** All files below; links are left out: they have no bytes of their own. */
export function filesIn(directory: MemoryDirectory): readonly MemoryFile[] {
  return [...filesBelow(directory.toTree(), '')]
}

function* filesBelow(tree: MemoryTree, prefix: string): Iterable<MemoryFile> {
  for (const [name, item] of Object.entries(tree)) {
    const path = `${prefix}${name}`
    if (item instanceof MemorySymlink) continue
    if (typeof item === 'string') yield { path, bytes: new TextEncoder().encode(item) }
    else if (item instanceof Uint8Array) yield { path, bytes: item }
    else yield* filesBelow(item as MemoryTree, `${path}/`)
  }
}
