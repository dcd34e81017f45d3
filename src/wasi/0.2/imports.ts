import type { Host } from '../host/host.ts'
import { interfaces } from './interfaces.ts'

/** The newest WASI 0.2 that these faces are written after. A linker gives them to imports of every 0.2. */
const version = '0.2.12'

/** Every interface of WASI 0.2 that a host gives, by its full name. */
export function imports02(host: Host): Readonly<Record<Name, object>> {
  const faces: Readonly<Record<Interface, object>> = interfaces(host)
  const named = Object.entries(faces).map(([name, face]) => [`wasi:${name}@${version}`, face])
  return Object.fromEntries(named) as Record<Name, object>
}

/** `wasi:cli/environment@0.2.12` */
export type Name = `wasi:${Interface}@${typeof version}`

type Interface =
  | 'cli/environment'
  | 'cli/exit'
  | 'cli/stdin'
  | 'cli/stdout'
  | 'cli/stderr'
  | 'cli/terminal-input'
  | 'cli/terminal-output'
  | 'cli/terminal-stdin'
  | 'cli/terminal-stdout'
  | 'cli/terminal-stderr'
  | 'clocks/monotonic-clock'
  | 'clocks/timezone'
  | 'clocks/wall-clock'
  | 'filesystem/preopens'
  | 'filesystem/types'
  | 'io/error'
  | 'io/poll'
  | 'io/streams'
  | 'random/insecure'
  | 'random/insecure-seed'
  | 'random/random'
  | 'sockets/instance-network'
  | 'sockets/ip-name-lookup'
  | 'sockets/network'
  | 'sockets/tcp'
  | 'sockets/tcp-create-socket'
  | 'sockets/udp'
  | 'sockets/udp-create-socket'
