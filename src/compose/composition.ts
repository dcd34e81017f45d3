import type { Component } from '../component/component.ts'
import type { ComponentType, ExternType, TypeExtern } from '../component/extern-type.ts'
import { interfaceTrack } from '../component/interface-path.ts'
import { limits } from '../component/limits.ts'
import { parseExternName, uniquenessKey } from '../component/names.ts'
import type { ResourceType } from '../component/value-type.ts'
import { nearest } from '../diagnostics/nearest.ts'
import { CompositionError } from '../errors.ts'
import { Reporter } from '../validation/reporter.ts'
import { Matching } from '../validation/subtyping.ts'
import { TypeStore } from '../validation/type-store.ts'
import { bindResources } from '../validation/bound-resources.ts'
import { type CompositionNode, describeNode, type InstanceNode, type NodeId } from './composition-node.ts'
import { type CompositionJson, compositionJson } from './composition-json.ts'
import { ImportMerger, type OpenImport, type OpenImports } from './open-imports.ts'
import { mentionedImports } from './mentioned-imports.ts'
import { type Package, packageFrom } from './package-source.ts'
import { printExtern, typeDifference } from './type-difference.ts'

/** A line from what is used to who uses it. */
export interface Edge {
  readonly from: NodeId
  readonly to: NodeId
  /** The argument that it is, or the export that is aliased. */
  readonly name: string
}

interface State {
  readonly packages: ReadonlyMap<string, Package>
  readonly nodes: readonly CompositionNode[]
  readonly imports: OpenImports
  readonly exports: ReadonlyMap<string, NodeId>
  /** Resource types that instances in here define: no import can mention them. */
  readonly local: ReadonlyMap<ResourceType, NodeId>
}

const empty: State = {
  packages: new Map(),
  nodes: [],
  imports: new Map(),
  exports: new Map(),
  local: new Map(),
}

/**
 * Components put together, as a value: every operation returns another composition and leaves the one it was asked of as it is. Types
 * are checked at once, so what there is fits together. Arguments are nodes that are there already, so there are no cycles.
 *
 * @example
 * let graph = new Composition().add('docs:adder', await assemble('(component (import "log" (func)) (export "go" (func 0)))'))
 * const instantiated = graph.instantiate('docs:adder')
 * const aliased = instantiated[0].alias(instantiated[1], 'go')
 * graph = aliased[0].export(aliased[1], 'start')
 * Array.from(graph.imports.keys()) // ['log']
 */
export class Composition {
  readonly #state: State

  constructor()
  /** @internal */
  constructor(state: State)
  constructor(state: State = empty) {
    this.#state = state
  }

  /** By name, in the order in which they were added. */
  get packages(): ReadonlyMap<string, Package> {
    return this.#state.packages
  }

  /** A {@link NodeId} is an index into it. */
  get nodes(): readonly CompositionNode[] {
    return this.#state.nodes
  }

  /** What the composition imports, by name: what was imported, and what was left open, merged. */
  get imports(): ReadonlyMap<string, OpenImport> {
    return new Map(Array.from(this.#state.imports.values(), (each) => [each.name, each]))
  }

  /** The same by key, see {@link InstanceNode}. */
  get openImports(): OpenImports {
    return this.#state.imports
  }

  get exports(): ReadonlyMap<string, NodeId> {
    return this.#state.exports
  }

  *edges(): Generator<Edge> {
    for (const [index, node] of this.nodes.entries()) {
      const to = index as NodeId
      if (node.kind === 'alias') yield { from: node.instance, to, name: node.export }
      if (node.kind !== 'instance') continue
      for (const [name, from] of node.arguments) yield { from, to, name }
    }
  }

  /** For tools that draw or compare compositions; types as text. */
  toJSON(): CompositionJson {
    return compositionJson(this)
  }

  /**
   * @param name `namespace:name`, with `@version` where it has one
   * @param source the component; or its type alone, for a package that is only to be imported; or a package of another composition
   */
  add(name: string, source: Uint8Array | Component | ComponentType | Package): Composition {
    if (this.packages.has(name)) {
      throw new CompositionError('package', `package \`${name}\` has been added already`, {
        cure: 'instantiate it as often as you like, or add the other one under another name',
      })
    }
    return this.#with({ packages: new Map(this.packages).set(name, packageFrom(name, source)) })
  }

  /**
   * Imports something.
   *
   * @param uses the imports whose types `type` may mention, by name, each behind those that it mentions itself; what is mentioned
   *   becomes an import of the composition, too
   * @throws {CompositionError} `conflict` where an instance was left to import the same name
   */
  import(
    name: string,
    type: ExternType,
    uses: ReadonlyMap<string, ExternType> = new Map(),
  ): [Composition, NodeId] {
    checkName('import', name)
    const known = this.#state.imports.get(interfaceTrack(name))
    if (known?.node !== undefined && known.name === name) {
      throw new CompositionError('name', `the composition imports \`${name}\` already`, {
        cure: 'use the node that is there',
      })
    }
    if (known?.name === name && known.wantedBy.some(({ by }) => !by.startsWith('import '))) {
      throw importConflict(name, known.wantedBy[0]!.by)
    }
    const by = `import \`${name}\``
    const mentioned = mentionedImports(type, uses)
    const all = new Map([...mentioned, [name, type]])
    const { store, imports, matching } = this.#merging({
      kind: 'component',
      imports: all,
      exports: new Map(),
    })
    for (const [used, usedType] of mentioned) imports.want(used, usedType, by, matching)
    const key = imports.want(name, type, by, matching, { node: this.nodes.length })
    this.#refuseLocal(store, imports.imports, [key])
    const own = imports.imports.get(key)!.type
    return this.#add({ kind: 'import', name, type: own, label: undefined }, { imports: imports.imports })
  }

