/** The options that say what the guest is granted: the same for `run` and `call`. */
import { statSync } from 'node:fs'
import { ExitError, TenonError, UsageError } from '../errors.ts'
import type { PreopenOption, WasiOptions } from '../wasi/index.ts'
import { exitCode } from './exit-code.ts'
import type { OptionValues } from './parse-options.ts'
import { parseSize } from './parse-size.ts'
import { stderr, stdout } from './write.ts'

export const hostOptions = {
  dir: { type: 'string', multiple: true },
  env: { type: 'string', multiple: true },
  'inherit-env': { type: 'boolean' },
  import: { type: 'string', multiple: true },
  'max-memory': { type: 'string' },
  cache: { type: 'string' },
} as const

export const hostHelp = `  --dir HOST[::GUEST][:ro]  let the guest use the directory HOST, which it sees
                            as GUEST (default: the same path); with :ro it can
                            change nothing in it. Can be given several times
  --env NAME[=VALUE]        set an environment variable; without a value, pass
                            on one's own. Can be given several times
  --inherit-env             pass on the whole environment
  --import NAME=FILE        satisfy the import NAME, an interface or a function,
                            with what the component FILE exports. Can be given
                            several times; a component can use those before it
  --max-memory SIZE         how much all memories of the component may have
                            together: 64MiB, 1GiB, 65536 (bytes). Holds for each
                            component that --import names on its own. Tables and
                            GC objects do not count
  --cache DIR               keep what components compile to in DIR, and start
                            faster the next time (default: the environment
                            variable TENON_CACHE, else nothing is kept)
`

/** Bytes that the memories of one component may have together; undefined: as many as the engine allows. */
export function memoryLimit(options: OptionValues<typeof hostOptions>): number | undefined {
  const size = options['max-memory']
  return size === undefined ? undefined : parseSize(size, '--max-memory')
}

/** Where compiled Plans are kept; undefined for nowhere. */
export function cacheDirectory({ cache }: OptionValues<typeof hostOptions>): string | undefined {
  return cache ?? (process.env.TENON_CACHE || undefined)
}

/** What a guest on a command line gets: standard streams always, and what the options grant. */
export function wasiOptions(options: OptionValues<typeof hostOptions>, args: readonly string[]): WasiOptions {
  return {
    args,
    env: environment(options.env ?? [], options['inherit-env'] ?? false),
    preopens: (options.dir ?? []).map((text) => existing(parseDirectory(text), text)),
    stdin: 0,
    stdout,
    stderr,
    onClosedPipe: () => {
      throw new ExitError(exitCode.brokenPipe)
    },
  }
}

function environment(given: readonly string[], inherit: boolean): Record<string, string | undefined> {
  const env: Record<string, string | undefined> = inherit ? { ...process.env } : {}
  for (const one of given) {
    const equals = one.indexOf('=')
    const name = equals === -1 ? one : one.slice(0, equals)
    if (name === '') throw new UsageError(`--env ${one}: a variable needs a name: NAME=VALUE`)
    // A variable that we do not have either stays unset.
    env[name] = equals === -1 ? process.env[name] : one.slice(equals + 1)
  }
  return env
}

/** `HOST[::GUEST][:ro]` */
export function parseDirectory(text: string): PreopenOption & { readonly host: string } {
  const readOnly = text.endsWith(':ro')
  const paths = readOnly ? text.slice(0, -':ro'.length) : text
  const [host = '', guest = host, ...rest] = paths.split('::')
  if (host === '' || guest === '' || rest.length > 0) {
    throw new UsageError(`--dir ${text}: expected HOST[::GUEST][:ro], such as .::/work:ro`)
  }
  return { host, guest, readOnly }
}

function existing(preopen: PreopenOption & { readonly host: string }, text: string): PreopenOption {
  const found = statSync(preopen.host, { throwIfNoEntry: false })
  if (found?.isDirectory()) return preopen
  throw new TenonError('file', `--dir ${text}: ${preopen.host} is ${found ? 'no directory' : 'not there'}`)
}

/** `NAME=FILE` */
export function parseImport(text: string): { readonly name: string; readonly path: string } {
  const equals = text.indexOf('=')
  const name = text.slice(0, Math.max(equals, 0))
  const path = text.slice(equals + 1)
  if (name === '' || path === '') {
    throw new UsageError(`--import ${text}: expected NAME=FILE, such as ns:pkg/iface=other.wasm`)
  }
  return { name, path }
}
