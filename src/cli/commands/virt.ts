import { UsageError } from '../../errors.ts'
import { type Virtualization, virtualize } from '../../virt/virtualize.ts'
import { readEmbeddedFiles } from '../compose/embedded-files.ts'
import { readPart } from '../compose/read-part.ts'
import { writeComposition } from '../compose/write-composition.ts'
import { exitCode } from '../exit-code.ts'
import { parseOptions } from '../parse-options.ts'
import { reporting } from '../reporting.ts'

export const summary = 'Fix from inside what a component asks its host for'

export const help = `Usage: tenon virt FILE [OPTIONS] -o OUT.wasm

Writes the component with others inside of it that answer for the host, for what
the options name; of the rest it asks the host, as before. So it does the same
in every run, and can do less. WASI 0.2. FILE may be - for standard input.

Options:
  --env NAME=VALUE     an environment variable; the host's are not seen. As
                       often as there are some
  --no-env             no environment variables
  --arg ARGUMENT       an argument of the program, its name first; as often as
                       there are some
  --cwd PATH           the working directory it is told
  --time TIME          the time at which the clock stands, such as
                       2026-01-31T12:00:00Z; sleeping takes no time
  --seed NUMBER        of all random numbers
  --files DIR          the files in it, put into the component: read-only, at /,
                       and no others. With them no TCP sockets
  --file PATH=FILE     the same of one file; as often as there are some
  --no-files           no directories
  --no-network         no sockets, and no names are looked up
  -o, --output FILE    where the bytes go (default: standard output)
`

export const run = reporting('virt', async (args) => {
  const { options, positionals } = parseOptions(args, {
    env: { type: 'string', multiple: true },
    'no-env': { type: 'boolean' },
    arg: { type: 'string', multiple: true },
    cwd: { type: 'string' },
    time: { type: 'string' },
    seed: { type: 'string' },
    files: { type: 'string', multiple: true },
    file: { type: 'string', multiple: true },
    'no-files': { type: 'boolean' },
    'no-network': { type: 'boolean' },
    output: { type: 'string', short: 'o' },
  })
  const [path, ...rest] = positionals
  if (path === undefined) throw new UsageError('which component? give the path of a .wasm file')
  if (rest.length > 0) throw new UsageError(`one component at a time, found also ${rest.join(', ')}`)
  if (options.env && options['no-env']) throw new UsageError('--env and --no-env: say one of them')
  const wanted: Virtualization = {
    env: options['no-env'] ? {} : options.env && Object.fromEntries(options.env.map(parseVariable)),
    args: options.arg,
    cwd: options.cwd,
    time: options.time === undefined ? undefined : parseTime(options.time),
    seed: options.seed === undefined ? undefined : parseSeed(options.seed),
    files: filesOf(options),
    network: options['no-network'] ? false : undefined,
  }
  if (Object.values(wanted).every((each) => each === undefined)) {
    throw new UsageError('what is to be fixed? name at least one option, such as --no-network')
  }
  writeComposition(virtualize(await readPart(path), wanted).composition, options)
  return exitCode.success
})

function filesOf({
  files = [],
  file = [],
  'no-files': none,
}: {
  readonly files?: readonly string[]
  readonly file?: readonly string[]
  readonly 'no-files'?: boolean
}): Virtualization['files'] {
  if (files.length === 0 && file.length === 0) return none ? false : undefined
  if (none) throw new UsageError(`--no-files and --${files.length > 0 ? 'files' : 'file'}: say one of them`)
  return readEmbeddedFiles(files, file)
}

function parseVariable(text: string): [string, string] {
  const equals = text.indexOf('=')
  if (equals < 1) throw new UsageError(`--env ${text}: wanted NAME=VALUE`)
  return [text.slice(0, equals), text.slice(equals + 1)]
}

/** Nanoseconds since 1970. */
function parseTime(text: string): bigint {
  const milliseconds = Date.parse(text)
  if (Number.isNaN(milliseconds) || milliseconds < 0)
    throw new UsageError(`--time ${text}: wanted a time since 1970 such as 2026-01-31T12:00:00Z`)
  return BigInt(milliseconds) * 1_000_000n
}

function parseSeed(text: string): bigint {
  if (!/^[0-9]{1,20}$/.test(text) || BigInt(text) >= 2n ** 64n)
    throw new UsageError(`--seed ${text}: wanted a number from 0 to 2^64 - 1`)
  return BigInt(text)
}
