/** What modules give for the imports of a component, when it is instantiated. */
import { TenonError } from '../errors.ts'
import { ImportSource } from '../runtime/import-source.ts'
import type { Imports } from '../runtime/imports.ts'

/** One import, and the module that it comes from: its namespace. */
export interface ModuleImport {
  /** The exports of the module that give it, in the order in which they are looked for; the name of the import first. */
  readonly keys: readonly string[]
  /** Whether it is an interface: whether the module itself may be what is imported. */
  readonly instance: boolean
  /** The specifier of the module, for messages. */
  readonly from: string
  readonly module: object
}

/**
 * Takes each import from its module: what the module exports under the import's name; else what stands there in an object that
 * it exports as default; else the module itself, where the import is an interface, and its default export where it is none
 * (Explainer.md, "ESM-integration"). Interfaces of other versions serve where they are compatible.
 *
 * @param component its name, for messages
 * @throws {TenonError} link: a module has not run yet, because it imports the component
 *
 * @example
 * const module = { log: console.log }
 * const imports = { log: { keys: ['log'], instance: false, from: './log.js', module } }
 * importsFrom('kv-store.wasm', imports) // { log: console.log }
 */
export function importsFrom(component: string, modules: Readonly<Record<string, ModuleImport>>): Imports {
  const imports: Record<string, unknown> = {}
  for (const [name, one] of Object.entries(modules)) {
    try {
      imports[name] = takenFrom(one)
      if (imports[name] === undefined) throw nothingIn(one, component, name)
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error
      throw new TenonError(
        'link',
        `${component}: the import \`${name}\` comes from ${one.from}, which has not run yet: it imports the component, itself or through other modules. Components cannot import each other in a circle`,
        { cause: error },
      )
    }
  }
  return imports
}

function nothingIn({ keys, from }: ModuleImport, component: string, name: string): TenonError {
  const wanted = keys.map((key) => `\`${key}\``).join(' nor ')
  return new TenonError(
    'link',
    `${component}: the import \`${name}\` comes from ${from}, which exports neither ${wanted} nor a default`,
  )
}

function takenFrom({ keys, instance, module }: ModuleImport): unknown {
  const named = exported(module, keys)
  if (named !== undefined) return named
  const { default: byDefault } = module as { readonly default?: unknown }
  const inDefault =
    typeof byDefault === 'object' && byDefault !== null ? exported(byDefault, keys) : undefined
  if (inDefault !== undefined) return inDefault
  return instance ? module : byDefault
}

function exported(holder: object, keys: readonly string[]): unknown {
  const source = new ImportSource(holder)
  for (const key of keys) {
    const found = source.findInterface(key)
    if (found) return found.value
  }
  return undefined
}
