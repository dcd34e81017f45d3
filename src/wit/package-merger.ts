import { partsOf } from '../component/type-parts.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { elaborate } from './elaborate.ts'
import { lendersOf } from './lenders.ts'
import { mapParts } from './map-parts.ts'
import { usesFirst } from './package-drafts.ts'
import {
  printPackageName,
  type Stability,
  type TypeDefinition,
  type WitFunction,
  type WitInterface,
  type WitPackage,
  type WitWorld,
  type WorldItem,
} from './package.ts'
import type { Place, Problems } from './problems.ts'
import { handlesOf } from './resource-handles.ts'
import { resolvedWorldOf } from './resolved-package-of.ts'
import { type Counterpart, sameFunction, sameType } from './same-type.ts'
import { type Edge, topologicalOrder } from './topological-order.ts'

type Owner = WitInterface | WitWorld
type Gated = Pick<WitInterface, 'stability' | 'place'>

/**
 * Makes one package of two of the same name, and lets all that mentions what either of them defined mention the one. What does not fit
 * together is reported.
 *
 * @param from what is added; undefined for a package that only needs others which were merged
 * @param replaced what was put into the place of what where those that it needs were merged
 */
export function mergePackage(
  into: WitPackage,
  from: WitPackage | undefined,
  replaced: ReadonlyMap<object, object>,
  problems: Problems,
): MergedPackage {
  return new PackageMerger(printPackageName(into.name), replaced, problems).merge(into, from)
}

export interface MergedPackage {
  readonly model: WitPackage
  /** Interfaces, definitions and types of what was given, with what stands for them now. */
  readonly replaced: ReadonlyMap<object, object>
}

class PackageMerger {
  /** For messages. */
  readonly #package: string
  /** By other packages. */
  readonly #replaced: ReadonlyMap<object, object>
  readonly #own = new Map<object, object>()
  readonly #problems: Problems

  constructor(name: string, replaced: ReadonlyMap<object, object>, problems: Problems) {
    this.#package = name
    this.#replaced = replaced
    this.#problems = problems
  }

