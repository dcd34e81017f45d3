import { readFileSync } from 'node:fs'
import { Source } from '../../diagnostics/source.ts'
import { UsageError } from '../../errors.ts'
import { type Outcome, runScript } from '../../wat/run-script.ts'
import { parseScript } from '../../wat/script.ts'
import { exitCode } from '../exit-code.ts'
import { parseOptions } from '../parse-options.ts'
import { fileError, refuseOtherText } from '../read-component.ts'
import { scriptEmbedding } from '../script-embedding.ts'
import { show } from '../show.ts'
import { type Style, styleFor } from '../terminal.ts'
import { stdout, write } from '../write.ts'
import { reporting } from '../reporting.ts'

export const summary = 'Run reference scripts (.wast)'

export const help = `Usage: tenon wast FILE.wast…

Runs the directives of reference scripts: components in text form, calls, and
what must come of them. Prints every directive that did not come out as it
says, and why others were skipped. Core modules are not run.
`

export const run = reporting('wast', async (args) => {
  const { positionals } = parseOptions(args, {})
  if (positionals.length === 0) throw new UsageError('which script? give the path of a .wast file')
  const embedding = scriptEmbedding()
  const style = styleFor(stdout)
  const counts = { pass: 0, fail: 0, skip: 0 }
  const skipped = new Map<string, Skipped>()
  for (const path of positionals) {
    for (const outcome of await runFile(path, embedding)) {
      counts[outcome.status]++
      if (outcome.status === 'fail') show(stdout, describeFailure(path, outcome, style))
      if (outcome.status === 'skip') count(skipped, path, outcome)
    }
  }
  write(stdout, `${counts.pass} passed, ${counts.fail} failed, ${counts.skip} skipped\n`)
  for (const [reason, { times, first }] of skipped)
    show(stdout, `  ${times} skipped: ${reason}, first at ${first}\n`)
  return counts.fail === 0 ? exitCode.success : exitCode.failure
})

interface Skipped {
  times: number
  /** `file:line` */
  readonly first: string
}

function count(skipped: Map<string, Skipped>, path: string, { line, reason = '' }: Outcome): void {
  const known = skipped.get(reason)
  if (known) known.times++
  else skipped.set(reason, { times: 1, first: `${path}:${line}` })
}

async function runFile(path: string, embedding: ReturnType<typeof scriptEmbedding>): Promise<Outcome[]> {
  refuseOtherText(path, 'a script')
  const source = new Source(path, readScript(path))
  return runScript(parseScript(source), embedding)
}

function readScript(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw fileError(path, error, 'a script')
  }
}

const longestReason = 200

function describeFailure(path: string, { line, directive, reason }: Outcome, style: Style): string {
  const text = (reason ?? '').split('\n', 1)[0]!
  const short = text.length > longestReason ? `${text.slice(0, longestReason)}…` : text
  return `${style('bold', `${path}:${line}`)}: ${directive}: ${short}\n`
}
