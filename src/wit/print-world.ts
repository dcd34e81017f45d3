import type { ComponentType, ExternType } from '../component/extern-type.ts'
import { escapeKeyword } from './keywords.ts'
import { asInterface, interfacePath, packageOf } from './package-name.ts'
import { printFunction } from './print-function.ts'
import {
  block,
  type Lines,
  type PrintedFunction,
  printInterfaceBody,
  printScope,
  printUnprintable,
  separate,
} from './print-scope.ts'
import { type Owners, Scope } from './scope.ts'

export interface WorldOptions {
  /** The package that the world is in; `root:component` where nothing else is said, as other tools call it. */
  readonly package?: string
  readonly world?: string
}

/**
 * A component's world as WIT text: its package first, then the packages of the interfaces that it imports and
 * exports, each with what the component knows of them. The text parses and means the component's type.
 *
 * @example
 * printWorld(validate(decode(bytes)))
 * // package root:component;
 * //
 * // world root {
 * //   export add: func(a: s32, b: s32) -> s32;
 * // }
 */
export function printWorld(component: ComponentType, options: WorldOptions = {}): string {
  const home = options.package ?? 'root:component'
  const parts = new World(component, home)
  const world = block(`world ${escapeKeyword(options.world ?? 'root')}`, parts.printWorld())
  const own = parts.printPackage(home)
  const others = parts.packages().filter((name) => name !== home)
  const nested = others.map((name) => block(`package ${name}`, parts.printPackage(name)))
  return `${separate([[`package ${home};`], own, world, ...nested]).join('\n')}\n`
}

type Direction = 'import' | 'export'

class World {
  readonly #component: ComponentType
  readonly #home: string
  /** By full name. */
  readonly #interfaces = new Map<string, Scope>()
  /** Interfaces without a name of their own, by direction and name. */
  readonly #inline = new Map<string, Scope>()
  readonly #scope: Scope

  constructor(component: ComponentType, home: string) {
    this.#component = component
    this.#home = home
    const owners: Owners = new Map()
    this.#scope = new Scope(undefined, owners)
    for (const [direction, name, item] of this.#items()) this.#collect(direction, name, item, owners)
  }

  #items(): [Direction, string, ExternType][] {
    const { imports, exports } = this.#component
    return [
      ...Array.from(imports, ([name, item]): [Direction, string, ExternType] => ['import', name, item]),
      ...Array.from(exports, ([name, item]): [Direction, string, ExternType] => ['export', name, item]),
    ]
  }

  /** In order: whoever comes first owns a type. */
  #collect(direction: Direction, name: string, item: ExternType, owners: Owners): void {
    if (item.kind === 'instance') this.#scopeOf(direction, name, owners).add(item.exports)
    // An exported function is no part of the scope: it may have the name of an imported one.
    else if (item.kind !== 'function' || direction === 'import') this.#scope.add([[name, item]])
  }

  #scopeOf(direction: Direction, name: string, owners: Owners): Scope {
    const named = asInterface(name) !== undefined
    const scopes = named ? this.#interfaces : this.#inline
    const key = named ? name : `${direction} ${name}`
    const scope = scopes.get(key) ?? new Scope(named ? name : undefined, owners)
    scopes.set(key, scope)
    return scope
  }

  packages(): string[] {
    return [...new Set(Array.from(this.#interfaces.keys(), (name) => packageOf(asInterface(name)!)))]
  }

  /** The interfaces of one package. */
  printPackage(name: string): Lines {
    const scopes = [...this.#interfaces.values()].map((scope) => ({
      scope,
      parts: asInterface(scope.interface!)!,
    }))
    const own = scopes.filter(({ parts }) => packageOf(parts) === name)
    return separate(
      own.map(({ scope, parts }) =>
        block(`interface ${escapeKeyword(parts.interface)}`, printInterfaceBody(scope, name)),
      ),
    )
  }

  printWorld(): Lines {
    const exportedFunctions = this.#printExportedFunctions()
    const { uses, types, functions } = printScope(this.#scope, this.#home)
    const print = (direction: Direction, all: readonly PrintedFunction[]): Lines => [
      ...this.#printInterfaces(direction),
      ...all.map(({ name, text }) => `${direction} ${escapeKeyword(name)}: ${text};`),
    ]
    return separate([
      uses,
      types,
      print('import', functions),
      print('export', exportedFunctions),
      printUnprintable(this.#scope),
    ])
  }

  /** They name the types that the world's own scope knows. */
  #printExportedFunctions(): PrintedFunction[] {
    return Array.from(this.#component.exports).flatMap(([name, item]) =>
      item.kind === 'function' ? [{ name, text: printFunction(item, this.#scope.nameOf) }] : [],
    )
  }

  #printInterfaces(direction: Direction): Lines {
    const items = direction === 'import' ? this.#component.imports : this.#component.exports
    return Array.from(items).flatMap(([name, item]) => {
      if (item.kind !== 'instance') return []
      const inline = this.#inline.get(`${direction} ${name}`)
      if (!inline) return [`${direction} ${interfacePath(name, this.#home)};`]
      return block(`${direction} ${escapeKeyword(name)}: interface`, printInterfaceBody(inline, this.#home))
    })
  }
}
