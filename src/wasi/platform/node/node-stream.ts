/** The parts of Node's streams that the host uses, so that other libraries' streams of that shape do as well. */

export interface NodeReadable extends AsyncIterable<Uint8Array | string> {
  /** The descriptor that it reads, if it does. */
  readonly fd?: number | null | undefined
  readonly readableEnded?: boolean
  readonly readableLength?: number
  readonly isTTY?: boolean
  read(size?: number): unknown
  on(event: string, listener: (error: Error) => void): unknown
  off(event: string, listener: (error: Error) => void): unknown
  listenerCount?(event: string): number
  pause?(): unknown
  ref?(): unknown
  unref?(): unknown
}

export interface NodeWritable {
  readonly fd?: number | null | undefined
  readonly isTTY?: boolean
  readonly writableLength?: number
  write(bytes: Uint8Array, done?: (error?: Error | null) => void): unknown
  on(event: string, listener: (error: Error) => void): unknown
}

export function isNodeReadable(value: unknown): value is NodeReadable {
  return hasMethods(value, ['read', 'on', 'off'])
}

export function isNodeWritable(value: unknown): value is NodeWritable {
  return hasMethods(value, ['write', 'on'])
}

/**
 * The descriptor behind a stream, if it is one of the process's own or a terminal: then it can be used directly. A file's
 * stream has a position of its own and must be used as a stream.
 */
export function ownDescriptor(stream: NodeReadable | NodeWritable): number | undefined {
  const { fd, isTTY } = stream
  return typeof fd === 'number' && (fd <= 2 || isTTY) ? fd : undefined
}

function hasMethods(value: unknown, names: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false
  return names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
}
