// For whoever compiles against the declarations with an older `lib`.
/// <reference lib="esnext.disposable" preserve="true" />
import { encode } from '../binary/encode.ts'
import type { ExternType, InstanceType } from '../component/extern-type.ts'
import type { Composition } from '../compose/composition.ts'
import { describeNode, type NodeId } from '../compose/composition-node.ts'
import { encodeComposition } from '../compose/encode-composition.ts'
import type { Package } from '../compose/package-source.ts'
import { CompositionError, TenonError } from '../errors.ts'
import { Component, Linker } from '../index.ts'
import type { Imports } from '../runtime/imports.ts'
import type { AsyncView, Exports, Instance } from '../runtime/instance.ts'
import type { ImportCall, ImportObserver } from '../runtime/observe.ts'
import type { InstantiateOptions } from '../runtime/runnable-component.ts'
import { Facade } from './facade.ts'
import { fromHost, memberOf } from './from-host.ts'
import { checkReplacement } from './replacement.ts'
import { itemName, type Stage, stageCompositions } from './stage-composition.ts'
import { instances, ownerOf, type Stages, stagesOf } from './stages.ts'

// Engines that have no `using` yet have no symbol for it either.
const disposeSymbol: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose')

export interface LiveOptions extends Omit<InstantiateOptions, 'observe' | 'maxMemory'> {
  /** Instances that may be exchanged: each is a tree of its own, and what calls it does so through a table. */
  readonly swappable?: Iterable<NodeId> | undefined
  /** As for one instance: each part that may be exchanged, or is observed, has so much of its own, and the others together. */
  readonly maxMemory?: number | undefined
  /**
   * Is told of each call from one instance to another, or to the host, and of its end. Then every instance is a tree of its own,
   * and a call passes JavaScript: what is inside of an instance is not seen. Calls of the composition's exports are their caller's.
   */
  readonly observe?: LiveObserver | undefined
  /** As for `Component.load`. */
  readonly generateCode?: boolean | undefined
}

/** A call that begins; see `ImportCall`. */
export interface LiveCall extends ImportCall {
  /** The instance that calls. */
  readonly from: NodeId
  /** The instance that answers; undefined: the host. */
  readonly to: NodeId | undefined
}

/** See `ImportObserver`. */
export type LiveObserver = (call: LiveCall) => ReturnType<ImportObserver>

/** What takes a part's place. */
export interface Replacement {
  /** A name of its own, for messages: `namespace:name`. */
  readonly name: string
  readonly component: Uint8Array
}

/** An instance that is a tree of its own. */
interface Part {
  readonly id: NodeId
  readonly type: InstanceType
  package: Package
  instance: Instance
  /** Where it may be exchanged. */
  readonly facade: Facade | undefined
  /** Exchanges wait for each other. */
  busy: Promise<unknown>
}

/**
 * A composition that runs, without having been written. Most instances are one tree, as if it were one component; each one that may be
 * exchanged is a tree of its own, and all of them are where calls are observed.
 *
 * @example
 * const [graph, echo] = new Composition().add('a:echo', echo1).instantiate('a:echo')
 * const [aliased, say] = graph.alias(echo, 'say')
 * const live = await LiveComposition.instantiate(aliased.export(say, 'say'), {}, { swappable: [echo] })
 * live.exports.say() // 1
 * await live.swap(echo, { name: 'a:echo2', component: echo2 })
 * live.exports.say() // 2
 */
export class LiveComposition<E extends object = Exports> implements Disposable {
  readonly composition: Composition
  readonly #stages: Stages
  readonly #host: Imports
  readonly #options: LiveOptions
  readonly #trees = new Map<number, Instance>()
  readonly #parts = new Map<NodeId, Part>()
  readonly #loaded = new WeakMap<Package, Component>()
  /** Parts that were exchanged and still have calls inside. */
  readonly #retired = new Set<Instance>()

  private constructor(composition: Composition, stages: Stages, host: Imports, options: LiveOptions) {
    this.composition = composition
    this.#stages = stages
    this.#host = host
    this.#options = options
  }

