import type { InterfaceName } from '../component/names.ts'
import { TenonError } from '../errors.ts'
import { lendersOf } from './lenders.ts'
import {
  nameInPackage,
  type PackageName,
  printPackageName,
  type TypeDefinition,
  type WitFunction,
  type WitInterface,
  type WitPackage,
  type WitWorld,
} from './package.ts'
import { packagesNeededBy } from './packages-needed-by.ts'
import { type Edge, topologicalOrder } from './topological-order.ts'

/** An interface while it becomes known: the maps are those of the model. */
export interface InterfaceDraft {
  readonly model: WitInterface
  readonly types: Map<string, TypeDefinition>
  readonly functions: Map<string, WitFunction>
}

interface PackageDraft {
  readonly name: PackageName
  readonly interfaces: Map<string, InterfaceDraft>
  readonly worlds: Map<string, WitWorld>
}

/** Packages that become known piece by piece, from the types of components. */
export class PackageDrafts {
  readonly #packages = new Map<string, PackageDraft>()

  package(name: PackageName): PackageDraft {
    const key = printPackageName(name)
    const known = this.#packages.get(key)
    if (known !== undefined) return known
    const made = { name, interfaces: new Map(), worlds: new Map() }
    this.#packages.set(key, made)
    return made
  }

  interface(parts: InterfaceName): InterfaceDraft {
    const home = this.package(packageNameOf(parts))
    const known = home.interfaces.get(parts.interface)
    if (known !== undefined) return known
    const made = draftInterface(parts.interface, home.name)
    home.interfaces.set(parts.interface, made)
    return made
  }

  /**
   * Each behind those that it needs, and so are their interfaces. Packages that need each other come last: texts cannot say that.
   *
   * @throws {TenonError} where interfaces use types of each other
   */
  inOrder(): { readonly packages: WitPackage[]; readonly tangled: readonly string[] } {
    refuseCycles(this.#interfaceGraph())
    const packages = new Map<string, WitPackage>()
    for (const [key, { name, interfaces, worlds }] of this.#packages) {
      const { order } = topologicalOrder(usesWithin(interfaces))
      const models = new Map(order.map((each) => [each, finish(interfaces.get(each)!)]))
      packages.set(key, { name, docs: undefined, interfaces: models, worlds })
    }
    const { order, cycles } = topologicalOrder(needs(packages))
    const names = new Set([...order, ...packages.keys()])
    return { packages: Array.from(names, (name) => packages.get(name)!), tangled: cycles[0]?.names ?? [] }
  }

  #interfaceGraph(): Map<string, Edge<undefined>[]> {
    const graph = new Map<string, Edge<undefined>[]>()
    for (const { name, interfaces } of this.#packages.values()) {
      for (const [each, { model }] of interfaces) {
        const lenders = Array.from(lendersOf(model), (one) => nameInPackage(one.package, one.name!))
        graph.set(
          nameInPackage(name, each),
          lenders.map((to) => ({ to, from: undefined })),
        )
      }
    }
    return graph
  }
}

function needs(packages: ReadonlyMap<string, WitPackage>): Map<string, Edge<undefined>[]> {
  const edgesOf = (one: WitPackage) => Array.from(packagesNeededBy(one), (to) => ({ to, from: undefined }))
  return new Map(Array.from(packages, ([name, one]) => [name, edgesOf(one)]))
}

export function draftInterface(name: string | undefined, home: PackageName): InterfaceDraft {
  const types = new Map<string, TypeDefinition>()
  const functions = new Map<string, WitFunction>()
  const own = { package: home, types, functions, docs: undefined, stability: undefined }
  return { model: { kind: 'interface', name, ...own }, types, functions }
}

/** A version that stands for several (`0.2`) becomes the first of them: texts have no other. */
export function packageNameOf({ namespace, package: name, version }: InterfaceName): PackageName {
  if (version === undefined || version.includes('-')) return { namespace, package: name, version }
  const [numbers, ...rest] = version.split('+')
  const zeros = '.0'.repeat(Math.max(0, 3 - numbers!.split('.').length))
  return { namespace, package: name, version: [numbers + zeros, ...rest].join('+') }
}

/** Edges between the interfaces of one package, by their own names; those to others lead nowhere. */
function usesWithin(interfaces: ReadonlyMap<string, InterfaceDraft>): Map<string, Edge<undefined>[]> {
  return new Map(
    Array.from(interfaces, ([name, { model }]) => {
      const own = Array.from(lendersOf(model)).filter((one) => interfaces.get(one.name!)?.model === one)
      return [name, own.map((one) => ({ to: one.name!, from: undefined }))]
    }),
  )
}

function refuseCycles(graph: ReadonlyMap<string, readonly Edge<undefined>[]>): void {
  const [cycle] = topologicalOrder(graph).cycles
  if (cycle === undefined) return
  const around = cycle.names.slice(0, 5).map((name) => `\`${name}\``)
  throw new TenonError(
    'wit',
    `interfaces use types of each other, which WIT cannot say: ${around.join(', ')}`,
  )
}

function finish({ model, types }: InterfaceDraft): WitInterface {
  usesFirst(types)
  return model
}

/** What an interface uses of others stands before what is its own. */
export function usesFirst(types: Map<string, TypeDefinition>): void {
  const all = [...types]
  const isUse = ({ aliasOf, owner }: TypeDefinition): boolean =>
    aliasOf !== undefined && aliasOf.owner !== owner
  types.clear()
  for (const [name, each] of all) if (isUse(each)) types.set(name, each)
  for (const [name, each] of all) if (!isUse(each)) types.set(name, each)
}
