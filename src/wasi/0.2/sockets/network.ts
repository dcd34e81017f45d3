/**
 * Sockets without a grant: every operation answers `access-denied`, as for any network that may not be used. So no socket
 * ever comes to be, and the methods of the classes say the same.
 */
import { ComponentError } from '../../../errors.ts'
import { CountedHandle } from '../counted-handle.ts'
import type { IoError } from '../io/error.ts'
import { neverBlocks } from '../waiting.ts'

export type NetworkErrorCode =
  | 'unknown'
  | 'access-denied'
  | 'not-supported'
  | 'invalid-argument'
  | 'out-of-memory'
  | 'timeout'
  | 'concurrency-conflict'
  | 'not-in-progress'
  | 'would-block'
  | 'invalid-state'
  | 'new-socket-limit'
  | 'address-not-bindable'
  | 'address-in-use'
  | 'remote-unreachable'
  | 'connection-refused'
  | 'connection-reset'
  | 'connection-aborted'
  | 'datagram-too-large'
  | 'name-unresolvable'
  | 'temporary-resolver-failure'
  | 'permanent-resolver-failure'

export type IpAddressFamily = 'ipv4' | 'ipv6'
export type Ipv4Address = [number, number, number, number]
export type Ipv6Address = [number, number, number, number, number, number, number, number]
export type IpAddress = { tag: 'ipv4'; val: Ipv4Address } | { tag: 'ipv6'; val: Ipv6Address }

export interface Ipv4SocketAddress {
  port: number
  address: Ipv4Address
}

export interface Ipv6SocketAddress {
  port: number
  flowInfo: number
  address: Ipv6Address
  scopeId: number
}

export type IpSocketAddress =
  | { tag: 'ipv4'; val: Ipv4SocketAddress }
  | { tag: 'ipv6'; val: Ipv6SocketAddress }

/** A handle to a network that nobody may use. */
export class Network extends CountedHandle {}

export function denied(): never {
  const code: NetworkErrorCode = 'access-denied'
  throw new ComponentError(code, 'access-denied: the guest was granted no network')
}

export const network = {
  Network,
  ...neverBlocks({
    /** No stream's error is one of a network. */
    networkErrorCode: (_error: IoError): NetworkErrorCode | undefined => undefined,
  }),
}
