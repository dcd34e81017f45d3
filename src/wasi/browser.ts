/** `tenon/wasi` for bundles that shall run in browsers only: the same as `index.ts` without Node's side. */
import { createImports, type WasiImports } from './imports.ts'
import type { WasiOptions } from './options.ts'
import { browser } from './platform/browser/index.ts'

export * from './exports.ts'

/** As in `index.ts`, with what a browser has. */
export function wasi(options: WasiOptions = {}): WasiImports {
  return createImports(options, browser)
}
