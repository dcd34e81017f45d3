import type { Pollable } from '../io/poll.ts'
import { neverBlocks } from '../waiting.ts'
import { denied, type IpAddressFamily, type IpSocketAddress, type Network } from './network.ts'

export interface IncomingDatagram {
  data: Uint8Array
  remoteAddress: IpSocketAddress
}

export interface OutgoingDatagram {
  data: Uint8Array
  remoteAddress: IpSocketAddress | undefined
}

export class UdpSocket {
  startBind(_network: Network, _localAddress: IpSocketAddress): void {
    denied()
  }

  finishBind(): void {
    denied()
  }

  stream(_remoteAddress: IpSocketAddress | undefined): [IncomingDatagramStream, OutgoingDatagramStream] {
    return denied()
  }

  localAddress(): IpSocketAddress {
    return denied()
  }

  remoteAddress(): IpSocketAddress {
    return denied()
  }

  addressFamily(): IpAddressFamily {
    return denied()
  }

  unicastHopLimit(): number {
    return denied()
  }

  setUnicastHopLimit(_value: number): void {
    denied()
  }

  receiveBufferSize(): bigint {
    return denied()
  }

  setReceiveBufferSize(_value: bigint): void {
    denied()
  }

  sendBufferSize(): bigint {
    return denied()
  }

  setSendBufferSize(_value: bigint): void {
    denied()
  }

  subscribe(): Pollable {
    return denied()
  }

  static {
    neverBlocks(UdpSocket.prototype)
  }
}

export class IncomingDatagramStream {
  receive(_maxResults: bigint): IncomingDatagram[] {
    return denied()
  }

  subscribe(): Pollable {
    return denied()
  }

  static {
    neverBlocks(IncomingDatagramStream.prototype)
  }
}

export class OutgoingDatagramStream {
  checkSend(): bigint {
    return denied()
  }

  send(_datagrams: OutgoingDatagram[]): bigint {
    return denied()
  }

  subscribe(): Pollable {
    return denied()
  }

  static {
    neverBlocks(OutgoingDatagramStream.prototype)
  }
}

export const udp = { UdpSocket, IncomingDatagramStream, OutgoingDatagramStream }
