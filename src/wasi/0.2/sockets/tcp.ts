import type { InputStream } from '../io/input-stream.ts'
import type { OutputStream } from '../io/output-stream.ts'
import type { Pollable } from '../io/poll.ts'
import { neverBlocks } from '../waiting.ts'
import { denied, type IpAddressFamily, type IpSocketAddress, type Network } from './network.ts'

export type ShutdownType = 'receive' | 'send' | 'both'

export class TcpSocket {
  startBind(_network: Network, _localAddress: IpSocketAddress): void {
    denied()
  }

  finishBind(): void {
    denied()
  }

  startConnect(_network: Network, _remoteAddress: IpSocketAddress): void {
    denied()
  }

  finishConnect(): [InputStream, OutputStream] {
    return denied()
  }

  startListen(): void {
    denied()
  }

  finishListen(): void {
    denied()
  }

  accept(): [TcpSocket, InputStream, OutputStream] {
    return denied()
  }

  localAddress(): IpSocketAddress {
    return denied()
  }

  remoteAddress(): IpSocketAddress {
    return denied()
  }

  isListening(): boolean {
    return denied()
  }

  addressFamily(): IpAddressFamily {
    return denied()
  }

  setListenBacklogSize(_value: bigint): void {
    denied()
  }

  keepAliveEnabled(): boolean {
    return denied()
  }

  setKeepAliveEnabled(_value: boolean): void {
    denied()
  }

  keepAliveIdleTime(): bigint {
    return denied()
  }

  setKeepAliveIdleTime(_value: bigint): void {
    denied()
  }

  keepAliveInterval(): bigint {
    return denied()
  }

  setKeepAliveInterval(_value: bigint): void {
    denied()
  }

  keepAliveCount(): number {
    return denied()
  }

  setKeepAliveCount(_value: number): void {
    denied()
  }

  hopLimit(): number {
    return denied()
  }

  setHopLimit(_value: number): void {
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

  shutdown(_shutdownType: ShutdownType): void {
    denied()
  }

  static {
    neverBlocks(TcpSocket.prototype)
  }
}

export const tcp = { TcpSocket }
