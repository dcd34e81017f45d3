import { UsageError } from '../../errors.ts'
import { exitCode } from '../exit-code.ts'
import { inspectPage } from '../inspect/page.ts'
import { inspect } from '../../inspect/inspection.ts'
import { whyPage } from '../inspect/why.ts'
import { parseOptions } from '../parse-options.ts'
import { componentIn } from '../precompiled.ts'
import { readComponentFile, reading } from '../read-component.ts'
import { show } from '../show.ts'
import { styleFor } from '../terminal.ts'
import { stdout, write } from '../write.ts'
import { reporting } from '../reporting.ts'

export const summary = 'Show what is inside a component, and why it is as large as it is'

export const help = `Usage: tenon inspect FILE

Shows the exports and imports of a component, which of its core modules use
which import, and a tree of the modules and components inside of it with their
sizes and the tools that made them. FILE may be - for standard input.

Options:
  --json        the same as JSON, with all sections and the world as WIT text
  --why NAME    show which calls lead from the exports to an import, such as
                wasi:cli/environment

See also \`tenon wit\`: the component's whole world as WIT text.
`

export const run = reporting('inspect', async (args) => {
  const { options, positionals } = parseOptions(args, { json: { type: 'boolean' }, why: { type: 'string' } })
  const [path, ...rest] = positionals
  if (path === undefined) throw new UsageError('which component? give the path of a .wasm file')
  if (rest.length > 0) throw new UsageError(`one file at a time, found also ${rest.join(', ')}`)
  const file = componentIn(await readComponentFile(path))
  const inspection = await reading(file, () => inspect(file.bytes))
  const style = styleFor(stdout)
  const { report } = inspection
  if (options.why !== undefined) show(stdout, whyPage(inspection, options.why, style))
  else if (options.json) write(stdout, `${JSON.stringify({ file: file.name, ...report }, undefined, 2)}\n`)
  else show(stdout, inspectPage(file.name, report, style, process.stdout.columns ?? 100))
  return exitCode.success
})
