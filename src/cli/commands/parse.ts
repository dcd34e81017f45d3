import { UsageError } from '../../errors.ts'
import { parseWat } from '../../wat/index.ts'
import { exitCode } from '../exit-code.ts'
import { parseOptions } from '../parse-options.ts'
import { readFile, refuseOtherText } from '../read-component.ts'
import { reporting } from '../reporting.ts'
import { textOf } from '../text-of.ts'
import { writeOutput } from '../write-output.ts'

export const summary = 'Assemble WebAssembly text (.wat)'

export const help = `Usage: tenon parse FILE.wat [-o FILE.wasm]

Writes the bytes of a component or core module in the text format to standard
output, or to the file that is named. FILE may be - for standard input. Nothing
is validated: see \`tenon validate\`.

Options:
  -o, --output FILE   where the bytes go
`

export const run = reporting('parse', async (args) => {
  const { options, positionals } = parseOptions(args, { output: { type: 'string', short: 'o' } })
  const [path, ...rest] = positionals
  if (path === undefined) throw new UsageError('which text? give the path of a .wat file')
  if (rest.length > 0) throw new UsageError(`one file at a time, found also ${rest.join(', ')}`)
  const { name, bytes } = readFile(path, 'a text')
  if (bytes[0] === 0) {
    throw new UsageError(`${name}: found bytes, wanted a text`, [
      `to see them as text: \`tenon print ${path}\``,
    ])
  }
  refuseOtherText(path, 'WebAssembly text')
  writeOutput(options.output, parseWat(textOf(bytes, name), { path: name }))
  return exitCode.success
})
