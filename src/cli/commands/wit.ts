import { encode } from '../../binary/encode.ts'
import { isLabel, parseInterfaceName } from '../../component/names.ts'
import { UsageError } from '../../errors.ts'
import { encodePackage } from '../../wit/encode-package.ts'
import { findWorld } from '../../wit/find-world.ts'
import { importize } from '../../wit/importize.ts'
import { witToJson } from '../../wit/json.ts'
import { packageFiles } from '../../wit/package-files.ts'
import { packagesOfWorld } from '../../wit/packages-of-world.ts'
import { packageNameOf } from '../../wit/package-drafts.ts'
import { printWit } from '../../wit/print-wit.ts'
import { replaceWorld } from '../../wit/replace-world.ts'
import type { WorldNames } from '../../wit/world-of.ts'
import type { Command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { featuresOf, refuseUnknownFeatures } from '../features.ts'
import { highlightWit } from '../highlight-wit.ts'
import { parseOptions } from '../parse-options.ts'
import { type ReadPackages, readPackages } from '../read-packages.ts'
import { reporting } from '../reporting.ts'
import { styleFor } from '../terminal.ts'
import { stdout, write } from '../write.ts'
import { writeOutput } from '../write-output.ts'
import { writePackageFolder } from '../write-package-folder.ts'

export const summary = 'Print the world of a component, or a package, as WIT text'

export const commands: NonNullable<Command['commands']> = {
  fmt: () => import('./wit-fmt.ts'),
  docs: () => import('./wit-docs.ts'),
}

export const help = `Usage: tenon wit FILE
       tenon wit PACKAGE …
       tenon wit fmt …, tenon wit docs … (see their --help)

Prints what the component imports and exports as WIT: its world, and below it
the interfaces of other packages, with as much of each as the component knows.

PACKAGE is a .wit file, or a folder of them with the packages that they need in
its deps. It is checked, with all problems reported, and printed as one text:
worlds with all that they import, the packages that it needs below. Comments
within definitions are not kept. Further packages are those that it needs.

FILE and PACKAGE may be - for standard input.

Options:
  --world NAME      that world alone, with what it needs; of a component, what
                    to call its world (default: root)
  --package NAME    of a component, the package to put its world into, such as
                    my:app@1.0.0 (default: root:component)
  --importize       turn what a world exports into imports, for who uses a
                    component of it: of --world, or of the only one there is
  --importize-world NAME
                    the same of that world, and keep the rest of the package
  --importize-out-world-name NAME
                    what to call it (default: WORLD-importized)
  --features NAMES  the unstable features that take part, separated by commas
  --all-features    all of them

  --json            print a JSON document (docs/wit.md)
  --out-dir FOLDER  write a folder that is the package, with a file for each
                    package that it needs in deps
  --wasm            write the package as a component, without those it needs
  -o, --output FILE write into FILE (default: standard output)
`

export const run = reporting('wit', async (args) => {
  const { options, positionals } = parseOptions(args, {
    world: { type: 'string' },
    package: { type: 'string' },
    importize: { type: 'boolean' },
    'importize-world': { type: 'string' },
    'importize-out-world-name': { type: 'string' },
    features: { type: 'string' },
    'all-features': { type: 'boolean' },
    json: { type: 'boolean' },
    'out-dir': { type: 'string' },
    wasm: { type: 'boolean' },
    output: { type: 'string', short: 'o' },
  })
  const [path, ...others] = positionals
  if (path === undefined) throw new UsageError('which component? give the path of a .wasm file, or of WIT')
  checkOptions(options)
  const features = featuresOf(options.features, options['all-features'])
  const wit = await readPackages([path, ...others], { features, names: worldNames(options) })
  refuseUnknownFeatures(features)
  if (wit.world === undefined && options.package !== undefined)
    throw new UsageError('--package names what a component has no name for: a package has its own')
  // Other names would give a text that is no WIT.
  if (wit.world !== undefined && options.world !== undefined && !isLabel(options.world))
    throw new UsageError(`--world ${options.world}: expected a name in kebab-case, such as my-world`)
  writePackages(selected(wit, options), options)
  return exitCode.success
})

interface Options {
  readonly world?: string | undefined
  readonly package?: string | undefined
  readonly importize?: boolean | undefined
  readonly 'importize-world'?: string | undefined
  readonly 'importize-out-world-name'?: string | undefined
  readonly json?: boolean | undefined
  readonly wasm?: boolean | undefined
  readonly 'out-dir'?: string | undefined
  readonly output?: string | undefined
}

function writePackages(wit: ReadPackages, options: Options): void {
  if (options['out-dir'] !== undefined) writePackageFolder(options['out-dir'], packageFiles(wit))
  else if (options.wasm) writeOutput(options.output, encode(encodePackage(wit.main)))
  else if (options.json) writeOutput(options.output, `${JSON.stringify(witToJson(wit), null, 2)}\n`)
  else if (options.output !== undefined) writeOutput(options.output, printWit(wit))
  else write(stdout, highlightWit(printWit(wit), styleFor(stdout)))
}

/** With the world that is asked for, importized where that is asked for. */
function selected(wit: ReadPackages, options: Options): ReadPackages {
  const { 'importize-world': importized, 'importize-out-world-name': outName } = options
  // A component's world has been called so.
  const world = wit.world === undefined ? options.world : undefined
  if (options.importize || importized !== undefined) {
    const from = findWorld(wit, importized ?? world)
    const made = importize(from, outName)
    const all = replaceWorld(wit, from, made)
    return world === undefined ? all : packagesOfWorld(all, made)
  }
  return world === undefined ? wit : packagesOfWorld(wit, findWorld(wit, world))
}

function checkOptions(options: Options): void {
  const forms = (['json', 'wasm', 'out-dir'] as const).filter((name) => options[name] !== undefined)
  if (forms.length > 1) throw new UsageError(`one of --${forms.join(' and --')} at a time`)
  if (options['out-dir'] !== undefined && options.output !== undefined)
    throw new UsageError('either a folder with --out-dir or a file with -o')
  const { world, 'importize-world': importized, 'importize-out-world-name': outName } = options
  if (importized !== undefined && world !== undefined)
    throw new UsageError('either --importize-world, or --importize and --world')
  if (outName === undefined) return
  if (!options.importize && importized === undefined)
    throw new UsageError('--importize-out-world-name names what --importize makes')
  if (!isLabel(outName))
    throw new UsageError(
      `--importize-out-world-name ${outName}: expected a name in kebab-case, such as my-world`,
    )
}

/** What a component does not say of itself. */
function worldNames({ world, package: home }: Options): WorldNames {
  if (home === undefined) return { ...(world && { world }) }
  const [, name, version = ''] = /^([^@/]*)(@.*)?$/.exec(home) ?? []
  const parts = parseInterfaceName(`${name}/any${version}`)
  if (name === undefined || parts.kind === 'invalid')
    throw new UsageError(`--package ${home}: expected a package's name, such as my:app or my:app@1.0.0`)
  return { ...(world && { world }), package: packageNameOf(parts) }
}
