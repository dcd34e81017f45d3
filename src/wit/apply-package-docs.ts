import { DecodeError } from '../errors.ts'
import type { InterfaceDocs, ItemDocs, PackageDocs, TypeDocs, WorldDocs } from './decode-package-docs.ts'
import { packageDocsSection } from './package-docs.ts'
import type { TypeDefinition, WitFunction, WitInterface, WitPackage, WitWorld, WorldItem } from './package.ts'

/** A package that was just read: nobody else knows it yet. */
type Fresh<T> = { -readonly [K in keyof T]: T[K] }

/**
 * Gives a package that was just read the docs and gates that its binary form keeps beside the types.
 *
 * @throws {DecodeError} where they are of something that is not there
 */
export function applyPackageDocs(docs: PackageDocs, to: WitPackage): void {
  new DocsOf(docs).apply(to)
}

class DocsOf {
  readonly #docs: PackageDocs

  constructor(docs: PackageDocs) {
    this.#docs = docs
  }

  apply(to: WitPackage): void {
    const { docs, worlds, interfaces } = this.#docs
    if (docs !== undefined) (to as Fresh<WitPackage>).docs = docs
    for (const [name, each] of worlds) this.#world(each, this.#find('world', name, to.worlds))
    for (const [name, each] of interfaces) this.#interface(each, this.#find('interface', name, to.interfaces))
  }

  #world(docs: WorldDocs, world: WitWorld): void {
    document(world, docs)
    const { imports, exports } = world
    const either = new Map([...exports, ...imports])
    for (const [name, each] of docs.interfaces) this.#inline(each, name, either)
    for (const [name, each] of docs.exportedInterfaces) this.#inline(each, name, exports)
    for (const [name, each] of docs.types) this.#type(each, this.#find('type', name, imports))
    for (const [name, each] of docs.functions) document(this.#find('function', name, either), each)
    for (const [name, each] of docs.exportedFunctions) document(this.#find('function', name, exports), each)
    this.#named(docs.importDocs, docs.importStability, imports)
    this.#named(docs.exportDocs, docs.exportStability, exports)
  }

  /** The gate of an interface that is written in a world is that of the import or export, too. */
  #inline(docs: InterfaceDocs, name: string, items: ReadonlyMap<string, WorldItem>): void {
    const item = this.#find('interface', name, items)
    this.#interface(docs, item.interface)
    const fresh: Fresh<typeof item> = item
    fresh.stability = docs.stability
  }

  #named(
    docs: ReadonlyMap<string, string>,
    stability: WorldDocs['importStability'],
    items: ReadonlyMap<string, WorldItem>,
  ): void {
    for (const name of new Set([...docs.keys(), ...stability.keys()])) {
      const item = this.#find('interface', name, items)
      document(item, { docs: docs.get(name), stability: stability.get(name) })
    }
  }

  #interface(docs: InterfaceDocs, to: WitInterface): void {
    document(to, docs)
    for (const [name, each] of docs.types) this.#type(each, this.#find('type', name, to.types))
    for (const [name, each] of docs.functions) document(this.#find('function', name, to.functions), each)
  }

  #type(docs: TypeDocs, to: TypeDefinition): void {
    document(to, docs)
    if (docs.parts.size === 0) return
    const parts = partNames(to)
    const unknown = [...docs.parts.keys()].find((name) => !parts.has(name))
    if (unknown !== undefined) this.#refuse(`type \`${to.name}\` has no part \`${unknown}\``)
    const fresh: Fresh<TypeDefinition> = to
    fresh.partDocs = docs.parts
  }

  #find<K extends string, T extends { readonly kind: string }>(
    kind: K,
    name: string,
    items: ReadonlyMap<string, T>,
  ): Extract<T, { kind: K }> {
    const found = items.get(name)
    if (found?.kind === kind) return found as Extract<T, { kind: K }>
    return this.#refuse(`missing ${kind} \`${name}\``)
  }

  #refuse(problem: string): never {
    throw new DecodeError(problem, this.#docs.offset, [packageDocsSection])
  }
}

function document(to: WitWorld | WitInterface | WorldItem, { docs, stability }: ItemDocs): void {
  const fresh: Fresh<Pick<WitFunction, 'docs' | 'stability'>> = to
  fresh.docs = docs
  fresh.stability = stability
}

function partNames({ type }: TypeDefinition): ReadonlySet<string> {
  switch (type.kind) {
    case 'record':
      return new Set(type.fields.map(({ name }) => name))
    case 'variant':
      return new Set(type.cases.map(({ name }) => name))
    case 'enum':
    case 'flags':
      return new Set(type.names)
    default:
      return new Set()
  }
}
