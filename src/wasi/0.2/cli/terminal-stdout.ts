import type { Host } from '../../host/host.ts'
import { neverBlocks } from '../waiting.ts'
import { TerminalOutput } from './terminal-output.ts'

export function terminalStdout(host: Host) {
  return neverBlocks({
    getTerminalStdout: () => (host.grants.stdout.terminal ? new TerminalOutput(host) : undefined),
  })
}
