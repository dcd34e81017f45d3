import type { Pollable } from '../io/poll.ts'
import { neverBlocks } from '../waiting.ts'
import { denied, type IpAddress, type Network } from './network.ts'

export class ResolveAddressStream {
  resolveNextAddress(): IpAddress | undefined {
    return denied()
  }

  subscribe(): Pollable {
    return denied()
  }

  static {
    neverBlocks(ResolveAddressStream.prototype)
  }
}

export const ipNameLookup = {
  ResolveAddressStream,
  ...neverBlocks({ resolveAddresses: (_network: Network, _name: string): ResolveAddressStream => denied() }),
}
