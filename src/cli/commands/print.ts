import { UsageError } from '../../errors.ts'
import { printWat } from '../../wat/index.ts'
import { exitCode } from '../exit-code.ts'
import { parseOptions } from '../parse-options.ts'
import { componentIn } from '../precompiled.ts'
import { readComponentFile, reading } from '../read-component.ts'
import { reporting } from '../reporting.ts'
import { writeOutput } from '../write-output.ts'

export const summary = 'Print a component or core module as WebAssembly text (.wat)'

export const help = `Usage: tenon print FILE.wasm [-o FILE.wat]

Prints all of a component or core module in the text format, names and function
bodies included, to standard output or to the file that is named. FILE may be -
for standard input. \`tenon parse\` makes the same bytes of it, but writes
integers in their shortest form.

Options:
  -o, --output FILE   where the text goes
`

export const run = reporting('print', async (args) => {
  const { options, positionals } = parseOptions(args, { output: { type: 'string', short: 'o' } })
  const [path, ...rest] = positionals
  if (path === undefined) throw new UsageError('which component? give the path of a .wasm file')
  if (rest.length > 0) throw new UsageError(`one file at a time, found also ${rest.join(', ')}`)
  const file = componentIn(await readComponentFile(path))
  writeOutput(options.output, await reading(file, () => printWat(file.bytes)))
  return exitCode.success
})