  /**
   * @param imports as for `Component.instantiate`, or a linker that knows them
   * @throws {CompositionError}
   * @throws {LinkError} naming all imports that are missing or mistyped
   */
  static async instantiate<E extends object = Exports>(
    composition: Composition,
    imports: Imports | Linker = {},
    options: LiveOptions = {},
  ): Promise<LiveComposition<E>> {
    if (imports instanceof Linker) {
      return LiveComposition.instantiate(composition, imports.imports, { ...imports.options, ...options })
    }
    const swappable = new Set(options.swappable)
    for (const id of swappable) checkSwappable(composition, id)
    const alone = options.observe ? new Set(Array.from(instances(composition), ([id]) => id)) : swappable
    const stages = stagesOf(composition, alone)
    const live = new LiveComposition<E>(composition, stages, imports, options)
    try {
      for (const [index, stage] of stageCompositions(composition, alone, stages).entries()) {
        if (stage) live.#trees.set(index, await live.#instantiateStage(stage))
        for (const [id, node] of instances(composition)) {
          if (!alone.has(id) || stages.of.get(id) !== index) continue
          const one = composition.packages.get(node.package)!
          const instance = await live.#instantiatePart(id, one)
          const facade = swappable.has(id) ? new Facade(one.type.exports, instance.exports) : undefined
          const { type } = node
          live.#parts.set(id, { id, type, package: one, instance, facade, busy: Promise.resolve() })
        }
      }
    } catch (error) {
      live.dispose()
      throw error
    }
    return live
  }

  /** As those of an `Instance`. */
  get exports(): E {
    return this.#front.exports as E
  }

  /** The promise view. */
  get async(): AsyncView<E> {
    return this.#front.async as AsyncView<E>
  }

  /** How many parts were exchanged and still have calls inside. */
  get retiring(): number {
    return this.#retired.size
  }

