import { renderDiagnostic } from '../diagnostics/diagnostic.ts'
import { renderHexFrame } from '../diagnostics/hex-frame.ts'
import type { Paint } from '../diagnostics/paint.ts'
import {
  ComponentError,
  DecodeError,
  type GuestFrame,
  LinkError,
  type LinkProblem,
  TenonError,
  Trap,
  UsageError,
  ValidationError,
  WatError,
  WaveError,
  WitError,
} from '../errors.ts'
import { exitCode } from './exit-code.ts'
import { type ComponentFile, fileOf } from './read-component.ts'
import { show } from './show.ts'
import { paintFor } from './terminal.ts'
import { stderr } from './write.ts'

/** Shows an error to a person, and says with which code to exit. */
export function reportError(error: unknown, command: string | undefined): number {
  show(stderr, `${describeError(error, command, paintFor(stderr))}\n`)
  const wrongLine = error instanceof TenonError && (error.code === 'usage' || error.code === 'wave')
  return wrongLine ? exitCode.usage : exitCode.failure
}

export function describeError(error: unknown, command: string | undefined, paint: Paint): string {
  if (error instanceof UsageError) return describeUsage(error, command, paint)
  if (error instanceof WaveError || error instanceof WatError)
    return renderDiagnostic(error.diagnostic, paint)
  if (error instanceof WitError)
    return error.diagnostics.map((each) => renderDiagnostic(each, paint)).join('\n\n')
  if (error instanceof DecodeError || error instanceof ValidationError) return describeBinary(error, paint)
  if (error instanceof LinkError) return describeLink(error, command, paint)
  if (error instanceof Trap) return describeTrap(error, paint)
  if (error instanceof TenonError) return headline(error.message, paint)
  if (error instanceof Error && isOfTheSystem(error)) return headline(error.message, paint)
  // Not ours: the stack is for whoever must find out why.
  const text = error instanceof Error ? (error.stack ?? String(error)) : String(error)
  return headline(`unexpected: ${text}`, paint)
}

/**
 * The operating system's, or a permission that Deno was not given: the message says it all. Deno tells some of its errors from
 * others by nothing but their text.
 */
function isOfTheSystem(error: Error): boolean {
  return 'syscall' in error || error.name === 'NotCapable' || /\(os error \d+\)$/.test(error.message)
}

function headline(message: string, paint: Paint, label = 'error:'): string {
  const [first, ...rest] = message.split('\n')
  return [`${paint('error', label)} ${paint('message', first!)}`, ...rest].join('\n')
}

function describeUsage(error: UsageError, command: string | undefined, paint: Paint): string {
  const hint = command === undefined ? 'see `tenon --help`' : `see \`tenon ${command} --help\``
  return [headline(error.message, paint), ...error.notes, paint('place', hint)].join('\n')
}

/** A name with line feeds in it could say anything in lines of its own. */
function inOneLine(text: string): string {
  return text.replaceAll('\n', '\\u{a}')
}

/** The message without its place, and the bytes there. */
function describeBinary(error: DecodeError | ValidationError, paint: Paint): string {
  const file = fileOf(error)
  if (!file) return headline(error.message, paint)
  return showBytes(file, error, paint)
}

/** A problem with the bytes around it. */
export function showBytes(
  { name, bytes, assembled }: ComponentFile,
  { offset, path, problem }: Pick<DecodeError, 'offset' | 'path' | 'problem'>,
  paint: Paint,
): string {
  const note = assembled ? `these are the bytes that \`tenon parse\` makes of ${name}` : undefined
  return renderHexFrame(bytes, offset, path, inOneLine(problem), { name, paint, note })
}

function describeLink(error: LinkError, command: string | undefined, paint: Paint): string {
  if (error.problems.length === 0) return headline(error.message, paint)
  const [first] = error.message.split('\n')
  return [
    headline(first!, paint),
    ...error.problems.flatMap((problem) => describeProblem(problem, paint)),
    ...cures(command, paint),
  ].join('\n')
}

function cures(command: string | undefined, paint: Paint): string[] {
  if (command === 'transpile') return [paint('note', 'to say it: --map NAME=MODULE')]
  if (command !== 'run' && command !== 'call' && command !== 'fuzz') return []
  const lines = ['another component can satisfy an import: --import NAME=FILE']
  if (command !== 'run') lines.push('to call what does not need them: --stub')
  return lines.map((line) => paint('note', line))
}

function describeProblem(problem: LinkProblem, paint: Paint): string[] {
  const lines = [`  ${paint('message', problem.name)}`, `    expected ${problem.expected}`]
  lines.push(problem.actual === undefined ? '    found nothing' : `    found ${problem.actual}`)
  if (problem.candidates.length > 0)
    lines.push(paint('note', `    did you mean ${problem.candidates.join(' or ')}?`))
  return lines
}

function describeTrap(trap: Trap, paint: Paint): string {
  const lines = [
    headline(trap.message.replace(/^wasm trap: /, ''), paint, 'trap:'),
    ...describeBacktrace(trap.backtrace, paint),
  ]
  // A host function that threw: the reason is in its error, not in the guest.
  if (trap.cause instanceof ComponentError) lines.push(paint('note', `caused by ${trap.cause.message}`))
  // The engine's own error says what the trap says.
  else if (trap.cause instanceof Error && !(trap.cause instanceof WebAssembly.RuntimeError))
    lines.push(paint('note', `caused by ${trap.cause.stack ?? trap.cause.message}`))
  return lines.join('\n')
}

/** One line for each frame; a function that calls itself over and over is told of once. */
export function describeBacktrace(backtrace: readonly GuestFrame[], paint: Paint): string[] {
  const lines: string[] = []
  for (let index = 0; index < backtrace.length; ) {
    const frame = backtrace[index]!
    const next = backtrace.findIndex((other, at) => at > index && !isSameFrame(frame, other))
    const again = (next < 0 ? backtrace.length : next) - index - 1
    lines.push(describeFrame(frame, index, paint))
    if (again > 1) lines.push(paint('note', `       and ${again} times more`))
    index += again > 1 ? again + 1 : 1
  }
  return lines
}

function isSameFrame(one: GuestFrame, other: GuestFrame): boolean {
  return one.name === other.name && one.module === other.module && one.offset === other.offset
}

function describeFrame(frame: GuestFrame, index: number, paint: Paint): string {
  const offset = frame.offset === undefined ? '' : `:0x${frame.offset.toString(16)}`
  return `  ${paint('gutter', `${index}:`.padStart(4))} ${inOneLine(frame.name)} ${paint('place', `(${inOneLine(frame.module)}${offset})`)}`
}
