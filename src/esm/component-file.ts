import { TenonError } from '../errors.ts'
import { Component } from '../index.ts'

/** Whether bytes begin as those of a component do. Core modules are the platform's own. */
export function isComponent(bytes: Uint8Array): boolean {
  const preamble = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00]
  return preamble.every((byte, i) => bytes[i] === byte)
}

/**
 * @param eager as in `LoadOptions`
 * @throws {TenonError} naming the file, with the cause
 */
export function componentOf(bytes: Uint8Array, name: string, eager: boolean): Component {
  return naming(name, () => Component.fromBytes(bytes, { name, eager, cache: cacheDirectory() }))
}

function cacheDirectory(): string | undefined {
  try {
    return process.env.TENON_CACHE || undefined
  } catch {
    // Deno was not allowed to say.
    return undefined
  }
}

/** Loaders show no stack of files: what is thrown has to say which one it was. */
export function naming<T>(name: string, make: () => T): T {
  try {
    return make()
  } catch (error) {
    throw named(error, name)
  }
}

/** An error of ours that names the file; what it was is its cause. */
export function named(error: unknown, name: string): unknown {
  if (!(error instanceof TenonError) || error.message.startsWith(name)) return error
  return new TenonError(error.code, `${name}: ${error.message}`, { cause: error })
}
