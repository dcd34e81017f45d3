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
    const module = readable(one.module, (cause) => notRunYet(one, component, name, cause))
    imports[name] = takenFrom({ ...one, module })
    if (imports[name] === undefined) throw nothingIn(one, component, name)
  }
  return imports
}

/** A module, or, where some of its exports are not there yet, an object with those that are; the others throw. */
function readable(module: object, error: (cause: ReferenceError) => TenonError): object {
  const properties: PropertyDescriptorMap = {}
  let complete = true
  for (const key of Reflect.ownKeys(module)) {
    try {
      properties[key as string] = { enumerable: true, value: (module as Record<PropertyKey, unknown>)[key] }
    } catch (cause) {
      if (!(cause instanceof ReferenceError)) throw cause
      complete = false
      properties[key as string] = {
        enumerable: true,
        get: () => {
          throw error(cause)
        },
      }
    }
  }
  return complete ? module : Object.create(null, properties)
}

function notRunYet(
  { from }: ModuleImport,
  component: string,
  name: string,
  cause: ReferenceError,
): TenonError {
  return new TenonError(
    'link',
    `${component}: the import \`${name}\` comes from ${from}, which has not run yet: it imports the component, itself or through other modules. Components cannot import each other in a circle`,
    { cause },
  )
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
