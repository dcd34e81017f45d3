import type { DirectoryHandle } from '../../host/file-system.ts'
import { FsError } from '../../host/fs-error.ts'
import { platformName } from './builtin.ts'
import { PathDirectory } from './path-directory.ts'
import { ProcDirectory } from './proc-directory.ts'

/** Opens a directory of this machine in the strongest way that the system offers. */
export function openHostDirectory(path: string): DirectoryHandle {
  try {
    return (platformName === 'linux' ? ProcDirectory.tryOpen(path) : undefined) ?? PathDirectory.open(path)
  } catch (error) {
    if (!(error instanceof FsError)) throw error
    throw new TypeError(`preopens: ${JSON.stringify(path)} cannot be opened as a directory: ${error.code}`, {
      cause: error,
    })
  }
}
