/** The parts of a drawing: which block, and which port of it, a node of the composition is. */
import type { BrokenInstance, Composition, NodeId, WacAnalysis } from 'tenon/compose'
import type { PortRef, TextRange } from '../contract/graph.ts'
import { identified } from './identified.ts'
import type { PackageStore, StoredPackage } from './package-store.ts'

/** What becomes a block. */
export interface Part {
  /** Of the block. */
  readonly id: string
  readonly kind: 'instance' | 'import'
  readonly name: string | undefined
  /** As the text writes it. */
  readonly packageName: string | undefined
  /** Undefined of imports, and where there is none of that name. */
  readonly package: StoredPackage | undefined
  readonly place: TextRange
  readonly statement: TextRange
  /** Undefined of what is broken. */
  readonly node: NodeId | undefined
  readonly broken: BrokenInstance | undefined
}

type Found = Omit<Part, 'id'>

/** The blocks of a text, in its order. */
export class Parts {
  readonly all: readonly Part[]
  readonly #byId: ReadonlyMap<string, Part>
  readonly #byNode: ReadonlyMap<NodeId, Part>
  readonly #composition: Composition

  constructor(analysis: WacAnalysis, store: PackageStore) {
    this.#composition = analysis.composition
    const found = [...nodesIn(analysis, store), ...brokenIn(analysis, store)]
    this.all = identified(found, (part) => part.package?.name ?? part.packageName)
    this.#byId = new Map(this.all.map((part) => [part.id, part]))
    this.#byNode = new Map(this.all.flatMap((part) => (part.node === undefined ? [] : [[part.node, part]])))
  }

  get(id: string): Part | undefined {
    return this.#byId.get(id)
  }

  /** The block of an instance or an import. */
  at(node: NodeId): Part | undefined {
    return this.#byNode.get(node)
  }

  /** Of an export of an export it is the outer one that is drawn. Undefined of types that the text defines. */
  exportOf(id: NodeId): PortRef | undefined {
    const node = this.#composition.nodes[id]!
    if (node.kind === 'alias') {
      const outer = this.exportOf(node.instance)
      return outer && (outer.port === undefined ? { ...outer, port: node.export } : outer)
    }
    const part = this.#byNode.get(id)
    if (part === undefined) return undefined
    return { block: part.id, side: 'export', port: node.kind === 'import' ? node.name : undefined }
  }
}

function nodesIn({ composition, nodes }: WacAnalysis, store: PackageStore): Found[] {
  const found: Found[] = []
  for (const [id, { name, place, statement }] of nodes) {
    const node = composition.nodes[id]!
    if (node.kind !== 'instance' && node.kind !== 'import') continue
    const packageName = node.kind === 'instance' ? node.package : undefined
    found.push({
      kind: node.kind,
      name,
      packageName,
      package: packageName === undefined ? undefined : store.written(packageName),
      place: place.span,
      statement: statement.span,
      node: id,
      broken: undefined,
    })
  }
  return found
}

function brokenIn({ broken }: WacAnalysis, store: PackageStore): Found[] {
  return broken.map((each) => ({
    kind: 'instance',
    name: each.name,
    packageName: each.package,
    package: store.written(each.package),
    place: each.place.span,
    statement: each.statement.span,
    node: undefined,
    broken: each,
  }))
}
