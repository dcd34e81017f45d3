// For whoever compiles against the declarations with an older `lib`.
/// <reference lib="esnext.disposable" preserve="true" />
import { imports02, type Name } from './0.2/imports.ts'
import { Host } from './host/host.ts'
import { toGrants, type WasiOptions } from './options.ts'
import type { Platform } from './platform/platform.ts'

/**
 * Interfaces by full name: functions in camelCase, resource classes in PascalCase. A linker gives them to imports of every 0.2, and
 * checks what is in them then.
 */
export type Imports = {
  // biome-ignore lint/suspicious/noExplicitAny: stands for the types that whoever imports it has generated.
  readonly [_ in Name]: any
}

/** What `wasi()` returns: imports to spread, that also know how to let go of what they hold open. */
export type WasiImports = Imports & { [Symbol.dispose](): void }

/** The imports of all WASI versions, behind them one host with these grants. */
export function createImports(options: WasiOptions, platform: Platform): WasiImports {
  const host = new Host(toGrants(options, platform))
  const imports = imports02(host)
  // Not enumerable, so that `{ ...wasi() }` takes the interfaces only.
  Object.defineProperty(imports, Symbol.dispose, { value: () => host.close() })
  return imports as unknown as WasiImports // the type checker does not see defineProperty
}