  /**
   * Instantiates a package. What gets no argument becomes an import of the composition; imports of one name, or of versions that
   * replace each other, become one.
   *
   * @param args nodes by the names of the package's imports
   * @throws {CompositionError} `missing`, `mismatch`, `conflict`, `bound`
   */
  instantiate(
    name: string,
    args: Readonly<Record<string, NodeId>> | ReadonlyMap<string, NodeId> = {},
  ): [Composition, NodeId] {
    const { type } = this.#package(name)
    const given = args instanceof Map ? args : new Map(Object.entries(args as Record<string, NodeId>))
    for (const argument of given.keys()) {
      if (!type.imports.has(argument)) throw noSuchImport(name, type, argument)
    }
    const { store, imports, matching } = this.#merging(type)
    const open = new Map<string, string>()
    for (const [wanted, expected] of type.imports) {
      const node = given.get(wanted)
      if (node === undefined) {
        this.#refuseExplicit(wanted, name)
        const attributes = type.importAttributes?.get(wanted)
        open.set(wanted, imports.want(wanted, expected, name, matching, { attributes }))
      } else this.#checkArgument(store, matching, name, wanted, expected, node)
    }
    this.#refuseLocal(store, imports.imports, open.values())
    const id = this.nodes.length as NodeId
    const local = new Map(this.#state.local)
    for (const resource of store.bound(type).defined) {
      const fresh: ResourceType = { kind: 'resource', name: resource.name }
      matching.substitution.replaceResource(resource, fresh)
      local.set(fresh, id)
    }
    const made: InstanceNode = {
      kind: 'instance',
      package: name,
      arguments: given,
      open,
      type: {
        kind: 'instance',
        exports: matching.substitution.externs(type.exports),
        attributes: type.exportAttributes,
      },
      label: undefined,
    }
    return this.#add(made, { imports: imports.imports, local })
  }

  /** One export of an instance; the same node if it was asked for before. */
  alias(instance: NodeId, name: string): [Composition, NodeId] {
    const node = this.#node(instance)
    const type = this.typeOf(instance)
    if (type.kind !== 'instance') {
      throw new CompositionError('node', `${describeNode(node)} is no instance: it is ${printExtern(type)}`, {
        cure: `only instances have exports such as \`${name}\``,
      })
    }
    const found = type.exports.get(name)
    if (!found) throw noSuchExport(describeNode(node), name, type.exports.keys())
    const known = this.nodes.findIndex(
      (each) => each.kind === 'alias' && each.instance === instance && each.export === name,
    )
    if (known >= 0) return [this, known as NodeId]
    return this.#add({ kind: 'alias', instance, export: name, type: found, label: undefined })
  }

  /** Defines a type, and exports it under its name. */
  define(name: string, type: TypeExtern): [Composition, NodeId] {
    this.#checkExportName(name)
    const id = this.nodes.length as NodeId
    return this.#add(
      { kind: 'definition', name, type, label: undefined },
      { exports: new Map(this.exports).set(name, id) },
    )
  }

  export(node: NodeId, name: string): Composition {
    this.#node(node)
    this.#checkExportName(name)
    return this.#with({ exports: new Map(this.exports).set(name, node) })
  }

  /** Gives a node a name, for whoever reads the component later. */
  name(node: NodeId, label: string): Composition {
    const named = { ...this.#node(node), label }
    return this.#with({ nodes: this.nodes.with(node, named) })
  }

  typeOf(id: NodeId): ExternType {
    const node = this.#node(id)
    if (node.kind !== 'import') return node.type
    return this.#state.imports.get(interfaceTrack(node.name))!.type
  }

  #with(changes: Partial<State>): Composition {
    const state = { ...this.#state, ...changes }
    if (state.nodes.length > limits.compositionNodes || state.exports.size > limits.compositionNodes) {
      throw new CompositionError(
        'limit',
        `a composition has at most ${limits.compositionNodes} nodes, and as many exports`,
        { cure: 'compose parts of it first, each to a component of its own' },
      )
    }
    return new Composition(state)
  }

  #add(node: CompositionNode, changes: Partial<State> = {}): [Composition, NodeId] {
    const id = this.nodes.length as NodeId
    return [this.#with({ ...changes, nodes: [...this.nodes, node] }), id]
  }

  #package(name: string): Package {
    const found = this.packages.get(name)
    if (found) return found
    const near = nearest(name, this.packages.keys())
    throw new CompositionError('package', `there is no package \`${name}\` in the composition`, {
      cure: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `add it first: \`add('${name}', …)\``,
    })
  }

