import type { OpenHow } from '../../host/file-system.ts'
import { fs } from './builtin.ts'

/** Permissions of new files, before the process's umask. */
export const newFileMode = 0o666

/** The flags of open(2). Never waits for a pipe's other end, never makes a terminal ours, never follows a link. */
export function openFlags(how: OpenHow): number {
  const c = fs.constants
  let flags = how.write ? (how.read ? c.O_RDWR : c.O_WRONLY) : c.O_RDONLY
  // Windows has none of the following three, and Node leaves them undefined there.
  flags |= (c.O_NOFOLLOW ?? 0) | (c.O_NONBLOCK ?? 0) | (c.O_NOCTTY ?? 0)
  if (how.create) flags |= c.O_CREAT
  if (how.exclusive) flags |= c.O_EXCL
  if (how.truncate) flags |= c.O_TRUNC
  if (how.directory) flags |= c.O_DIRECTORY ?? 0
  // O_RSYNC is O_SYNC on Linux, and unknown elsewhere.
  if (how.sync.fileIntegrity || how.sync.requestedWrite) flags |= c.O_SYNC ?? 0
  else if (how.sync.dataIntegrity) flags |= c.O_DSYNC ?? c.O_SYNC ?? 0
  return flags
}

/** The same to open a pipe a second time, by a link of /proc that leads to it, and now with waiting. */
export function withWaiting(flags: number): number {
  const c = fs.constants
  return flags & ~((c.O_NONBLOCK ?? 0) | (c.O_NOFOLLOW ?? 0) | c.O_CREAT | c.O_EXCL | c.O_TRUNC)
}
