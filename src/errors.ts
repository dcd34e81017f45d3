/**
 * Every error that Tenon throws on purpose. Each carries a `code` from one closed union, so that programs can
 * decide by code and people can read the message. Messages begin with the reference suite's wording where it has one.
 */
import { type Diagnostic, renderBody } from './diagnostics/diagnostic.ts'

/** The closed union of error codes. */
export type ErrorCode =
  | 'decode' // the bytes are no component, or a malformed one
  | 'validation' // the component is well-formed but not valid
  | 'limit' // a limit of `limits.ts` was exceeded
  | 'unsupported' // valid, but this engine or this version of Tenon cannot run it
  | 'link' // an import is missing or mistyped
  | 'wave' // a WAVE text does not parse or does not fit its type
  | 'wat' // a WebAssembly text or a reference script does not parse
  | 'wac' // a WAC text does not parse, or what it composes does not fit
  | 'wit' // WIT texts do not parse, or do not fit together
  | 'compose' // components do not fit together in a composition
  | 'usage' // the command line is wrong
  | 'file' // a file cannot be read
  | 'protocol' // what a language client sent is no message
  | 'result' // the error case of a function's `result`
  | 'instance-busy' // a synchronous call while another call is suspended in the instance; poisons nothing
  | 'instance-disposed' // the instance was disposed
  | 'exit' // the guest called `wasi:cli/exit`
  | TrapCode

/** Codes of traps: after one of these the instance refuses to be entered. */
export type TrapCode =
  | EngineTrapCode
  | 'cannot-enter' // reentrance, or an instance that trapped before
  | 'cannot-leave' // a call out of `realloc` or `post-return`
  | 'cannot-block' // a synchronous call met an operation that can only wait
  | 'deadlock' // every task waits, and for nothing that the host could bring
  | 'task' // `task.return` or `task.cancel` in a state that does not allow it, a wrong callback code
  | 'waitable' // a waitable, stream, future or subtask in a state that does not allow what was asked
  | 'out-of-bounds' // a pointer or length outside of the guest's memory
  | 'unaligned'
  | 'invalid-utf8'
  | 'invalid-string'
  | 'invalid-char'
  | 'invalid-discriminant'
  | 'unknown-handle'
  | 'handle-type' // a handle of another resource type
  | 'resource-lent' // dropped or moved while borrowed
  | 'borrow-not-dropped' // the call ended and a borrow handle was kept
  | 'table-full'
  | 'uncaught-exception' // a guest exception reached the component's border
  | 'import-trapped' // an unknown import that was defined as a trap was called
  | 'host-error' // a host import threw something that its type does not declare

/** The engine's own traps: what a core instruction met. */
export type EngineTrapCode =
  | 'unreachable'
  | 'memory-out-of-bounds'
  | 'table-out-of-bounds'
  | 'array-out-of-bounds'
  | 'divide-by-zero'
  | 'integer-overflow'
  | 'invalid-conversion' // a floating-point number that no integer of the type stands for
  | 'indirect-call-type' // `call_indirect` met a function of another type, or, where the engine does not tell, none
  | 'uninitialized-element'
  | 'null-reference'
  | 'cast-failure'
  | 'unaligned-atomic'
  | 'stack-exhausted'
  | 'engine' // another one; the message is the engine's

/** Base of all errors that are not traps. */
export class TenonError extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.code = code
  }
}

/**
 * The error case of a function's `result<T, E>`: thrown by exports, and thrown by host imports to return an error.
 * `payload` is the lifted `E` (undefined where the type has none).
 */
export class ComponentError extends TenonError {
  readonly payload: unknown
  constructor(
    payload?: unknown,
    message = `component error: ${describePayload(payload)}`,
    options?: ErrorOptions,
  ) {
    super('result', message, options)
    this.payload = payload
  }
}

function describePayload(payload: unknown): string {
  if (payload === undefined) return 'no payload'
  if (typeof payload === 'string') return payload
  try {
    return (
      JSON.stringify(payload, (_, value) => (typeof value === 'bigint' ? String(value) : value)) ??
      String(payload)
    )
  } catch {
    return String(payload)
  }
}

