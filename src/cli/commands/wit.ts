import { decode } from '../../binary/decode.ts'
import { encode } from '../../binary/encode.ts'
import { isLabel, parseInterfaceName } from '../../component/names.ts'
import { UsageError } from '../../errors.ts'
import { validate } from '../../validation/validate.ts'
import { interfaceNames } from '../../wit/interface-names.ts'
import { encodePackage } from '../../wit/encode-package.ts'
import type { Features } from '../../wit/gates.ts'
import { printPackage } from '../../wit/print-package.ts'
import { printWorld } from '../../wit/print-world.ts'
import { resolveWit } from '../../wit/resolve.ts'
import type { Command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { highlightWit } from '../highlight-wit.ts'
import { parseOptions } from '../parse-options.ts'
import { componentIn } from '../precompiled.ts'
import { readComponentFile, reading } from '../read-component.ts'
import { isWit, readWitSources } from '../read-wit.ts'
import { styleFor } from '../terminal.ts'
import { stdout, write } from '../write.ts'
import { writeOutput } from '../write-output.ts'
import { reporting } from '../reporting.ts'

export const summary = 'Print the world of a component, or a package, as WIT text'

export const commands: NonNullable<Command['commands']> = {
  fmt: () => import('./wit-fmt.ts'),
  docs: () => import('./wit-docs.ts'),
}

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
  --wasm            write the package as a component, without those it needs
  -o, --output FILE write into FILE (default: standard output)
`

export const run = reporting('wit', async (args) => {
  const { options, positionals } = parseOptions(args, {
    world: { type: 'string' },
    package: { type: 'string' },
    features: { type: 'string' },
    'all-features': { type: 'boolean' },
    wasm: { type: 'boolean' },
    output: { type: 'string', short: 'o' },
  })
  const [path, ...rest] = positionals
  if (path === undefined) throw new UsageError('which component? give the path of a .wasm file, or of WIT')
  if (rest.length > 0) throw new UsageError(`one file at a time, found also ${rest.join(', ')}`)
  if (isWit(path)) {
    if (options.world !== undefined || options.package !== undefined)
      throw new UsageError(
        '--world and --package name what a component has no names for: a package has its own',
      )
    writePackage(path, options)
    return exitCode.success
  }
  const misplaced = (['features', 'all-features', 'wasm', 'output'] as const).find((name) => name in options)
  if (misplaced !== undefined)
    throw new UsageError(`--${misplaced} is for WIT packages, and this is taken for a component`)
  checkNames(options)
  const file = componentIn(await readComponentFile(path))
  const text = await reading(file, () => {
    const component = decode(file.bytes)
    return printWorld(validate(component), { ...options, interfaceNames: interfaceNames(component) })
  })
  write(stdout, highlightWit(text, styleFor(stdout)))
  return exitCode.success
})

interface PackageOptions {
  readonly features?: string | undefined
  readonly 'all-features'?: boolean | undefined
  readonly wasm?: boolean | undefined
  readonly output?: string | undefined
}

function writePackage(path: string, options: PackageOptions): void {
  const features = featuresOf(options.features, options['all-features'])
  const { main, packages } = resolveWit(readWitSources(path), { features })
  if (options.wasm) {
    writeOutput(options.output, encode(encodePackage(main)))
    return
  }
  const others = packages.filter((one) => one !== main)
  const text = printPackage(main, others)
  if (options.output === undefined) write(stdout, highlightWit(text, styleFor(stdout)))
  else writeOutput(options.output, text)
}

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
