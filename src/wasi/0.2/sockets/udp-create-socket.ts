import { neverBlocks } from '../waiting.ts'
import { denied, type IpAddressFamily } from './network.ts'
import type { UdpSocket } from './udp.ts'

export const udpCreateSocket = neverBlocks({
  createUdpSocket: (_addressFamily: IpAddressFamily): UdpSocket => denied(),
})
