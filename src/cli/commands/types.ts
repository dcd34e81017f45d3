import { basename, dirname, join } from 'node:path'
import { generateTypes } from '../../bindgen/declarations/generate-types.ts'
import { guestTypes } from '../../bindgen/declarations/guest-types.ts'
import { interfacesWorld } from '../../bindgen/declarations/interfaces-world.ts'
import { isLabel } from '../../component/names.ts'
import { UsageError } from '../../errors.ts'
import { moduleDeclarations, typesFile, worldName } from '../../esm/module-declarations.ts'
import { findWorld } from '../../wit/find-world.ts'
import type { WitWorld } from '../../wit/package.ts'
import { exitCode } from '../exit-code.ts'
import { featuresOf, refuseUnknownFeatures } from '../features.ts'
import { parseOptions } from '../parse-options.ts'
import { type ReadPackages, readPackages } from '../read-packages.ts'
import { isWit } from '../read-wit.ts'
import { refuseOthers } from '../refuse-others.ts'
import { reporting } from '../reporting.ts'
import { show } from '../show.ts'
import { stderr } from '../write.ts'
import { writeFiles } from '../write-files.ts'

export const summary = 'Write TypeScript declarations for a component or a world of WIT'

export const help = `Usage: tenon types FILE -o FOLDER
       tenon types PACKAGE … -o FOLDER
       tenon types FILE --module

Writes declarations (.d.ts) of a world: what a host gives for its imports, what
it exports, and a type of both for Component.load. Each interface has a module
of its own below FOLDER. Of a component, the world is called as the file is.

PACKAGE is a .wit file, or a folder of them with the packages that they need in
its deps. Further packages are those that it needs. Where it has several worlds
and none is named, each has a folder of its own; where it has none, its
interfaces are declared as imports. FILE may be - for standard input.

Options:
  -o, --output FOLDER  where to write
  --world NAME         the world of the package; of a component, what to call it
  --guest              for a guest in JavaScript, as componentize-js has modules
  --module             for who imports the component as a module: one file,
                       NAME.d.wasm.ts, beside FILE or in FOLDER
  --features NAMES     the unstable features that take part, separated by commas
  --all-features       all of them
`

export const run = reporting('types', async (args) => {
  const { options, positionals } = parseOptions(args, {
    output: { type: 'string', short: 'o' },
    world: { type: 'string' },
    guest: { type: 'boolean' },
    module: { type: 'boolean' },
    features: { type: 'string' },
    'all-features': { type: 'boolean' },
  })
  const [path, ...others] = positionals
  if (path === undefined) throw new UsageError('types of what? give the path of a .wasm file, or of WIT')
  if (options.guest && options.module)
    throw new UsageError('one of --guest and --module at a time: a module is for who imports it')
  const called = options.world !== undefined && isLabel(options.world) ? options.world : worldName(path)
  const features = featuresOf(options.features, options['all-features'])
  const wit = await readPackages([path, ...others], { features, names: { world: called } })
  refuseUnknownFeatures(features)
  const folder = options.output ?? (options.module ? folderOf(path) : undefined)
  if (!folder) throw new UsageError('where to? give a folder with -o')
  const files = filesOf(worldsOf(wit, options, called), options, path)
  refuseOthers(folder, files, 'types', 'give another folder')
  writeFiles(folder, files)
  sayWhatIsMissing(wit)
  return exitCode.success
})

interface Options {
  readonly world?: string | undefined
  readonly guest?: boolean | undefined
  readonly module?: boolean | undefined
  readonly features?: string | undefined
  readonly 'all-features'?: boolean | undefined
}

function worldsOf(wit: ReadPackages, options: Options, called: string): readonly WitWorld[] {
  const { main, world } = wit
  if (world === undefined) {
    if (options.world !== undefined) return [findWorld(wit, options.world)]
    return main.worlds.size > 0 ? [...main.worlds.values()] : [interfacesWorld(main)]
  }
  if (options.features !== undefined || options['all-features'])
    throw new UsageError('features are of WIT texts, and this is a component')
  if (options.world !== undefined && options.world !== called)
    throw new UsageError(`--world ${options.world}: expected a name in kebab-case, such as my-world`)
  return [world]
}

function sayWhatIsMissing({ unprintable = [] }: ReadPackages): void {
  for (const { direction, path, what } of unprintable)
    show(stderr, `not declared: ${direction} ${path.join(' › ')}, ${what}, which WIT cannot say\n`)
}

function folderOf(path: string): string {
  if (path === '-') throw new UsageError('where to? give a folder with -o')
  return dirname(path)
}

function filesOf(worlds: readonly WitWorld[], options: Options, path: string): ReadonlyMap<string, string> {
  // TypeScript looks for it under the name of the file.
  if (options.module && !isWit(path) && path !== '-')
    return new Map([[typesFile(basename(path)), moduleDeclarations(worlds[0]!)]])
  return new Map(
    worlds.flatMap((one) => {
      const folder = worlds.length === 1 ? '' : one.name
      return Array.from(declarationsOf(one, options), ([file, text]) => [join(folder, file), text] as const)
    }),
  )
}

function declarationsOf(world: WitWorld, { guest, module }: Options): ReadonlyMap<string, string> {
  if (guest) return guestTypes(world)
  if (!module) return generateTypes(world)
  return new Map([[`${world.name}.d.wasm.ts`, moduleDeclarations(world)]])
}
