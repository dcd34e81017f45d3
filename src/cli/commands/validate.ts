import { TenonError, UsageError } from '../../errors.ts'
import { type Examination, examine } from '../../inspect/examine.ts'
import { exitCode } from '../exit-code.ts'
import { parseOptions } from '../parse-options.ts'
import { componentIn } from '../precompiled.ts'
import { type ComponentFile, readComponentFile } from '../read-component.ts'
import { reportError, showBytes } from '../report-error.ts'
import { reporting } from '../reporting.ts'
import { show } from '../show.ts'
import { paintFor } from '../terminal.ts'
import { stdout, write } from '../write.ts'

export const summary = 'Check components and core modules, and show every problem found'

export const help = `Usage: tenon validate FILE …

Checks each component with all that is inside of it, or each core module. Shows
every problem with the bytes where it is; what only follows from another problem
is left out. A FILE may be - for standard input. The exit code is 0 if all files
are valid, 1 if not.

Options:
  --quiet   print nothing for valid files
  --json    an array with an object per file: file, kind, valid, and problems
            with code, message, offset (null where that is no place in the
            bytes) and path
`

export const run = reporting('validate', async (args) => {
  const { options, positionals } = parseOptions(args, {
    quiet: { type: 'boolean' },
    json: { type: 'boolean' },
  })
  if (positionals.length === 0) throw new UsageError('which files? give the paths of .wasm files')
  let failed = false
  const reports: object[] = []
  for (const path of positionals) {
    let file: ComponentFile
    try {
      file = componentIn(await readComponentFile(path))
    } catch (error) {
      // The others are checked all the same.
      if (options.json && error instanceof TenonError) reports.push(unread(path, error))
      else reportError(error, 'validate')
      failed = true
      continue
    }
    const examination = examine(file.bytes)
    failed ||= examination.problems.length > 0
    if (options.json) reports.push(report(file, examination))
    else show(stdout, page(file, examination, options.quiet ?? false))
  }
  if (options.json) write(stdout, `${JSON.stringify(reports, undefined, 2)}\n`)
  return failed ? exitCode.failure : exitCode.success
})

/** Of what could not be read, or is a text that does not parse. */
function unread(file: string, { code, message }: TenonError): object {
  return { file, kind: null, valid: false, problems: [{ code, message, offset: null, path: [] }] }
}

function report({ name }: ComponentFile, { kind, problems }: Examination): object {
  return {
    file: name,
    kind: kind ?? null,
    valid: problems.length === 0,
    problems: problems.map(({ code, problem, offset, path }) => ({ code, message: problem, offset, path })),
  }
}

function page(file: ComponentFile, { kind, problems }: Examination, quiet: boolean): string {
  const { name } = file
  const paint = paintFor(stdout)
  if (problems.length === 0) return quiet ? '' : `${name}: valid ${kind}\n`
  const frames = problems.map((problem) => showBytes(file, problem, paint))
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  return `${frames.join('\n\n')}\n\n${paint('message', `${name}: ${count}`)}\n`
}