/** Malformed bytes: `offset` is the absolute byte offset, `path` the sections that lead there, outermost first. */
export class DecodeError extends TenonError {
  /** The message without the place. */
  readonly problem: string
  readonly offset: number
  readonly path: readonly string[]
  constructor(message: string, offset: number, path: readonly string[] = [], code: ErrorCode = 'decode') {
    super(code, located(message, offset, path))
    this.problem = message
    this.offset = offset
    this.path = path
  }
}

/** A well-formed component that breaks a rule; `offset` and `path` as in {@link DecodeError}. */
export class ValidationError extends TenonError {
  /** The message without the place. */
  readonly problem: string
  readonly offset: number
  readonly path: readonly string[]
  constructor(message: string, offset: number, path: readonly string[] = [], code: ErrorCode = 'validation') {
    super(code, located(message, offset, path))
    this.problem = message
    this.offset = offset
    this.path = path
  }
}

function located(message: string, offset: number, path: readonly string[]): string {
  const sections = path.length > 0 ? `, in ${path.join(' › ')}` : ''
  return `${message} (at offset 0x${offset.toString(16)}${sections})`
}

/** A WAVE text that does not parse or does not fit its type. The message ends in a code frame; tools render `diagnostic`. */
export class WaveError extends TenonError {
  readonly diagnostic: Diagnostic
  constructor(diagnostic: Diagnostic) {
    super('wave', `${diagnostic.message}\n${renderBody(diagnostic)}`)
    this.diagnostic = diagnostic
  }
}

/** A WebAssembly text or a reference script that does not parse. The message ends in a code frame; tools render `diagnostic`. */
export class WatError extends TenonError {
  readonly diagnostic: Diagnostic
  constructor(diagnostic: Diagnostic) {
    super('wat', `${diagnostic.message}\n${renderBody(diagnostic)}`)
    this.diagnostic = diagnostic
  }
}

/** Problems that a message shows: whoever shows messages shows one, and a long one shows nothing. */
const framesInMessage = 20

/** WIT texts that do not parse or do not fit together. The message has a code frame for each of the first problems; tools render `diagnostics`. */
export class WitError extends TenonError {
  /** All problems that were found, at least one; those of one file in the order of its text. */
  readonly diagnostics: readonly Diagnostic[]
  constructor(diagnostics: readonly Diagnostic[], code: 'wit' | 'wac' = 'wit') {
    const frames = diagnostics.slice(0, framesInMessage).map((each) => `${each.message}\n${renderBody(each)}`)
    const more = diagnostics.length - frames.length
    super(code, [...frames, ...(more > 0 ? [`and ${more} more`] : [])].join('\n\n'))
    this.diagnostics = diagnostics
  }
}

/** A WAC text that does not parse, or that asks for what does not fit together. WAC is WIT with more, so this is a WitError with more. */
export class WacError extends WitError {
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics, 'wac')
  }
}

/** Why a WAC text is not edited. */
export type WacEditProblem =
  | 'unreadable' // the text does not parse: what is wrong with it must be mended first
  | 'package' // there is no such component
  | 'node' // the text makes no such node, or one of another kind
  | 'missing' // there is no import or export of that name
  | 'name' // no valid name, or one that is taken
  | 'taken' // others use what would have to go
  | 'cycle' // an instance would need what it is needed for
  | 'type' // WAC has no words for a type

/** A change that a WAC text does not take. The message says why; tools show `diagnostics`, too. */
export class WacEditError extends TenonError {
  readonly problem: WacEditProblem
  /** A line that says what to do. */
  readonly cure: string
  /** What the text calls the members of a cycle, in a ring; none otherwise. */
  readonly names: readonly string[]
  /** What is wrong with a text that is `unreadable`; none otherwise. */
  readonly diagnostics: readonly Diagnostic[]
  constructor(
    problem: WacEditProblem,
    message: string,
    {
      cure,
      names = [],
      diagnostics = [],
    }: {
      readonly cure: string
      readonly names?: readonly string[]
      readonly diagnostics?: readonly Diagnostic[]
    },
  ) {
    const frames = diagnostics.slice(0, framesInMessage).map((each) => `${each.message}\n${renderBody(each)}`)
    super('wac', [message, cure, ...frames].join('\n'))
    this.problem = problem
    this.cure = cure
    this.names = names
    this.diagnostics = diagnostics
  }
}

