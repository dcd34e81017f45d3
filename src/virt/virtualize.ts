import { decode } from '../binary/decode.ts'
import type { ComponentType } from '../component/extern-type.ts'
import { limits } from '../component/limits.ts'
import { parseExternName, semverTrack } from '../component/names.ts'
import { type Part, plug, type Plugged } from '../compose/plug.ts'
import { CompositionError } from '../errors.ts'
import { validate } from '../validation/validate.ts'
import { parseWat } from '../wat/index.ts'
import { monotonicClockText, wallClockText } from './clocks.ts'
import { environmentText, type FixedEnvironment } from './environment.ts'
import { embeddedFilesText, noFilesText } from './files.ts'
import { filesComponent } from './files-component.generated.ts'
import { noNamesText, noSocketsText } from './network.ts'
import { randomText } from './random.ts'

/** What a component is to find inside of itself; of the rest it asks the host, as before. */
export interface Virtualization extends FixedEnvironment {
  /** Nanoseconds since 1970 at which the wall clock stands; the monotonic clock begins at 0, and sleeping takes no time. */
  readonly time?: bigint | undefined
  /** Of all random numbers: the same in every run. */
  readonly seed?: bigint | undefined
  /**
   * `false`: no directories. A map: these files and no others, by their paths from the root (`etc/hosts`), read-only. With them there are no TCP sockets,
   * whose streams would be the host's.
   */
  readonly files?: false | ReadonlyMap<string, Uint8Array> | undefined
  /** `false`: no sockets, and no names are looked up. */
  readonly network?: false | undefined
}

/** An import of WASI 0.2. */
interface WasiImport {
  /** `cli/environment` */
  readonly path: string
  readonly name: string
  readonly version: string
}

/**
 * Plugs components into a component that answer for the host: with a fixed environment, fixed clocks and random numbers, without files or
 * network. What it does then depends on less, and it can do less.
 *
 * @throws {CompositionError} `unplugged`, where it imports nothing of what is to be fixed; `limit`; `name`, where a file's path is none
 *
 * @example
 * const guest = await assemble('(component (import "wasi:random/random@0.2.0" (instance (export "get-random-u64" (func (result u64))))))')
 * virtualize({ name: 'my:guest', component: guest }, { seed: 1n }).composition.imports.size // 0
 */
export function virtualize(socket: Part, options: Virtualization): Plugged {
  const component = socket.component instanceof Uint8Array ? decode(socket.component) : socket.component
  const type = validate(component)
  const wasi = wasiImports(type)
  checkTime(options.time)
  const texts = wasi.flatMap((one) => {
    const text = textOf(one, type, options)
    // With the version: a component may import several.
    return text === undefined
      ? []
      : [[`tenon:${one.path.replaceAll('/', '-')}@${one.version}`, text] as const]
  })
  const embedded =
    options.files && wasi.some(({ path }) => path.startsWith('filesystem/')) ? filesOf(options.files) : []
  if (texts.length === 0 && embedded.length === 0) {
    throw new CompositionError('unplugged', `${socket.name} imports nothing of what is to be fixed`, {
      cure: 'it is as it should be already, or something else is to be said: environment, clocks, random numbers, files, network',
    })
  }
  const parts = texts.map(([name, text]) => ({ name, component: parseWat(text) }))
  return plug({ name: socket.name, component }, [...parts, ...embedded])
}

/** WASI's clock counts seconds in 64 bits. */
function checkTime(time: bigint | undefined): void {
  if (time === undefined || (time >= 0n && time / 1_000_000_000n < 2n ** 64n)) return
  throw new CompositionError('limit', `the wall clock cannot stand at ${time} ns since 1970`, {
    cure: 'a time is 0 or later, and its seconds fit into 64 bits',
  })
}

/** The file system, and what is in it. @throws {CompositionError} limit, name */
function filesOf(files: ReadonlyMap<string, Uint8Array>): Part[] {
  let bytes = 0
  for (const [path, contents] of files) {
    bytes += contents.length
    const parts = path.split('/')
    if (!parts.includes('') && !parts.includes('.') && !parts.includes('..')) continue
    throw new CompositionError('name', `\`${path}\` is no path of an embedded file`, {
      cure: 'paths begin at the root, without a slash: `etc/hosts`',
    })
  }
  for (const path of files.keys()) {
    const parts = path.split('/')
    const inside = parts.findIndex((_, i) => i > 0 && files.has(parts.slice(0, i).join('/')))
    if (inside < 0) continue
    throw new CompositionError(
      'name',
      `\`${parts.slice(0, inside).join('/')}\` is a file, and \`${path}\` is in it`,
      {
        cure: 'leave one of them away',
      },
    )
  }
  if (bytes > limits.embeddedFiles) {
    throw new CompositionError(
      'limit',
      `embedded files have at most ${limits.embeddedFiles} bytes together`,
      {
        cure: 'give the host the larger ones',
      },
    )
  }
  const guest = Uint8Array.from(atob(filesComponent), (byte) => byte.charCodeAt(0))
  return [
    { name: 'tenon:files', component: guest },
    { name: 'tenon:embedded', component: parseWat(embeddedFilesText(files)) },
  ]
}

function wasiImports({ imports }: ComponentType): WasiImport[] {
  return [...imports.keys()].flatMap((name) => {
    const parts = parseExternName(name)
    if (parts.kind !== 'interface' || parts.namespace !== 'wasi') return []
    if (parts.version === undefined || semverTrack(parts.version) !== '0.2') return []
    return [{ path: `${parts.package}/${parts.interface}`, name, version: parts.version }]
  })
}

function textOf(
  { path, name, version }: WasiImport,
  type: ComponentType,
  { env, args, cwd, time, seed, files, network }: Virtualization,
): string | undefined {
  const other = (item: string): string => `wasi:${item}@${version}`
  const sockets = (item: string): string => other(`sockets/${item}`)
  const isFixed = env !== undefined || args !== undefined || cwd !== undefined
  switch (path) {
    case 'cli/environment':
      return isFixed ? environmentText(name, { env, args, cwd }) : undefined
    case 'clocks/wall-clock':
      return time === undefined ? undefined : wallClockText(name, time)
    case 'clocks/monotonic-clock':
      return time === undefined ? undefined : monotonicClockText(name, other('io/poll'))
    case 'random/random':
    case 'random/insecure':
    case 'random/insecure-seed':
      return seed === undefined ? undefined : randomText(name, path.slice('random/'.length), seed)
    case 'filesystem/preopens':
      return files === false ? noFilesText(name, other('filesystem/types')) : undefined
    case 'sockets/tcp-create-socket':
    case 'sockets/udp-create-socket': {
      const protocol = path.slice('sockets/'.length, 'sockets/'.length + 3)
      const isDenied = network === false || (files && protocol === 'tcp')
      return isDenied ? noSocketsText(name, protocol, sockets, errorCodes(type, name)) : undefined
    }
    case 'sockets/ip-name-lookup':
      return network === false
        ? noNamesText(name, other('io/poll'), sockets, errorCodes(type, name))
        : undefined
    default:
      return undefined
  }
}

/** As the component knows them: later versions may have more. */
function errorCodes({ imports }: ComponentType, name: string): readonly string[] {
  const instance = imports.get(name)
  const code = instance?.kind === 'instance' ? instance.exports.get('error-code') : undefined
  if (code?.kind === 'type' && code.type.kind === 'enum' && code.type.names.includes('access-denied'))
    return code.type.names
  throw new CompositionError('mismatch', `the import \`${name}\` has no error code \`access-denied\``, {
    item: name,
    cure: 'it is not the interface of WASI 0.2',
  })
}
