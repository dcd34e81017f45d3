import type { Host } from '../host/host.ts'
import { environment } from './cli/environment.ts'
import { exit } from './cli/exit.ts'
import { stderr } from './cli/stderr.ts'
import { stdin } from './cli/stdin.ts'
import { stdout } from './cli/stdout.ts'
import { terminalInput } from './cli/terminal-input.ts'
import { terminalOutput } from './cli/terminal-output.ts'
import { terminalStderr } from './cli/terminal-stderr.ts'
import { terminalStdin } from './cli/terminal-stdin.ts'
import { terminalStdout } from './cli/terminal-stdout.ts'
import { monotonicClock } from './clocks/monotonic-clock.ts'
import { timezone } from './clocks/timezone.ts'
import { wallClock } from './clocks/wall-clock.ts'
import { preopens } from './filesystem/preopens.ts'
import { filesystemTypes } from './filesystem/filesystem-types.ts'
import { error } from './io/error.ts'
import { poll } from './io/poll.ts'
import { streams } from './io/streams.ts'
import { insecure } from './random/insecure.ts'
import { insecureSeed } from './random/insecure-seed.ts'
import { random } from './random/random.ts'
import { instanceNetwork } from './sockets/instance-network.ts'
import { ipNameLookup } from './sockets/ip-name-lookup.ts'
import { network } from './sockets/network.ts'
import { tcp } from './sockets/tcp.ts'
import { tcpCreateSocket } from './sockets/tcp-create-socket.ts'
import { udp } from './sockets/udp.ts'
import { udpCreateSocket } from './sockets/udp-create-socket.ts'

/** The newest WASI 0.2 that these faces are written after. A linker gives them to imports of every 0.2. */
const version = '0.2.12'

/** Every interface of WASI 0.2 that a host gives, by its full name. */
export function imports02(host: Host) {
  return {
    [`wasi:cli/environment@${version}`]: environment(host),
    [`wasi:cli/exit@${version}`]: exit,
    [`wasi:cli/stdin@${version}`]: stdin(host),
    [`wasi:cli/stdout@${version}`]: stdout(host),
    [`wasi:cli/stderr@${version}`]: stderr(host),
    [`wasi:cli/terminal-input@${version}`]: terminalInput,
    [`wasi:cli/terminal-output@${version}`]: terminalOutput,
    [`wasi:cli/terminal-stdin@${version}`]: terminalStdin(host),
    [`wasi:cli/terminal-stdout@${version}`]: terminalStdout(host),
    [`wasi:cli/terminal-stderr@${version}`]: terminalStderr(host),
    [`wasi:clocks/monotonic-clock@${version}`]: monotonicClock(host),
    [`wasi:clocks/timezone@${version}`]: timezone(host),
    [`wasi:clocks/wall-clock@${version}`]: wallClock(host),
    [`wasi:filesystem/preopens@${version}`]: preopens(host),
    [`wasi:filesystem/types@${version}`]: filesystemTypes,
    [`wasi:io/error@${version}`]: error,
    [`wasi:io/poll@${version}`]: poll(host),
    [`wasi:io/streams@${version}`]: streams,
    [`wasi:random/insecure@${version}`]: insecure(host),
    [`wasi:random/insecure-seed@${version}`]: insecureSeed(host),
    [`wasi:random/random@${version}`]: random(host),
    [`wasi:sockets/instance-network@${version}`]: instanceNetwork(host),
    [`wasi:sockets/ip-name-lookup@${version}`]: ipNameLookup,
    [`wasi:sockets/network@${version}`]: network,
    [`wasi:sockets/tcp@${version}`]: tcp,
    [`wasi:sockets/tcp-create-socket@${version}`]: tcpCreateSocket,
    [`wasi:sockets/udp@${version}`]: udp,
    [`wasi:sockets/udp-create-socket@${version}`]: udpCreateSocket,
  }
}
