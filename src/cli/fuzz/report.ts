/** What a campaign found, for people and for programs. */
import type { Paint } from '../../diagnostics/paint.ts'
import type { Finding } from '../../fuzz/campaign.ts'
import type { FailureKind } from '../../fuzz/failure.ts'
import { byteCount } from '../byte-count.ts'
import { describeBacktrace } from '../report-error.ts'

/** A finding and how to see it again. */
export interface Reproducible {
  readonly finding: Finding
  /** Arguments of `tenon call`: one for each call. */
  readonly calls: readonly string[]
  /** For a shell. */
  readonly command: string
}

export interface Summary {
  readonly file: string
  readonly seed: number
  readonly calls: number
  readonly seconds: number
  /** How often each function returned. */
  readonly functions: readonly { readonly name: string; readonly returned: number }[]
  readonly skipped: readonly { readonly name: string; readonly reason: string }[]
  /** Whether it was interrupted before its time. */
  readonly interrupted: boolean
}

const labels: Readonly<Record<FailureKind, string>> = {
  trap: 'trap',
  exit: 'exit',
  error: 'error',
  hang: 'hang',
  crash: 'crash',
  growth: 'leak',
}

/** The longest line that Linux takes as one argument, nearly. */
const longestArgument = 120_000

/** Lines that one finding takes at most of a guest's output. */
const outputLines = 6

export function describeFinding({ finding, calls, command }: Reproducible, paint: Paint): string {
  const { failure, growth, output } = finding
  const message = growth === undefined ? failure.message : describeGrowth(growth)
  const [first, ...rest] = message.split('\n')
  return [
    `${paint('error', `${labels[failure.kind]}:`)} ${paint('message', first!)}`,
    ...rest.map((line) => `  ${line}`),
    ...describeBacktrace(failure.backtrace, paint),
    ...lastLines(output).map((line) => paint('note', `  | ${line}`)),
    ...stateNote(finding, calls.length).map((line) => paint('note', `  ${line}`)),
    calls.every((call) => call.length < longestArgument)
      ? `  ${command}`
      : paint(
          'note',
          `  the call is too long for a shell; --json has it, and the same --seed finds it again`,
        ),
    '',
  ].join('\n')
}

function stateNote({ failure, minimal }: Finding, steps: number): readonly string[] {
  if (!minimal) return ['chance or time has a hand in it: it could not be made smaller']
  return steps > 1 && failure.kind !== 'growth'
    ? [`state matters: none of these ${steps} steps can be left away`]
    : []
}

function describeGrowth({ calls, from, to }: NonNullable<Finding['growth']>): string {
  const each = Math.round((to - from) / calls)
  return `memory grows: ${byteCount(from)} became ${byteCount(to)} in ${calls} calls, ${byteCount(each)} each, after all handles were dropped`
}

function lastLines(output: string): readonly string[] {
  return output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-outputLines)
}

export function describeSummary(summary: Summary, findings: number, paint: Paint): string {
  const { calls, seconds, functions, skipped, seed, interrupted } = summary
  const returned = functions.filter((one) => one.returned > 0)
  const rate = Math.round(calls / Math.max(seconds, 0.001))
  const never = functions.filter((one) => one.returned === 0)
  return [
    ...never.map(({ name }) => paint('note', `never returned: ${name}`)),
    ...skipped.map(({ name, reason }) => paint('note', `not called: ${name} ${reason}`)),
    `${interrupted ? 'interrupted: ' : ''}${count(calls, 'call')} in ${seconds.toFixed(1)} s (${rate}/s), ${returned.length} of ${count(functions.length, 'function')} returned, ${count(findings, 'finding')}; --seed ${seed}`,
    '',
  ].join('\n')
}

export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

export function toJson(summary: Summary, findings: readonly Reproducible[]): object {
  return {
    ...summary,
    findings: findings.map(({ finding: { failure, growth, output, count: met }, calls, command }) => ({
      kind: failure.kind === 'growth' ? 'leak' : failure.kind,
      code: failure.code,
      message: failure.message,
      backtrace: failure.backtrace,
      ...(growth && { growth: { calls: growth.calls, from: growth.from, to: growth.to } }),
      ...(output !== '' && { output }),
      count: met,
      calls,
      command,
    })),
  }
}
