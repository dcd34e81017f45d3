import { decode } from '../../binary/decode.ts'
import { isLabel, parseInterfaceName } from '../../component/names.ts'
import { UsageError } from '../../errors.ts'
import { validate } from '../../validation/validate.ts'
import { interfaceNames } from '../../wit/interface-names.ts'
import type { Features } from '../../wit/gates.ts'
import { printPackage } from '../../wit/print-package.ts'
import { printWorld } from '../../wit/print-world.ts'
import { resolveWit } from '../../wit/resolve.ts'
import { exitCode } from '../exit-code.ts'
import { highlightWit } from '../highlight-wit.ts'
import { parseOptions } from '../parse-options.ts'
import { componentIn } from '../precompiled.ts'
import { readComponentFile, reading } from '../read-component.ts'
import { isWit, readWitSources } from '../read-wit.ts'
import { styleFor } from '../terminal.ts'
import { stdout, write } from '../write.ts'
import { reporting } from '../reporting.ts'

export const summary = 'Print the world of a component, or a package, as WIT text'

export const help = `Usage: tenon wit FILE
       tenon wit PACKAGE

Prints what the component imports and exports as WIT: its world, and below it
the interfaces of other packages, with as much of each as the component knows.
FILE may be - for standard input.

PACKAGE is a .wit file, or a folder of them with the packages that they need in
its deps. It is checked, with all problems reported, and printed as one text:
worlds with all that they import, the packages that it needs below. Comments
within definitions are not kept.

Options of components:
  --world NAME     call the world NAME (default: root)
  --package NAME   put it into package NAME, such as my:app@1.0.0 (default:
                   root:component)

Options of packages:
  --features NAMES  the unstable features that take part, separated by commas
  --all-features    all of them
`

export const run = reporting('wit', async (args) => {
  const { options, positionals } = parseOptions(args, {
    world: { type: 'string' },
    package: { type: 'string' },
    features: { type: 'string' },
    'all-features': { type: 'boolean' },
  })
  const [path, ...rest] = positionals
  if (path === undefined) throw new UsageError('which component? give the path of a .wasm file, or of WIT')
  if (rest.length > 0) throw new UsageError(`one file at a time, found also ${rest.join(', ')}`)
  const { features, 'all-features': all } = options
  if (isWit(path)) {
    if (options.world !== undefined || options.package !== undefined)
      throw new UsageError(
        '--world and --package name what a component has no names for: a package has its own',
      )
    const { main, packages } = resolveWit(readWitSources(path), { features: featuresOf(features, all) })
    const others = packages.filter((one) => one !== main)
    write(stdout, highlightWit(printPackage(main, others), styleFor(stdout)))
    return exitCode.success
  }
  if (features !== undefined || all) throw new UsageError('features are chosen in WIT; a component has none')
  checkNames(options)
  const file = componentIn(await readComponentFile(path))
  const text = await reading(file, () => {
    const component = decode(file.bytes)
    return printWorld(validate(component), { ...options, interfaceNames: interfaceNames(component) })
  })
  write(stdout, highlightWit(text, styleFor(stdout)))
  return exitCode.success
})

function featuresOf(names: string | undefined, all: boolean | undefined): Features {
  return all ? 'all' : new Set(names?.split(',').map((name) => name.trim()))
}

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
