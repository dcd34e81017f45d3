import type { Host } from '../../host/host.ts'
import { neverBlocks } from '../waiting.ts'
import { Descriptor } from './descriptor.ts'

export function preopens(host: Host) {
  return neverBlocks({
    getDirectories: (): [Descriptor, string][] =>
      host.openPreopens().map(([descriptor, guest]) => {
        host.handles.open()
        return [new Descriptor(host, descriptor), guest]
      }),
  })
}
