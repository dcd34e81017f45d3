import { lastLabel } from '../../component/interface-path.ts'
import type { Identifier, UsePath } from '../../wit/syntax.ts'
import type { WorldItem } from '../../wit/package.ts'
import { resolvedInterface } from '../../wit/resolved-package-of.ts'
import type { ResolvedItem } from '../../wit/resolved-item.ts'
import type { Document } from './document.ts'
import type { Item } from './item.ts'
import type { PackageLoader } from './load-package.ts'
import type { PackageReference, PathSyntax } from './syntax.ts'

/** Follows paths to packages, and what is in them. */
export class PathResolver {
  readonly #document: Document
  readonly #loader: PackageLoader
  readonly #home: string

  /** @param home the name of the document's own package */
  constructor(document: Document, loader: PackageLoader, home: string) {
    this.#document = document
    this.#loader = loader
    this.#home = home
  }

  /** @throws {Unreadable} where it leads nowhere, which is reported */
  path({ package: reference, segments }: PathSyntax): Item {
    const [first, ...rest] = segments
    let found: Item = this.#inPackage(reference, first!)
    let name = first!.name
    for (const segment of rest) {
      found = this.#member(found, name, segment)
      ;({ name } = segment)
    }
    return found
  }

  /** @throws {Unreadable} */
  usePath({ package: home, name }: UsePath): Item {
    if (home === undefined) return this.#document.lookUp(name)
    const { namespace, package: own, version, start, end } = home
    return this.#inPackage(
      { name: `${namespace}:${own}`, version, start, end, nameSpan: { start, end } },
      name,
    )
  }

  #inPackage(reference: PackageReference, name: Identifier): Item {
    if (reference.name === this.#home) return this.#document.lookUp(name)
    const found = this.#loader.load(reference)
    const items: ReadonlyMap<string, ResolvedItem> =
      found.kind === 'wit' ? found.resolved.items : new Map<string, ResolvedItem>()
    const item = items.get(name.name)
    if (item !== undefined && item.kind !== 'broken') {
      this.#document.references?.add(this.#document.place(name), item.place)
      return targetOf(item)
    }
    const notes =
      found.kind === 'wit'
        ? this.#document.problems.didYouMean(name.name, [...items.keys()])
        : ['it is a component: interfaces and worlds are in packages of WIT']
    return this.#document.fail(name, `package \`${found.name}\` has no export named \`${name.name}\``, {
      notes,
    })
  }

  #member(parent: Item, parentName: string, name: Identifier): Item {
    const members = membersOf(parent)
    const found = members.get(name.name)
    if (found !== undefined) return found
    return this.#document.fail(name, `\`${parentName}\` has no export named \`${name.name}\``, {
      notes: this.#document.problems.didYouMean(name.name, [...members.keys()]),
    })
  }
}

function targetOf(item: Exclude<ResolvedItem, { kind: 'broken' }>): Item {
  return item.kind === 'interface'
    ? { kind: 'interface', resolved: item, node: undefined }
    : { kind: 'world', resolved: item, node: undefined }
}

/** What an interface defines, or a world exports. */
function membersOf(parent: Item): ReadonlyMap<string, Item> {
  const members = new Map<string, Item>()
  if (parent.kind === 'interface') {
    const { types, functions } = parent.resolved.model
    for (const [name, one] of [...types, ...functions]) members.set(name, memberOf(one))
  } else if (parent.kind === 'world') {
    for (const [name, one] of parent.resolved.model.exports) members.set(lastLabel(name), memberOf(one))
  }
  return members
}

function memberOf(one: WorldItem): Item {
  if (one.kind === 'function') return { kind: 'function-type', type: one.type, node: undefined }
  if (one.kind === 'type') return { kind: 'type', definition: one, node: undefined }
  return { kind: 'interface', resolved: resolvedInterface(one.interface), node: undefined }
}

/** `ns:pkg/item@1.0.0` */
export function pathText({ package: { name, version }, segments }: PathSyntax): string {
  const path = [name, ...segments.map((each) => each.name)].join('/')
  return version === undefined ? path : `${path}@${version}`
}
