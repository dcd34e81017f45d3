import { decode } from '../../binary/decode.ts'
import { isLabel, parseInterfaceName } from '../../component/names.ts'
import { UsageError } from '../../errors.ts'
import { validate } from '../../validation/validate.ts'
import { interfaceNames } from '../../wit/interface-names.ts'
import { printWorld } from '../../wit/print-world.ts'
import { exitCode } from '../exit-code.ts'
import { highlightWit } from '../highlight-wit.ts'
import { parseOptions } from '../parse-options.ts'
import { componentIn } from '../precompiled.ts'
import { readComponentFile, reading } from '../read-component.ts'
import { styleFor } from '../terminal.ts'
import { stdout, write } from '../write.ts'
import { reporting } from '../reporting.ts'

export const summary = 'Print the world of a component as WIT text'

export const help = `Usage: tenon wit FILE

Prints what the component imports and exports as WIT: its world, and below it
the interfaces of other packages, with as much of each as the component knows.
FILE may be - for standard input.

Options:
  --world NAME     call the world NAME (default: root)
  --package NAME   put it into package NAME, such as my:app@1.0.0 (default:
                   root:component)
`

export const run = reporting('wit', async (args) => {
  const { options, positionals } = parseOptions(args, {
    world: { type: 'string' },
    package: { type: 'string' },
  })
  const [path, ...rest] = positionals
  if (path === undefined) throw new UsageError('which component? give the path of a .wasm file')
  if (rest.length > 0) throw new UsageError(`one file at a time, found also ${rest.join(', ')}`)
  checkNames(options)
  const file = componentIn(await readComponentFile(path))
  const text = await reading(file, () => {
    const component = decode(file.bytes)
    return printWorld(validate(component), { ...options, interfaceNames: interfaceNames(component) })
  })
  write(stdout, highlightWit(text, styleFor(stdout)))
  return exitCode.success
})

/** Other names would give a text that is no WIT. */
function checkNames(options: { world?: string | undefined; package?: string | undefined }): void {
  if (options.world !== undefined && !isLabel(options.world))
    throw new UsageError(`--world ${options.world}: expected a name in kebab-case, such as my-world`)
  if (options.package === undefined) return
  const [, name, version = ''] = /^([^@/]*)(@.*)?$/.exec(options.package) ?? []
  if (name === undefined || parseInterfaceName(`${name}/any${version}`).kind === 'invalid')
    throw new UsageError(
      `--package ${options.package}: expected a package's name, such as my:app or my:app@1.0.0`,
    )
}