/** What does not fit in a composition. */
export type CompositionProblem =
  | 'package' // no component, or one whose name is taken
  | 'node' // the node is none of this composition, or not of the kind that is needed
  | 'name' // no valid name of an import or export, or one that is taken
  | 'missing' // there is no import or export of that name
  | 'mismatch' // the types of the two ends differ
  | 'conflict' // imports of one name that cannot become one import
  | 'bound' // an open import mentions a resource type that only exists inside of the composition
  | 'limit' // more nodes than `limits.ts` allows
  | 'handles' // a part cannot be exchanged while handles of its resources live
  | 'unplugged' // nothing that the plugs export fits

/** Where two types differ, as deep as that can be said. */
export interface TypeDifference {
  /** The names of exports, parameters and fields that lead there, outermost first. */
  readonly path: readonly string[]
  /** What differs there, in words. */
  readonly reason: string
  /** The types of the innermost thing that both sides name, as WIT; undefined where words say it all. */
  readonly expected: string | undefined
  readonly found: string | undefined
}

export interface CompositionErrorDetails {
  readonly item?: string | undefined
  readonly difference?: TypeDifference | undefined
  /** A line that says what to do. */
  readonly cure?: string | undefined
}

/** Components that cannot be composed as asked. The message names both ends, what differs, and the cure. */
export class CompositionError extends TenonError {
  readonly problem: CompositionProblem
  readonly difference: TypeDifference | undefined
  /** The name of the import, export or argument that it is about. */
  readonly item: string | undefined
  readonly cure: string | undefined
  constructor(
    problem: CompositionProblem,
    message: string,
    {
      difference,
      item,
      cure,
    }: {
      readonly difference?: TypeDifference | undefined
      readonly item?: string
      readonly cure?: string
    } = {},
  ) {
    const lines = [message, ...(difference ? describeDifference(difference) : [])]
    super('compose', [...lines, ...(cure === undefined ? [] : [cure])].join('\n'))
    this.problem = problem
    this.item = item
    this.difference = difference
    this.item = item
    this.cure = cure
  }
}

function describeDifference({ path, reason, expected, found }: TypeDifference): string[] {
  const place = path.length > 0 ? `${path.join(' › ')}: ` : ''
  if (expected === undefined || found === undefined) return [`  ${place}${reason}`]
  return [`  ${place}${reason}`, `    expected ${expected}`, `    found    ${found}`]
}

/** The command line is wrong. */
export class UsageError extends TenonError {
  /** Lines below the message: candidates, the cure. */
  readonly notes: readonly string[]
  constructor(message: string, notes: readonly string[] = []) {
    super('usage', message)
    this.notes = notes
  }
}

/** One import that could not be satisfied. */
export interface LinkProblem {
  /** The import's full path, for example `wasi:cli/stdout@0.2.6` or `ns:pkg/iface#fn`. */
  readonly name: string
  readonly expected: string
  /** What was found instead; undefined where nothing was. */
  readonly actual: string | undefined
  /** The nearest names that were offered. */
  readonly candidates: readonly string[]
}

/** Missing or mistyped imports, all of them at once. */
export class LinkError extends TenonError {
  readonly problems: readonly LinkProblem[]
  constructor(message: string, problems: readonly LinkProblem[] = []) {
    super('link', message)
    this.problems = problems
  }
}

/** One frame of a guest backtrace, innermost first. */
export interface GuestFrame {
  /** The function's name from the name section, else `wasm-function[N]`. */
  readonly name: string
  /** The core module's name or number within the component. */
  readonly module: string
  /** Byte offset in the core module, where the engine tells it. */
  readonly offset: number | undefined
}

/** The guest broke a rule, or ran into an instruction that traps. Its instance cannot be entered again. */
export class Trap extends WebAssembly.RuntimeError {
  readonly code: TrapCode
  /** Innermost first; filled in at the component's border. */
  backtrace: readonly GuestFrame[] = []
  constructor(code: TrapCode, message: string, options?: ErrorOptions) {
    super(message)
    if (options && 'cause' in options) this.cause = options.cause
    this.name = 'Trap'
    this.code = code
  }
}

/** The guest asked to end with this exit code (0 to 255). */
export class ExitError extends TenonError {
  readonly exitCode: number
  constructor(exitCode: number) {
    super('exit', `the guest exited with code ${exitCode}`)
    this.exitCode = exitCode
  }
}
