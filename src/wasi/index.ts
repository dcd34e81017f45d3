/**
 * WASI for guests: the imports that a component built for WASI asks for. Loads on every platform; Node's side
 * is used where Node's modules are there, and asks for none of them by an import.
 */
import '../engine.ts'
import { createImports, type WasiImports } from './imports.ts'
import type { WasiOptions } from './options.ts'
import { browser } from './platform/browser/index.ts'
import { node } from './platform/node/index.ts'

export * from './exports.ts'

/**
 * The imports of WASI, with what is granted. Without options a guest gets clocks (UTC) and random numbers, no arguments, no
 * environment, no files and no network; its input is closed and its output is discarded.
 *
 * The result is an object of interfaces to spread into a component's imports. Directories that it opened are closed by
 * `using`, or when it is forgotten.
 *
 * @example
 * await component.instantiate(wasi({ args: ['tool', '-v'], stdout: process.stdout }))
 * await component.instantiate({ ...wasi({ preopens: [{ guest: '/data', host: './data', readOnly: true }] }), log })
 */
export function wasi(options: WasiOptions = {}): WasiImports {
  return createImports(options, node ?? browser)
}
