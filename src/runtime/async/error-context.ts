import { limits } from '../../component/limits.ts'

/** CanonicalABI.md, "canon error-context.new": an immutable value, which handles of several components may share. */
export class ErrorContext {
  /** No resource's handle: see `handle.ts`. */
  readonly resource: undefined
  /** What the guest said when it made it; meant for people, hosts may discard it. */
  readonly debugMessage: string

  constructor(debugMessage: string) {
    this.debugMessage = debugMessage
  }
}

/** The error context of what a guest was given as one; undefined where it can be none. */
export function errorContextOf(given: unknown): ErrorContext | undefined {
  if (given instanceof ErrorContext) return given
  if (!(given instanceof Error)) return undefined
  const message: unknown = given.message
  return typeof message === 'string'
    ? new ErrorContext(message.slice(0, limits.debugMessage).toWellFormed())
    : undefined
}
