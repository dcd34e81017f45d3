import { decode } from '../binary/decode.ts'
import type { ComponentType } from '../component/extern-type.ts'
import { parseExternName, semverTrack } from '../component/names.ts'
import { type Part, plug, type Plugged } from '../compose/plug.ts'
import { CompositionError } from '../errors.ts'
import { validate } from '../validation/validate.ts'
import { parseWat } from '../wat/index.ts'
import { monotonicClockText, wallClockText } from './clocks.ts'
import { environmentText, type FixedEnvironment } from './environment.ts'
import { noFilesText } from './files.ts'
import { noNamesText, noSocketsText } from './network.ts'
import { randomText } from './random.ts'

/** What a component is to find inside of itself; of the rest it asks the host, as before. */
export interface Virtualization extends FixedEnvironment {
  /** Nanoseconds since 1970 at which the wall clock stands; the monotonic clock begins at 0, and sleeping takes no time. */
  readonly time?: bigint | undefined
  /** Of all random numbers: the same in every run. */
  readonly seed?: bigint | undefined
  /** `false`: no directories. */
  readonly files?: false | undefined
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
 * @throws {CompositionError} `unplugged`, where it imports nothing of what is to be fixed
 *
 * @example
 * const guest = await assemble('(component (import "wasi:random/random@0.2.0" (instance (export "get-random-u64" (func (result u64))))))')
 * virtualize({ name: 'my:guest', component: guest }, { seed: 1n }).composition.imports.size // 0
 */
export function virtualize(socket: Part, options: Virtualization): Plugged {
  const component = socket.component instanceof Uint8Array ? decode(socket.component) : socket.component
  const type = validate(component)
  const texts = wasiImports(type).flatMap((one) => {
    const text = textOf(one, type, options)
    return text === undefined ? [] : [[`tenon:${one.path.replaceAll('/', '-')}`, text] as const]
  })
  if (texts.length === 0) {
    throw new CompositionError('unplugged', `${socket.name} imports nothing of what is to be fixed`, {
      cure: 'it is as it should be already, or something else is to be said: environment, clocks, random numbers, files, network',
    })
  }
  const parts = texts.map(([name, text]) => ({ name, component: parseWat(text) }))
  return plug({ name: socket.name, component }, parts)
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
      return network === false ? noSocketsText(name, protocol, sockets, errorCodes(type, name)) : undefined
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
