import { ComponentError } from '../../../errors.ts'
import { FsError } from '../../host/fs-error.ts'
import type { Operation } from '../../host/wait.ts'

/** The error as `wasi:filesystem` 0.2 has it, a plain code; what is none of the file system's goes on as it is. */
function fsResult(error: unknown): unknown {
  return error instanceof FsError ? new ComponentError(error.code, error.code, { cause: error }) : error
}

/** Runs a call on the file system. */
export function onFiles<T>(call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw fsResult(error)
  }
}

/** Runs a call on the file system that may wait. */
export function* waitingOnFiles<T>(operation: Operation<T>): Operation<T> {
  try {
    return yield* operation
  } catch (error) {
    throw fsResult(error)
  }
}
