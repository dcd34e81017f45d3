import { LinkError, TenonError, Trap } from 'tenon'
import { CompositionError } from 'tenon/compose'
import type { RunFailure } from '../contract/run.ts'
import { cutText } from './cut-text.ts'

/** Guests choose names and messages: no more of them than somebody reads. */
const longestMessage = 20_000

/** What went wrong, as data. */
export function failureOf(error: unknown): RunFailure {
  return {
    failed: cutText(messageOf(error), longestMessage),
    code: error instanceof TenonError || error instanceof Trap ? error.code : undefined,
    cure: cureOf(error),
    backtrace: error instanceof Trap ? backtraceOf(error) : undefined,
  }
}

function messageOf(error: unknown): string {
  if (error instanceof Trap) {
    const message = error.message.replace(/^wasm trap: /, '')
    const { cause } = error
    // Of a host function that threw, the reason is in its error; the engine's own says what the trap says.
    const isReason = cause instanceof Error && !(cause instanceof WebAssembly.RuntimeError)
    return isReason && !message.includes(cause.message) ? `${message}\n${cause.message}` : message
  }
  if (error instanceof CompositionError && error.cure !== undefined) {
    return error.message.split('\n').slice(0, -1).join('\n')
  }
  if (error instanceof Error) return error.message
  return String(error)
}

function cureOf(error: unknown): string | undefined {
  if (error instanceof CompositionError) return error.cure
  if (error instanceof LinkError) return 'wire an export to it, or leave it to WASI under its own name'
  if (!(error instanceof Trap)) return undefined
  if (error.code === 'import-trapped') return 'wire an export of another block to this import'
  if (error.code === 'cannot-enter') return 'an instance that trapped cannot be called again: start anew'
  return undefined
}

function backtraceOf({ backtrace }: Trap): string | undefined {
  if (backtrace.length === 0) return undefined
  const lines = backtrace.map(({ name, module, offset }, i) => {
    const place = offset === undefined ? module : `${module}:0x${offset.toString(16)}`
    return `${i}: ${inOneLine(name)} (${inOneLine(place)})`
  })
  return cutText(lines.join('\n'), longestMessage)
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]\s*/g, ' ')
}
