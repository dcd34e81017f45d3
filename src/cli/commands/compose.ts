import { existsSync } from 'node:fs'
import { resolveWac } from '../../compose/wac/resolve.ts'
import { UsageError } from '../../errors.ts'
import { packageFolder } from '../compose/package-folder.ts'
import { programText } from '../compose/program-text.ts'
import { writeComposition } from '../compose/write-composition.ts'
import { featuresOf, refuseUnknownFeatures } from '../features.ts'
import { exitCode } from '../exit-code.ts'
import { parseOptions } from '../parse-options.ts'
import { readFile } from '../read-component.ts'
import { reporting } from '../reporting.ts'
import { writeOutput } from '../write-output.ts'

export const summary = 'Compose components as a WAC text says'

export const help = `Usage: tenon compose FILE.wac -o OUT.wasm

Writes the component that the text describes: which components are instantiated,
what they get, and what is exported. What they import and do not get stays an
import, once for all of them. FILE may be - for standard input. The language is
explained in docs/composing.md.

The package \`namespace:name\` is NAME.wasm, NAME.wat or NAME.wit in the folder
NAMESPACE of the folder with the packages, or WIT in a folder NAME there.

Options:
  --dep PACKAGE=PATH   where a package is that is elsewhere; as often as needed
  --deps-dir DIR       the folder with the packages (default: deps)
  -o, --output FILE    where the bytes go (default: standard output)
  --explain            show what is left open, and what comes nearest to it;
                       without -o write nothing else
  --emit typescript    write a program that does the same with Tenon's Linker
                       and the components where they are, and not a component
  --import-dependencies
                       import the components instead of nesting them
  --features NAMES     the unstable features that take part, separated by commas
  --all-features       all of them
`

export const run = reporting('compose', async (args) => {
  const { options, positionals } = parseOptions(args, {
    dep: { type: 'string', multiple: true },
    'deps-dir': { type: 'string' },
    output: { type: 'string', short: 'o' },
    explain: { type: 'boolean' },
    emit: { type: 'string' },
    'import-dependencies': { type: 'boolean' },
    features: { type: 'string' },
    'all-features': { type: 'boolean' },
  })
  const [path, ...rest] = positionals
  if (path === undefined) throw new UsageError('which text? give the path of a .wac file')
  if (rest.length > 0) throw new UsageError(`one text at a time, found also ${rest.join(', ')}`)
  const features = featuresOf(options.features, options['all-features'])
  const finder = packageFolder(
    options['deps-dir'] ?? 'deps',
    new Map((options.dep ?? []).map(parseDependency)),
    features,
  )
  const { name, bytes } = readFile(path, 'a text')
  if (bytes[0] === 0)
    throw new UsageError(`${name}: found bytes, wanted a text in WAC`, [
      'to compose components without a text: `tenon plug`',
    ])
  if (options.emit !== undefined && options.emit !== 'typescript')
    throw new UsageError(`--emit ${options.emit}: there is only --emit typescript`)
  const { composition } = resolveWac({ name, text: bytes }, finder, { features })
  refuseUnknownFeatures(features)
  if (options.emit === undefined) writeComposition(composition, options)
  else writeOutput(options.output, programText(composition, finder, name, options.output))
  return exitCode.success
})

/** That it is there is seen also where no text asks for the package: whoever names a file means it. */
function parseDependency(text: string): [string, string] {
  const equals = text.indexOf('=')
  const name = text.slice(0, equals)
  const path = text.slice(equals + 1)
  if (equals <= 0 || !name.includes(':') || path === '') {
    throw new UsageError(`--dep ${text}: wanted a package and where it is`, [
      'for example --dep docs:adder=adder.wasm',
    ])
  }
  if (!existsSync(path)) throw new UsageError(`--dep ${text}: there is no file or folder ${path}`)
  return [name, path]
}
