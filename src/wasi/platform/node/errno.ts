import { FsError, type FsErrorCode } from '../../host/fs-error.ts'

const codes: Readonly<Record<string, FsErrorCode>> = {
  EACCES: 'access',
  EAGAIN: 'would-block',
  EALREADY: 'already',
  EBADF: 'bad-descriptor',
  EBUSY: 'busy',
  EDEADLK: 'deadlock',
  EDQUOT: 'quota',
  EEXIST: 'exist',
  EFBIG: 'file-too-large',
  EILSEQ: 'illegal-byte-sequence',
  EINPROGRESS: 'in-progress',
  EINTR: 'interrupted',
  EINVAL: 'invalid',
  EIO: 'io',
  EISDIR: 'is-directory',
  ELOOP: 'loop',
  EMLINK: 'too-many-links',
  EMSGSIZE: 'message-size',
  ENAMETOOLONG: 'name-too-long',
  ENODEV: 'no-device',
  ENOENT: 'no-entry',
  ENOLCK: 'no-lock',
  ENOMEM: 'insufficient-memory',
  // WASI has no code of its own for a process or a system that has too many files open.
  EMFILE: 'insufficient-memory',
  ENFILE: 'insufficient-memory',
  ENOSPC: 'insufficient-space',
  ENOTDIR: 'not-directory',
  ENOTEMPTY: 'not-empty',
  ENOTRECOVERABLE: 'not-recoverable',
  ENOTSUP: 'unsupported',
  EOPNOTSUPP: 'unsupported',
  ENOSYS: 'unsupported',
  ENOTTY: 'no-tty',
  ENXIO: 'no-such-device',
  EOVERFLOW: 'overflow',
  EPERM: 'not-permitted',
  EPIPE: 'pipe',
  EROFS: 'read-only',
  ESPIPE: 'invalid-seek',
  ETXTBSY: 'text-file-busy',
  EXDEV: 'cross-device',
  // Node's permission model.
  ERR_ACCESS_DENIED: 'access',
  ERR_INVALID_ARG_VALUE: 'invalid',
}

/** The system's name for an error (`ENOENT`), or undefined. */
export function errno(error: unknown): string | undefined {
  return (error as { code?: string } | undefined)?.code
}

/** The error as the host knows it; unknown ones are I/O errors. What is no error of the system goes on as it is. */
export function fsError(error: unknown): unknown {
  const name = errno(error)
  if (name === undefined || error instanceof FsError) return error
  const code = codes[name] ?? (name.startsWith('ERR_') ? undefined : 'io')
  return code ? new FsError(code, { cause: error }) : error
}

/** Runs a system call. */
export function system<T>(call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw fsError(error)
  }
}
