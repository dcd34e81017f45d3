/** What tests of the faces need: an interface by its short name, and the views of a function. */
import assert from 'node:assert/strict'
import { ComponentError } from '../../../errors.ts'
import { traitsOf } from '../../../runtime/host-function.ts'
import type { Descriptor } from '../../0.2/filesystem/descriptor.ts'
import type { InputStream } from '../../0.2/io/input-stream.ts'
import type { OutputStream } from '../../0.2/io/output-stream.ts'
import type { Pollable } from '../../0.2/io/poll.ts'
import { imports02 } from '../../0.2/imports.ts'
import { Host } from '../../host/host.ts'
import { toGrants, type WasiOptions } from '../../options.ts'
import { browser } from '../browser/index.ts'
import type { Platform } from '../platform.ts'

/** The functions of a host, with their types. */
export function open(options: WasiOptions = {}, platform: Platform = browser) {
  const host = new Host(toGrants(options, platform))
  const imports: Readonly<Record<string, unknown>> = imports02(host)
  const face = <T>(name: string) => imports[`wasi:${name}@0.2.12`] as T
  return {
    host,
    imports,
    face,
    stdin: () => face<{ getStdin(): InputStream }>('cli/stdin').getStdin(),
    stdout: () => face<{ getStdout(): OutputStream }>('cli/stdout').getStdout(),
    stderr: () => face<{ getStderr(): OutputStream }>('cli/stderr').getStderr(),
    preopen: () =>
      face<{ getDirectories(): [Descriptor, string][] }>('filesystem/preopens').getDirectories()[0]![0],
    sleep: (nanoseconds: bigint) =>
      face<{ subscribeDuration(when: bigint): Pollable }>('clocks/monotonic-clock').subscribeDuration(
        nanoseconds,
      ),
    poll: face<{ poll(list: Pollable[]): Uint32Array | Promise<Uint32Array> }>('io/poll').poll,
  }
}

/** A method as the synchronous view calls it. */
export function blocking<A extends unknown[], T>(
  self: object | undefined,
  method: (...args: A) => T,
  ...args: A
): Awaited<T> {
  const { sync } = traitsOf(method)
  assert.ok(sync, 'the method has a twin for blocked threads')
  return (sync as (...args: A) => Awaited<T>).apply(self, args)
}

/** The payload of the ComponentError that a call ends in. */
export async function payloadOf(call: () => unknown): Promise<unknown> {
  try {
    await call()
  } catch (error) {
    if (error instanceof ComponentError) return error.payload
    throw error
  }
  return assert.fail('no error')
}

export const encode = (text: string) => new TextEncoder().encode(text)
export const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
