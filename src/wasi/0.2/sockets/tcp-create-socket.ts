import { neverBlocks } from '../waiting.ts'
import { denied, type IpAddressFamily } from './network.ts'
import type { TcpSocket } from './tcp.ts'

export const tcpCreateSocket = neverBlocks({
  createTcpSocket: (_addressFamily: IpAddressFamily): TcpSocket => denied(),
})
