import type { Host } from '../../host/host.ts'
import { neverBlocks } from '../waiting.ts'
import { TerminalInput } from './terminal-input.ts'

export function terminalStdin(host: Host) {
  return neverBlocks({
    getTerminalStdin: () => (host.grants.stdin.terminal ? new TerminalInput(host) : undefined),
  })
}
