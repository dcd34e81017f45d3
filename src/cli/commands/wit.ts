import { decode } from '../../binary/decode.ts'
import { encode } from '../../binary/encode.ts'
import { isLabel, parseInterfaceName } from '../../component/names.ts'
import { UsageError } from '../../errors.ts'
import { decodeWit } from '../../wit/decode-wit.ts'
import { encodePackage } from '../../wit/encode-package.ts'
import { findWorld } from '../../wit/find-world.ts'
import { importize } from '../../wit/importize.ts'
import { witToJson } from '../../wit/json.ts'
import { packageFiles } from '../../wit/package-files.ts'
import { packagesOfWorld } from '../../wit/packages-of-world.ts'
import { packageNameOf } from '../../wit/package-drafts.ts'
import { printPackage } from '../../wit/print-package.ts'
import { printWit } from '../../wit/print-wit.ts'
import { replaceWorld } from '../../wit/replace-world.ts'
import { type ResolvedWit, resolveWit, type WitSources } from '../../wit/resolve.ts'
import type { WorldNames } from '../../wit/world-of.ts'
import type { Command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { featuresOf } from '../features.ts'
import { highlightWit } from '../highlight-wit.ts'
import { parseOptions } from '../parse-options.ts'
import { componentIn } from '../precompiled.ts'
import {
  assembled,
  type ComponentFile,
  isWebAssembly,
  readComponentFile,
  readFile,
  reading,
} from '../read-component.ts'
import { isWit, readAllWitSources } from '../read-wit.ts'
import { styleFor } from '../terminal.ts'
import { stdout, write } from '../write.ts'
import { writeOutput } from '../write-output.ts'
import { writePackageFolder } from '../write-package-folder.ts'
import { reporting } from '../reporting.ts'

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

Options of components:
  --world NAME      call the world NAME (default: root)
  --package NAME    put it into package NAME, such as my:app@1.0.0 (default:
                    root:component)

Options of packages:
  --world NAME      that world alone, with what it needs
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
  const input = path === '-' ? readFile('-', 'a component or WIT') : undefined
  if (input ? !isWebAssembly(input) : isWit(path)) {
    writePackages(input ? sourcesOf(input, others) : readAllWitSources(positionals), options)
    return exitCode.success
  }
  if (others.length > 0) throw new UsageError(`one component at a time, found also ${others.join(', ')}`)
  const misplaced = packageOptions.find((name) => name in options)
  if (misplaced !== undefined)
    throw new UsageError(`--${misplaced} is for WIT packages, and this is taken for a component`)
  const names = worldNames(options)
  const file = componentIn(input ? await assembled(input) : await readComponentFile(path))
  const text = await reading(file, () => printWit(decodeWit(decode(file.bytes), names)))
  write(stdout, highlightWit(text, styleFor(stdout)))
  return exitCode.success
})

function sourcesOf(input: ComponentFile, others: readonly string[]): WitSources {
  const files = [{ name: input.name, text: input.bytes }]
  if (others.length === 0) return { files }
  const { files: second, dependencies = [] } = readAllWitSources(others)
  return { files, dependencies: [second, ...dependencies] }
}

const packageOptions = [
  'importize',
  'importize-world',
  'importize-out-world-name',
  'features',
  'all-features',
  'json',
  'out-dir',
  'wasm',
  'output',
] as const

type Options = {
  readonly [K in 'world' | 'package' | (typeof packageOptions)[number]]?: string | boolean | undefined
}

interface PackageOptions extends Options {
  readonly 'all-features'?: boolean | undefined
  readonly world?: string | undefined
  readonly 'importize-world'?: string | undefined
  readonly 'importize-out-world-name'?: string | undefined
  readonly features?: string | undefined
  readonly 'out-dir'?: string | undefined
  readonly output?: string | undefined
}

function writePackages(sources: WitSources, options: PackageOptions): void {
  checkPackageOptions(options)
  const features = featuresOf(options.features, options['all-features'])
  const wit = selected(resolveWit(sources, { features }), options)
  const { main, packages } = wit
  if (options['out-dir'] !== undefined) {
    writePackageFolder(options['out-dir'], packageFiles(wit))
  } else if (options.wasm) {
    writeOutput(options.output, encode(encodePackage(main)))
  } else if (options.json) {
    writeOutput(options.output, `${JSON.stringify(witToJson(wit), null, 2)}\n`)
  } else {
    const text = printPackage(
      main,
      packages.filter((one) => one !== main),
    )
    if (options.output === undefined) write(stdout, highlightWit(text, styleFor(stdout)))
    else writeOutput(options.output, text)
  }
}

/** With the world that is asked for, importized where that is asked for. */
function selected(wit: ResolvedWit, options: PackageOptions): ResolvedWit {
  const { world, 'importize-world': importized, 'importize-out-world-name': outName } = options
  if (options.importize || importized !== undefined) {
    const from = findWorld(wit, importized ?? world)
    const made = importize(from, outName)
    const all = replaceWorld(wit, from, made)
    return world === undefined ? all : packagesOfWorld(all, made)
  }
  return world === undefined ? wit : packagesOfWorld(wit, findWorld(wit, world))
}

function checkPackageOptions(options: PackageOptions): void {
  if (options.package !== undefined)
    throw new UsageError('--package names what a component has no name for: a package has its own')
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

/** Other names would give a text that is no WIT. */
function worldNames(options: { world?: string | undefined; package?: string | undefined }): WorldNames {
  const { world, package: home } = options
  if (world !== undefined && !isLabel(world))
    throw new UsageError(`--world ${world}: expected a name in kebab-case, such as my-world`)
  if (home === undefined) return { ...(world && { world }) }
  const [, name, version = ''] = /^([^@/]*)(@.*)?$/.exec(home) ?? []
  const parts = parseInterfaceName(`${name}/any${version}`)
  if (name === undefined || parts.kind === 'invalid')
    throw new UsageError(`--package ${home}: expected a package's name, such as my:app or my:app@1.0.0`)
  return { ...(world && { world }), package: packageNameOf(parts) }
}
