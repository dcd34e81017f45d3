import { Composition } from '../compose/composition.ts'
import type { NodeId } from '../compose/composition-node.ts'
import type { ExternType } from '../component/extern-type.ts'
import { instances, ownerOf, type Stages } from './stages.ts'

/** What is one tree of instances at run time: a composition of its own. */
export interface Stage {
  readonly composition: Composition
  /** What it imports from other trees: nodes by the names of the imports. */
  readonly imports: ReadonlyMap<string, NodeId>
}

/** The name under which a node goes from tree to tree. */
export function itemName(id: NodeId): string {
  return `item-${id}`
}

/** The compositions of all stages in order; undefined for a stage that has nothing in it. */
export function stageCompositions(
  whole: Composition,
  swappable: ReadonlySet<NodeId>,
  stages: Stages,
): readonly (Stage | undefined)[] {
  const passed = passedOn(whole, swappable, stages)
  return Array.from({ length: stages.last + 1 }, (_, index) => {
    const builder = new StageBuilder(whole, (id) => !swappable.has(id) && stages.of.get(id) === index)
    const isEmpty = !builder.addInstances()
    for (const id of passed) if (builder.has(id)) builder.pass(id)
    if (index === stages.last) builder.addExports()
    else if (isEmpty) return undefined
    return { composition: builder.composition, imports: builder.imports }
  })
}

/** Nodes of stages that other trees need. */
function passedOn(whole: Composition, swappable: ReadonlySet<NodeId>, { of, last }: Stages): Set<NodeId> {
  const passed = new Set<NodeId>()
  const pass = (id: NodeId, to: number | undefined): void => {
    const owner = ownerOf(whole, id)
    if (owner !== undefined && !swappable.has(owner) && of.get(owner) !== to) passed.add(id)
  }
  for (const [id, node] of instances(whole)) {
    const to = swappable.has(id) ? undefined : of.get(id)
    for (const each of node.arguments.values()) pass(each, to)
  }
  for (const id of whole.exports.values()) pass(id, last)
  return passed
}

class StageBuilder {
  readonly #whole: Composition
  readonly #isHere: (instance: NodeId) => boolean
  readonly imports = new Map<string, NodeId>()
  readonly #made = new Map<NodeId, NodeId>()
  /** The types of all that may be mentioned: the composition's imports, then what came from other trees. */
  readonly #uses: Map<string, ExternType>
  composition: Composition = new Composition()

  constructor(whole: Composition, isHere: (instance: NodeId) => boolean) {
    this.#whole = whole
    this.#isHere = isHere
    this.#uses = new Map(Array.from(whole.imports, ([name, { type }]) => [name, type]))
  }

  /** Returns whether there are any. */
  addInstances(): boolean {
    let any = false
    for (const [id] of instances(this.#whole)) {
      if (!this.#isHere(id)) continue
      this.#node(id)
      any = true
    }
    return any
  }

  has(id: NodeId): boolean {
    const owner = ownerOf(this.#whole, id)
    return owner !== undefined && this.#isHere(owner)
  }

  pass(id: NodeId): void {
    this.#export(id, itemName(id))
  }

  addExports(): void {
    for (const [name, id] of this.#whole.exports) {
      if (this.#whole.nodes[id]!.kind === 'definition') this.#node(id)
      else this.#export(id, name)
    }
  }

  #export(id: NodeId, name: string): void {
    const made = this.#node(id)
    this.composition = this.composition.export(made, name)
  }

  #node(id: NodeId): NodeId {
    const known = this.#made.get(id)
    if (known !== undefined) return known
    const [composition, made] = this.#make(id)
    this.composition = composition
    const { label } = this.#whole.nodes[id]!
    if (label !== undefined) this.composition = composition.name(made, label)
    this.#made.set(id, made)
    return made
  }

  #make(id: NodeId): [Composition, NodeId] {
    const node = this.#whole.nodes[id]!
    const owner = ownerOf(this.#whole, id)
    if (owner !== undefined && !this.#isHere(owner)) return this.#foreign(id)
    switch (node.kind) {
      case 'import':
        return this.composition.import(node.name, this.#whole.typeOf(id), this.#uses)
      case 'definition':
        return this.composition.define(node.name, node.type)
      case 'alias': {
        const instance = this.#node(node.instance)
        return this.composition.alias(instance, node.export)
      }
      case 'instance': {
        const args = new Map(Array.from(node.arguments, ([name, each]) => [name, this.#node(each)]))
        const { type, component } = this.#whole.packages.get(node.package)!
        if (!this.composition.packages.has(node.package)) {
          this.composition = this.composition.add(node.package, component ?? type)
        }
        return this.composition.instantiate(node.package, args)
      }
    }
  }

  #foreign(id: NodeId): [Composition, NodeId] {
    const name = itemName(id)
    const type = this.#whole.typeOf(id)
    const made = this.composition.import(name, type, this.#uses)
    this.#uses.set(name, type)
    this.imports.set(name, id)
    return made
  }
}