  #node(id: NodeId): CompositionNode {
    const node = this.nodes[id]
    if (node) return node
    throw new CompositionError('node', `there is no node ${id} in the composition`, {
      cure: 'nodes belong to the composition that came with them, and to those made from it',
    })
  }

  /** What merges the imports of a component type into the composition's. */
  #merging(type: ComponentType): {
    readonly store: TypeStore
    readonly imports: ImportMerger
    readonly matching: Matching
  } {
    const store = new TypeStore(new Reporter(), 0)
    bindResources(store, type)
    const imports = new ImportMerger(store, this.#state.imports)
    return { store, imports, matching: new Matching(store, store.bound(type).imported) }
  }

  #checkArgument(
    store: TypeStore,
    matching: Matching,
    name: string,
    wanted: string,
    expected: ExternType,
    node: NodeId,
  ): void {
    const actual = this.typeOf(node)
    bindResources(store, actual)
    const words = matching.extern(actual, expected)
    if (words === undefined) return
    const given = describeNode(this.#node(node))
    throw new CompositionError('mismatch', `${given} does not fit the import \`${wanted}\` of ${name}`, {
      difference: typeDifference(actual, expected, words),
      item: wanted,
      cure: 'pass something of that type, or leave the import open',
    })
  }

  /** What was imported by name is for those that it is passed to. */
  #refuseExplicit(wanted: string, by: string): void {
    const known = this.#state.imports.get(interfaceTrack(wanted))
    const explicit = known?.node === undefined ? undefined : this.nodes[known.node]
    // Merging may have given the import a higher version than the one that was said.
    if (explicit?.kind === 'import' && explicit.name === wanted) throw importConflict(wanted, by)
  }

  #refuseLocal(store: TypeStore, imports: OpenImports, keys: Iterable<string>): void {
    if (this.#state.local.size === 0) return
    for (const key of keys) {
      const { name, type, wantedBy } = imports.get(key)!
      for (const resource of store.freeResources([type])) {
        const owner = this.#state.local.get(resource)
        if (owner === undefined) continue
        const where = describeNode(this.#node(owner))
        throw new CompositionError(
          'bound',
          `the import \`${name}\`, wanted by ${wantedBy.at(-1)!.by}, cannot be left open: it mentions the resource ` +
            `\`${resource.name}\`, which only exists inside, in ${where}`,
          { item: name, cure: 'give it as an argument, from the same instance that the resource comes from' },
        )
      }
    }
  }

  #checkExportName(name: string): void {
    checkName('export', name)
    const key = uniquenessKey(name)
    for (const other of this.exports.keys()) {
      if (uniquenessKey(other) !== key) continue
      throw new CompositionError('name', `the composition exports \`${other}\` already`, {
        cure: `export it under another name than \`${name}\``,
      })
    }
  }
}

function checkName(kind: 'import' | 'export', name: string): void {
  const parts = parseExternName(name)
  if (parts.kind === 'label' || parts.kind === 'interface') return
  const reason = parts.kind === 'invalid' ? parts.problem : `it is the name of a ${parts.kind}`
  throw new CompositionError('name', `${kind} name \`${name}\` is not valid: ${reason}`, {
    cure: 'names are words in small letters joined by dashes, or `namespace:package/interface@1.2.3`',
  })
}

function importConflict(name: string, by: string): CompositionError {
  return new CompositionError(
    'conflict',
    `the import \`${name}\` conflicts with an item that ${by} was left to import under the same name`,
    { item: name, cure: 'pass the import as an argument, or give it another name' },
  )
}

function noSuchImport(name: string, { imports }: ComponentType, argument: string): CompositionError {
  return new CompositionError('missing', `argument \`${argument}\` is not an import of package \`${name}\``, {
    cure: candidates('it imports', argument, imports.keys()),
  })
}

function noSuchExport(instance: string, name: string, exports: Iterable<string>): CompositionError {
  return new CompositionError('missing', `${instance} does not have an export named \`${name}\``, {
    cure: candidates('it exports', name, exports),
  })
}

function candidates(verb: string, name: string, names: Iterable<string>): string {
  const all = [...names]
  const near = nearest(name, all)
  if (near.length > 0) return `did you mean ${near.join(' or ')}?`
  if (all.length === 0) return `${verb} nothing`
  const more = all.length > 10 ? ` and ${all.length - 10} more` : ''
  return `${verb} ${all.slice(0, 10).join(', ')}${more}`
}
