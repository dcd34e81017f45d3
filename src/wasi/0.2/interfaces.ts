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

/** Every interface of WASI 0.2 that a host gives, by its name without version: with the types that the WIT says. */
export function interfaces(host: Host) {
  return {
    'cli/environment': environment(host),
    'cli/exit': exit,
    'cli/stdin': stdin(host),
    'cli/stdout': stdout(host),
    'cli/stderr': stderr(host),
    'cli/terminal-input': terminalInput,
    'cli/terminal-output': terminalOutput,
    'cli/terminal-stdin': terminalStdin(host),
    'cli/terminal-stdout': terminalStdout(host),
    'cli/terminal-stderr': terminalStderr(host),
    'clocks/monotonic-clock': monotonicClock(host),
    'clocks/timezone': timezone(host),
    'clocks/wall-clock': wallClock(host),
    'filesystem/preopens': preopens(host),
    'filesystem/types': filesystemTypes,
    'io/error': error,
    'io/poll': poll(host),
    'io/streams': streams,
    'random/insecure': insecure(host),
    'random/insecure-seed': insecureSeed(host),
    'random/random': random(host),
    'sockets/instance-network': instanceNetwork(host),
    'sockets/ip-name-lookup': ipNameLookup,
    'sockets/network': network,
    'sockets/tcp': tcp,
    'sockets/tcp-create-socket': tcpCreateSocket,
    'sockets/udp': udp,
    'sockets/udp-create-socket': udpCreateSocket,
  }
}
