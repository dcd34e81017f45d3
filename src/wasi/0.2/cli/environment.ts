import type { Host } from '../../host/host.ts'
import { neverBlocks } from '../waiting.ts'

export function environment({ grants }: Host) {
  return neverBlocks({
    getEnvironment: (): [string, string][] => grants.env.map(([name, value]) => [name, value]),
    getArguments: (): string[] => [...grants.args],
    initialCwd: (): string | undefined => grants.cwd,
  })
}
