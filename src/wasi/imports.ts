// For whoever compiles against the declarations with an older `lib`.
/// <reference lib="esnext.disposable" preserve="true" />
import { imports02 } from './0.2/imports.ts'
import { Host } from './host/host.ts'
import { toGrants, type WasiOptions } from './options.ts'
import type { Platform } from './platform/platform.ts'

/** The packages whose interfaces there are. */
type Package = 'cli' | 'clocks' | 'filesystem' | 'io' | 'random' | 'sockets'

/**
 * Interfaces by full name: functions in camelCase, resource classes in PascalCase. They stand for those of every 0.2, as they do when
 * they are linked; what is in them is checked then.
 */
export type Imports = {
  // biome-ignore lint/suspicious/noExplicitAny: stands for the types that whoever imports it has generated.
  readonly [name: `wasi:${Package}/${string}@0.2.${string}`]: any
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