  merge(into: WitPackage, from: WitPackage | undefined): MergedPackage {
    const interfaces = new Map<string, WitInterface>()
    for (const name of this.#interfaceOrder(into, from)) {
      const [first, second] = inTwo(name, into.interfaces, from?.interfaces)
      interfaces.set(name, this.#interface(`interface \`${name}\``, first, second))
    }
    const worlds = new Map<string, WitWorld>()
    for (const name of namesIn(into.worlds, from?.worlds)) {
      const [first, second] = inTwo(name, into.worlds, from?.worlds)
      worlds.set(name, this.#world(`world \`${name}\``, first, second))
    }
    const model = { ...into, docs: into.docs ?? from?.docs, interfaces, worlds }
    return { model, replaced: this.#own }
  }

  #standIn<T extends object>(one: T): T | undefined {
    return (this.#own.get(one) ?? this.#replaced.get(one)) as T | undefined
  }

  /** Each behind those that it uses in either package. */
  #interfaceOrder(into: WitPackage, from: WitPackage | undefined): readonly string[] {
    const graph = new Map<string, Edge<Place | undefined>[]>()
    for (const one of [into, from]) {
      for (const [name, each] of one?.interfaces ?? []) {
        const edges = graph.get(name) ?? []
        graph.set(name, edges)
        for (const lender of lendersOf(each))
          if (printPackageName(lender.package) === this.#package)
            edges.push({ to: lender.name!, from: each.place })
      }
    }
    const { order, cycles } = topologicalOrder(graph)
    for (const { edge } of cycles)
      this.#report(`interface \`${edge.to}\``, 'it depends on itself', edge.from, undefined)
    return order
  }

  #interface(what: string, first: WitInterface, second: WitInterface | undefined): WitInterface {
    const types = new Map<string, TypeDefinition>()
    const functions = new Map<string, WitFunction>()
    const model: WitInterface = { ...first, types, functions, ...this.#documentation(what, first, second) }
    this.#own.set(first, model)
    if (second !== undefined) this.#own.set(second, model)
    for (const each of first.types.values()) this.#copy(each, model, types)
    for (const [name, each] of second?.types ?? []) {
      const known = types.get(name)
      if (known === undefined) this.#copy(each, model, types)
      else types.set(name, this.#unify(what, known, each))
    }
    for (const [name, each] of first.functions) functions.set(name, this.#function(each))
    for (const [name, each] of second?.functions ?? []) {
      const known = functions.get(name)
      functions.set(name, known ? this.#unifyFunction(what, known, each) : this.#function(each))
    }
    usesFirst(types)
    return model
  }

  #copy(definition: TypeDefinition, owner: Owner, into: Map<string, TypeDefinition>): TypeDefinition {
    const aliasOf = this.#now(definition.aliasOf)
    const made = { ...definition, owner, aliasOf, ...this.#typeOf(definition, aliasOf, owner) }
    this.#stand(definition, made)
    into.set(made.name, made)
    return made
  }

  #typeOf(
    { type, handles }: TypeDefinition,
    aliasOf: TypeDefinition | undefined,
    owner: Owner,
  ): Pick<TypeDefinition, 'type' | 'handles'> {
    if (aliasOf !== undefined && aliasOf.owner !== owner)
      return { type: aliasOf.type, handles: aliasOf.handles }
    if (type.kind !== 'resource') return { type: this.#value(type), handles }
    const resource = (aliasOf?.type ?? type) as ResourceType
    return { type: resource, handles: resource === type ? handles : handlesOf(resource) }
  }

  #now(definition: TypeDefinition | undefined): TypeDefinition | undefined {
    let now = definition
    for (let next = now; next !== undefined; next = this.#standIn(next)) now = next
    return now
  }

  /** From now on the one stands for the other. */
  #stand(definition: TypeDefinition, now: TypeDefinition): void {
    this.#own.set(definition, now)
    const { type, handles } = definition
    if (type.kind !== 'resource') {
      this.#own.set(type, now.type as ValueType)
      return
    }
    if (now.handles === undefined) return
    this.#own.set(type, now.type as ResourceType)
    for (const kind of ['own', 'borrow'] as const) this.#own.set(handles![kind], now.handles[kind])
  }

  #unify(what: string, known: TypeDefinition, other: TypeDefinition): TypeDefinition {
    const aliasOf = this.#now(other.aliasOf)
    const same =
      other.type.kind === 'resource'
        ? known.type.kind === 'resource' && this.#now(known.aliasOf) === aliasOf
        : known.type.kind !== 'resource' && sameType(known.type, other.type, this.#counterpart)
    const path = `${what}: type \`${known.name}\``
    if (!same) this.#report(path, 'it is another type there', other.place, known.place)
    const partDocs = known.partDocs.size > 0 ? known.partDocs : other.partDocs
    const made = { ...known, partDocs, ...this.#documentation(path, known, other) }
    this.#stand(known, made)
    if (same) this.#stand(other, made)
    return made
  }

  #function(one: WitFunction): WitFunction {
    const { parameters, result } = one.type
    const made = parameters.map((each) => ({ name: each.name, type: this.#value(each.type) }))
    return { ...one, type: { ...one.type, parameters: made, result: result && this.#value(result) } }
  }

  #unifyFunction(what: string, known: WitFunction, other: WitFunction): WitFunction {
    const path = `${what}: function \`${known.name}\``
    if (!sameFunction(known.type, other.type, this.#counterpart))
      this.#report(path, 'its type is another one there', other.place, known.place)
    return { ...known, ...this.#documentation(path, known, other) }
  }

  #world(what: string, first: WitWorld, second: WitWorld | undefined): WitWorld {
    const imports = new Map<string, WorldItem>()
    const exports = new Map<string, WorldItem>()
    const made: WitWorld = { ...first, imports, exports, ...this.#documentation(what, first, second) }
    for (const direction of ['import', 'export'] as const) {
      const items = direction === 'import' ? imports : exports
      if (second !== undefined) this.#compareItems(what, direction, first, second)
      for (const [name, item] of first[`${direction}s`])
        items.set(name, this.#item(what, item, second?.[`${direction}s`].get(name), made))
    }
    const resolved = resolvedWorldOf(made)
    elaborate(resolved, this.#problems)
    for (const direction of ['imports', 'exports'] as const) {
      const items = direction === 'imports' ? imports : exports
      items.clear()
      for (const [name, { item }] of resolved[direction]) items.set(name, item)
    }
    return made
  }

  /** A world is one for whoever implements it: nothing is added. */
  #compareItems(what: string, direction: 'import' | 'export', first: WitWorld, second: WitWorld): void {
    const [known, others] = [first[`${direction}s`], second[`${direction}s`]]
    if (known.size !== others.size) {
      const problem = `world contains different number of ${direction}s than expected`
      this.#report(what, problem, second.place, first.place)
      return
    }
    for (const [name, item] of others) {
      const other = known.get(name)
      if (other === undefined || !this.#areAlike(other, item))
        this.#report(what, `${direction} \`${name}\` not found in target world`, item.place, first.place)
    }
  }

  #areAlike(known: WorldItem, other: WorldItem): boolean {
    if (known.kind !== 'interface' || other.kind !== 'interface') return known.kind === other.kind
    if (known.interface.name === undefined) return other.interface.name === undefined
    const now = (one: WitInterface): WitInterface => this.#standIn(one) ?? one
    return now(known.interface) === now(other.interface)
  }

  #item(what: string, item: WorldItem, other: WorldItem | undefined, world: WitWorld): WorldItem {
    switch (item.kind) {
      case 'interface': {
        const second = other?.kind === 'interface' ? other : undefined
        const made = { ...item, ...this.#documentation(what, item, second) }
        if (item.interface.name !== undefined)
          return { ...made, interface: this.#standIn(item.interface) ?? item.interface }
        const inline = second?.interface.name === undefined ? second?.interface : undefined
        return { ...made, interface: this.#interface(what, item.interface, inline) }
      }
      case 'function': {
        const made = this.#function(item)
        return other?.kind === 'function' ? this.#unifyFunction(what, made, other) : made
      }
      case 'type': {
        const made = this.#copy(item, world, new Map())
        return other?.kind === 'type' ? this.#unify(what, made, other) : made
      }
    }
  }

  /** A gate that only one of them has holds. */
  #documentation(
    what: string,
    first: Gated & Pick<WitInterface, 'docs'>,
    second: (Gated & Pick<WitInterface, 'docs'>) | undefined,
  ): { readonly docs: string | undefined; readonly stability: Stability | undefined } {
    const [ours, theirs] = [first.stability, second?.stability]
    if (ours !== undefined && theirs !== undefined && JSON.stringify(ours) !== JSON.stringify(theirs))
      this.#report(what, 'it has another gate there', second?.place, first.place)
    return { docs: first.docs ?? second?.docs, stability: ours ?? theirs }
  }

  /** The same object where nothing in it changes: by it its name is found. */
  readonly #value = (type: ValueType): ValueType => {
    const known = this.#standIn(type)
    if (known !== undefined) return known
    const parts = partsOf(type)
    const made = parts.every((part) => this.#value(part) === part) ? type : mapParts(type, this.#value)
    this.#own.set(type, made)
    return made
  }

  readonly #counterpart: Counterpart = (type) => {
    const now = this.#standIn(type)
    return now === type ? undefined : now
  }

  #report(what: string, problem: string, place: Place | undefined, other: Place | undefined): void {
    const message = `failed to merge package \`${this.#package}\` into existing copy: failed to merge ${what}: ${problem}`
    this.#problems.reportBetween(message, place, other)
  }
}

function namesIn<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T> | undefined): Set<string> {
  return new Set([...a.keys(), ...(b?.keys() ?? [])])
}

/** What two maps have under a name that one of them has: the second is undefined where only one of them has it. */
function inTwo<T>(
  name: string,
  a: ReadonlyMap<string, T>,
  b: ReadonlyMap<string, T> | undefined,
): readonly [T, T | undefined] {
  const [first, second] = [a.get(name), b?.get(name)]
  return first === undefined ? [second!, undefined] : [first, second]
}
