/**
 * Runs the tests: every `*.test.ts` in `src`, `studio/src` and `test` (or the files named as arguments), one process a file, and
 * closes with one line: `N passed, N failed, N skipped`. A file that fails to load, an unhandled error and a process
 * that dies count as failed. Where nothing happens for minutes, the files that hang fail, and all ends.
 * `--coverage` prints what the tests reach.
 */
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { relative } from 'node:path'
import { run } from 'node:test'
import { inspect, parseArgs } from 'node:util'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { coverage: { type: 'boolean' } },
})
const named = positionals.flatMap((pattern) => globSync(pattern))
const files = (
  positionals.length ? named : globSync(['src/**/*.test.ts', 'studio/src/**/*.test.ts', 'test/**/*.test.ts'])
).sort()
if (files.length === 0) {
  console.error('no test files found')
  process.exit(1)
}

const counts = { passed: 0, failed: 0, skipped: 0 }
const failures: string[] = []
const skipped = new Map<string, number>()
const started = performance.now()

/** Milliseconds; far longer than any file is silent. */
const patience = 300_000
const abort = new AbortController()

const stream = run({
  files,
  concurrency: Math.max(2, availableParallelism()),
  execArgv: ['--conditions=tenon-source', '--disable-warning=ExperimentalWarning'],
  coverage: values.coverage ?? false,
  signal: abort.signal,
})

interface Report {
  readonly name: string
  readonly file?: string | undefined
  readonly skip?: string | boolean | undefined
  readonly todo?: string | boolean | undefined
  readonly details: { readonly type?: string | undefined; readonly error?: Error | undefined }
}

stream.on('test:pass', (report: Report) => {
  if (report.details.type === 'suite') return
  if (report.skip !== undefined || report.todo !== undefined) {
    counts.skipped++
    const reason = String(report.skip || report.todo || '')
    skipped.set(reason, (skipped.get(reason) ?? 0) + 1)
  } else counts.passed++
})

stream.on('test:fail', (report: Report) => {
  const error = report.details.error
  const cause = error?.cause ?? error
  // A parent fails because its children did: the children are counted.
  if ((error as { failureType?: string } | undefined)?.failureType === 'subtestsFailed') return
  counts.failed++
  const where = report.file ? relative(process.cwd(), report.file) : ''
  failures.push(`✖ ${where} › ${report.name}\n${indent(inspect(cause))}`)
  console.log(failures.at(-1))
})

stream.on('test:stdout', ({ message }) => process.stdout.write(message))
stream.on('test:stderr', ({ message }) => process.stderr.write(message))
stream.on('test:coverage', ({ summary }) => {
  const { coveredLinePercent, coveredBranchPercent } = summary.totals
  console.log(
    `coverage: ${coveredLinePercent.toFixed(1)} % of lines, ${coveredBranchPercent.toFixed(1)} % of branches`,
  )
})

stream.on('end', () => {
  if (failures.length > 5) console.log(`\nall failures again:\n${failures.join('\n')}`)
  for (const [reason, count] of skipped) console.log(`skipped ${count}: ${reason || 'no reason given'}`)
  console.log(
    `${files.length} files in ${((performance.now() - started) / 1000).toFixed(1)} s on Node ${process.version}`,
  )
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0
})

let watchdog: NodeJS.Timeout | undefined
// Nothing is printed for a passing test: without a reader the stream would stop.
stream.on('data', () => {
  clearTimeout(watchdog)
  watchdog = setTimeout(giveUp, patience)
})
stream.on('end', () => clearTimeout(watchdog))

/** Ends the processes of the files that hang, which fail by it. */
function giveUp(): void {
  console.log(`nothing has happened for ${patience / 1000} s: what still runs is ended`)
  abort.abort()
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ')
}
