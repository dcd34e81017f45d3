import type { ComponentType, ExternType, FunctionType } from '../component/extern-type.ts'
import { parseExternName } from '../component/names.ts'
import type { InterfaceNames } from './interface-names.ts'
import { escapeKeyword } from './keywords.ts'
import { asInterface, interfacePath, packageOf } from './package-name.ts'
import { printFunction } from './print-function.ts'
import {
  block,
  type Lines,
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
  /** What the component's binary says beyond its type. */
  readonly interfaceNames?: InterfaceNames
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
  const parts = new World(component, home, options.interfaceNames)
  const world = block(`world ${escapeKeyword(options.world ?? 'root')}`, parts.printWorld())
  const own = parts.printPackage(home)
  const others = parts.packages().filter((name) => name !== home)
  const nested = others.map((name) => block(`package ${name}`, parts.printPackage(name)))
  return `${separate([[`package ${home};`], own, world, ...nested]).join('\n')}\n`
}

/** One import or export of a world by itself. */
export interface WorldItem {
  readonly direction: 'import' | 'export'
  readonly name: string
  readonly kind: ExternType['kind']
  /** The interface's full name, where the item is an interface with one. */
  readonly interface: string | undefined
  /** A function's type, or the lines of an interface; empty for what WIT cannot say. */
  readonly text: readonly string[]
}

/** The same texts as {@link printWorld}, item by item, for tools that arrange them otherwise. */
export function printWorldItems(component: ComponentType, options: WorldOptions = {}): WorldItem[] {
  return new World(component, options.package ?? 'root:component', options.interfaceNames).printItems()
}

type Direction = WorldItem['direction']

class World {
  readonly #component: ComponentType
  readonly #home: string
  /** By full name. */
  readonly #interfaces = new Map<string, Scope>()
  /** Interfaces without a name of their own, by direction and name. */
  readonly #inline = new Map<string, Scope>()
  readonly #scope: Scope
  readonly #interfaceNames: InterfaceNames | undefined

  constructor(component: ComponentType, home: string, names: InterfaceNames | undefined) {
    this.#component = component
    this.#home = home
    this.#interfaceNames = names
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
    const full = this.#interfaceOf(direction, name)
    const scopes = full === undefined ? this.#inline : this.#interfaces
    const key = full ?? `${direction} ${name}`
    const scope = scopes.get(key) ?? new Scope(full, owners)
    scopes.set(key, scope)
    return scope
  }

  /** Undefined for the instances that are an interface of their own. */
  #interfaceOf(direction: Direction, name: string): string | undefined {
    const said = this.#interfaceNames?.[direction].get(name)
    return said ?? (asInterface(name) === undefined ? undefined : name)
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
    const imports = this.#printItems('import', this.#component.imports)
    const exports = this.#printItems('export', this.#component.exports)
    const { uses, types } = printScope(this.#scope, this.#home)
    return separate([uses, types, imports, exports, printUnprintable(this.#scope)])
  }

  printItems(): WorldItem[] {
    return this.#items().map(([direction, name, item]) => {
      const path = this.#interfaceOf(direction, name)
      const scope = path === undefined ? this.#inline.get(`${direction} ${name}`) : this.#interfaces.get(path)
      let text: Lines = []
      if (item.kind === 'function') text = [printFunction(item, this.#scope.nameOf)]
      else if (item.kind === 'instance' && scope) text = printInterfaceBody(scope, this.#home)
      return {
        direction,
        name,
        kind: item.kind,
        interface: item.kind === 'instance' ? path : undefined,
        text,
      }
    })
  }

  /** Functions and interfaces, in order. */
  #printItems(direction: Direction, items: ReadonlyMap<string, ExternType>): Lines {
    return Array.from(items).flatMap(([name, item]) => {
      if (item.kind === 'function') return this.#printWorldFunction(direction, name, item)
      if (item.kind !== 'instance') return []
      const path = this.#interfaceOf(direction, name)
      const head = asInterface(name) ? direction : `${direction} ${escapeKeyword(name)}:`
      if (path !== undefined) return [`${head} ${interfacePath(path, this.#home)};`]
      const inline = this.#inline.get(`${direction} ${name}`)!
      return block(`${head} interface`, printInterfaceBody(inline, this.#home))
    })
  }

  #printWorldFunction(direction: Direction, name: string, type: FunctionType): Lines {
    const { kind } = parseExternName(name)
    if (kind === 'label')
      return [`${direction} ${escapeKeyword(name)}: ${printFunction(type, this.#scope.nameOf)};`]
    // Members of an imported resource stand in its block; a world has no words to export a resource.
    return direction === 'import' ? [] : [`// ${name}: a function, which WIT cannot say`]
  }
}
