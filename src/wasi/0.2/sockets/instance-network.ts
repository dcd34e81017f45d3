import type { Host } from '../../host/host.ts'
import { neverBlocks } from '../waiting.ts'
import { Network } from './network.ts'

export function instanceNetwork(host: Host) {
  return neverBlocks({ instanceNetwork: () => new Network(host) })
}
