/**
 * Node's own modules, without an `import` of them: the file loads in a browser too, where they are undefined and nobody
 * calls what uses them (see `index.ts`). No bundler has anything to resolve or to polyfill.
 */

interface Builtins {
  'node:fs': typeof import('node:fs')
  'node:net': typeof import('node:net')
  'node:path': typeof import('node:path')
  'node:tty': typeof import('node:tty')
}

type GetBuiltin = <N extends keyof Builtins>(name: N) => Builtins[N]

const host = (globalThis as { process?: { getBuiltinModule?: GetBuiltin; platform?: string } }).process

/** True in Node, Deno and Bun. */
export const hasNode = typeof host?.getBuiltinModule === 'function'

/** Linux, macOS (`darwin`), `win32` … */
export const platformName = host?.platform ?? 'none'

function builtin<N extends keyof Builtins>(name: N): Builtins[N] {
  // Undefined outside of Node; see above.
  return host?.getBuiltinModule?.(name) as Builtins[N]
}

export const fs = builtin('node:fs')
export const path = builtin('node:path')

/** These two bring Node's streams along, which a start should not wait for. */
export const net = (): Builtins['node:net'] => builtin('node:net')
export const tty = (): Builtins['node:tty'] => builtin('node:tty')