  /**
   * Puts another component in the place of a part. Calls that are inside of the old one end there, and it is disposed after the last of them;
   * all later calls go to the new one. Everything else goes on as it was.
   *
   * @returns when calls go to the new one; `ended`: when the old one was disposed
   * @throws {CompositionError} `mismatch` where it does not fit; `handles` where handles live of resource types that the part shares
   * @throws {LinkError} where it imports what there is not
   */
  async swap(id: NodeId, replacement: Replacement): Promise<{ readonly ended: Promise<void> }> {
    const part = this.#parts.get(id)
    if (!part?.facade) {
      const node = this.composition.nodes[id]
      throw new CompositionError('node', `${node ? describeNode(node) : `node ${id}`} cannot be exchanged`, {
        cure: 'say so when the composition is instantiated: `{ swappable: [node] }`',
      })
    }
    const swapping = part.busy.then(() => this.#swap(part, replacement))
    part.busy = swapping.catch(() => {})
    return swapping
  }

  /** Ends all of its instances: see `Instance`. */
  dispose(): void {
    const errors: unknown[] = []
    const parts = Array.from(this.#parts.values(), ({ instance }) => instance)
    for (const each of [...[...this.#trees.values()].reverse(), ...parts, ...this.#retired]) {
      try {
        each.dispose()
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw errors[0]
  }

  [disposeSymbol](): void {
    this.dispose()
  }

  get #front(): Instance {
    return this.#trees.get(this.#stages.last)!
  }

  async #swap(part: Part, { name, component }: Replacement): Promise<{ readonly ended: Promise<void> }> {
    const one = checkReplacement(this.composition, part, name, component)
    this.#refuseDisposed()
    const made = await this.#instantiatePart(part.id, one)
    const old = part.instance
    try {
      // From here on nothing waits: no call comes between.
      refuseHandles(part)
      this.#refuseDisposed()
    } catch (error) {
      made.dispose()
      throw error
    }
    part.facade!.replace(made.exports)
    part.instance = made
    part.package = one
    this.#retired.add(old)
    const ended = old.disposeWhenIdle().finally(() => this.#retired.delete(old))
    ended.catch(() => {})
    return { ended }
  }

  #refuseDisposed(): void {
    if (this.#front.disposed) throw new TenonError('instance-disposed', 'the composition was disposed')
  }

  async #instantiateStage({ composition, imports }: Stage): Promise<Instance> {
    const component = Component.fromBytes(encodeComposition(composition), {
      name: 'composition',
      generateCode: this.#options.generateCode,
    })
    const items = Array.from(imports, ([name, id]) => [name, this.#valueOf(id)])
    return component.instantiate(this.#imports(Object.fromEntries(items)), this.#limits)
  }

  async #instantiatePart(id: NodeId, one: Package): Promise<Instance> {
    const loaded = this.#load(one)
    const node = this.composition.nodes[id]!
    const args = node.kind === 'instance' ? [...node.arguments] : []
    const given = Object.fromEntries(args.map(([wanted, each]) => [wanted, this.#valueOf(each)]))
    const { observe } = this.#options
    const to = (name: string): NodeId | undefined => {
      const argument = node.kind === 'instance' ? node.arguments.get(name) : undefined
      return argument === undefined ? undefined : ownerOf(this.composition, argument)
    }
    return loaded.instantiate(this.#imports(given), {
      ...this.#limits,
      observe: observe && ((call) => observe({ ...call, from: id, to: to(call.import) })),
    })
  }

  /** Once for all instances of a package. */
  #load(one: Package): Component {
    const { name, component } = one
    if (!component) {
      throw new CompositionError('package', `only the type of package \`${name}\` is known`, {
        cure: 'add it as a component',
      })
    }
    const { generateCode } = this.#options
    const loaded = this.#loaded.get(one) ?? Component.fromBytes(encode(component), { name, generateCode })
    this.#loaded.set(one, loaded)
    return loaded
  }

  get #limits(): InstantiateOptions & { readonly trapUnknown: true } {
    // What is missing is said of all imports alike where it is not allowed.
    const { trapUnknown, maxMemory } = this.#options
    return { trapUnknown: trapUnknown as true, maxMemory }
  }

  /** What the host gives, and on top what other instances do. */
  #imports(items: Imports): Imports {
    return Object.assign(Object.create(null) as Record<string, unknown>, this.#host, items)
  }

  /** What users of a node are given. */
  #valueOf(id: NodeId): unknown {
    const node = this.composition.nodes[id]!
    if (node.kind === 'import') return fromHost(this.#host, node.name)
    const owner = ownerOf(this.composition, id)
    const part = owner === undefined ? undefined : this.#parts.get(owner)
    if (node.kind === 'alias' && owner === undefined) {
      return memberOf(this.#valueOf(node.instance), node.export, node.type)
    }
    if (node.kind === 'alias' && part) {
      return (this.#valueOf(node.instance) as Exports)[node.export]
    }
    if (part) return part.facade?.object ?? part.instance.exports
    return owner === undefined
      ? undefined
      : this.#trees.get(this.#stages.of.get(owner)!)!.exports[itemName(id)]
  }
}

function checkSwappable(composition: Composition, id: NodeId): void {
  const node = composition.nodes[id]
  if (node?.kind === 'instance') return
  throw new CompositionError('node', `${node ? describeNode(node) : `node ${id}`} cannot be exchanged`, {
    cure: 'only instances can',
  })
}

/** @throws {CompositionError} handles */
function refuseHandles({ type, package: one, instance }: Part): void {
  const { liveHandles } = instance.statistics
  if (liveHandles === 0 || !definesResources(type.exports.values())) return
  throw new CompositionError(
    'handles',
    `${one.name} cannot be exchanged: ${liveHandles} ${liveHandles === 1 ? 'handle' : 'handles'} of its resources live`,
    { cure: 'dispose them first: what they stand for exists in this instance only' },
  )
}

function definesResources(types: Iterable<ExternType>): boolean {
  for (const type of types) {
    if (type.kind === 'type' && type.type.kind === 'resource') return true
    if (type.kind === 'instance' && definesResources(type.exports.values())) return true
  }
  return false
}
