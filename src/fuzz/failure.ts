import { ExitError, type GuestFrame, TenonError, Trap } from '../errors.ts'

/** What may go wrong. */
export type FailureKind =
  /** The guest trapped, or handed out something that is not of its type. */
  | 'trap'
  /** It ended itself. */
  | 'exit'
  /** Any other error: of a limit, or one that should not be. */
  | 'error'
  /** A call did not return in its time. */
  | 'hang'
  /** The thread that the guest ran on died. */
  | 'crash'
  /** The same calls again and again take ever more memory. */
  | 'growth'

/** What was seen when a call went wrong. Plain data: it goes to other threads. */
export interface Failure {
  readonly kind: FailureKind
  /** Of the error; else the kind. */
  readonly code: string
  readonly message: string
  /** Innermost first. */
  readonly backtrace: readonly GuestFrame[]
  /** The same for what is most likely the same defect. */
  readonly key: string
}

/** Frames that tell defects apart where their functions have no names. */
const telling = 4

/** Names of functions that say how a program ends, and not why: of panics, assertions and the standard libraries. */
const machinery =
  /panic|abort|unwrap_failed|expect_failed|assert|begin_unwind|proc_exit|alloc_error|^_?_?ZN(3std|4core|5alloc)|^(std|core|alloc)::|^_R\w*(3std|4core|5alloc)/

/**
 * What an error that a call threw means. Undefined where it is nobody's fault: an import that is only a stub was called.
 *
 * @param target the name of the function that was called
 */
export function failureOf(error: unknown, target: string): Failure | undefined {
  if (error instanceof Trap) {
    if (error.code === 'import-trapped') return undefined
    const message = error.message.replace(/^wasm trap: /, '')
    return failure('trap', error.code, message, target, error.backtrace)
  }
  if (error instanceof ExitError) return failure('exit', `exit-${error.exitCode}`, error.message, target)
  if (error instanceof TenonError) return failure('error', error.code, error.message, target)
  return failure(
    'error',
    'unexpected',
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    target,
  )
}

export function failure(
  kind: FailureKind,
  code: string,
  message: string,
  target: string,
  backtrace: readonly GuestFrame[] = [],
): Failure {
  const places = tellingFrames(message, backtrace).map(
    ({ name, module, offset }) => `${module} ${name} ${offset ?? ''}`,
  )
  const key = [kind, code, ...(places.length > 0 ? places : [target])].join('\n')
  return { kind, code, message, backtrace, key }
}

/** The innermost frame of the program's own code. */
function tellingFrames(message: string, backtrace: readonly GuestFrame[]): readonly GuestFrame[] {
  // Where a stack ends is chance.
  if (message.includes('call stack exhausted')) return []
  if (backtrace.every(({ name }) => name.startsWith('wasm-function['))) return backtrace.slice(0, telling)
  const own = backtrace.find(({ name }) => !machinery.test(name))
  return own ? [own] : backtrace.slice(0, telling)
}
