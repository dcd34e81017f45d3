import type { Host } from '../../host/host.ts'
import { neverBlocks } from '../waiting.ts'
import { TerminalOutput } from './terminal-output.ts'

export function terminalStderr(host: Host) {
  return neverBlocks({
    getTerminalStderr: () => (host.grants.stderr.terminal ? new TerminalOutput(host) : undefined),
  })
}
