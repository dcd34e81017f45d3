import type { Component, CustomSection } from '../component/component.ts'
import type { ComponentType, ExternType } from '../component/extern-type.ts'
import { parseInterfaceName } from '../component/names.ts'
import { DecodeError, TenonError, ValidationError } from '../errors.ts'
import { validate } from '../validation/validate.ts'
import { applyPackageDocs } from './apply-package-docs.ts'
import { decodePackageDocs, type PackageDocs } from './decode-package-docs.ts'
import { PackageDrafts, packageNameOf } from './package-drafts.ts'
import { packageDocsSection } from './package-docs.ts'
import { type PackageName, printPackageName, type WitPackage, type WitWorld } from './package.ts'
import { type WorldNames, worldOf } from './world-of.ts'
import { type Unprintable, WorldReader } from './world-reader.ts'

/** What the bytes of a component say in WIT. */
export interface DecodedWit {
  /** The package that they are the binary form of; for any other component the one that its world is in. */
  readonly main: WitPackage
  /** All, `main` as well, each behind those that it needs; of others only what is used. */
  readonly packages: readonly WitPackage[]
  /** Of a component that is no package in binary form: its world. */
  readonly world: WitWorld | undefined
  /** What WIT has no words for; a package has nothing of that sort. */
  readonly unprintable: readonly Unprintable[]
}

/**
 * A component as WIT: the package that it is the binary form of (WIT.md, "Package Format"), with docs and gates, or its own world. The
 * other way is `encodePackage`.
 *
 * @throws {ValidationError} of a component that is not valid, and of a package that is not one in binary form
 * @throws {DecodeError} of docs and gates that cannot be read, or are of what is not there
 * @example
 * const name = { namespace: 'my', package: 'types', version: '1.0.0' }
 * const one = { kind: 'interface', name: 'one', package: name, types: new Map(), functions: new Map() }
 * const encoded = encodePackage({ name, docs: 'Mine.', interfaces: new Map([['one', one]]), worlds: new Map() })
 * decodeWit(decode(encode(encoded))).main.docs // Mine.
 */
export function decodeWit(component: Component, names: WorldNames = {}): DecodedWit {
  return decodeChecked(component, validate(component), names)
}

/** The same of a component that was checked before: `type` is what came of that. */
export function decodeChecked(component: Component, type: ComponentType, names: WorldNames = {}): DecodedWit {
  if (!isPackage(type)) return worldOf(type, names)
  const { main, packages } = decodePackage(type, component)
  const docs = docsOf(component)
  if (docs !== undefined) applyPackageDocs(docs, main)
  return { main, packages, world: undefined, unprintable: [] }
}

function docsOf(component: Component): PackageDocs | undefined {
  const sections = component.definitions.filter(
    (each): each is CustomSection => each.kind === 'custom' && each.name === packageDocsSection,
  )
  const [first, second] = sections
  if (second !== undefined)
    throw new DecodeError('there are two sections of docs', second.offset, [packageDocsSection])
  return first && decodePackageDocs(component.bytes, first.range)
}

/** Nothing but exported types of components, each under the plain name of an interface or a world. */
function isPackage({ imports, exports }: ComponentType): boolean {
  if (exports.size === 0 || imports.size > 0) return false
  return Array.from(exports).every(
    ([name, each]) => each.kind === 'type' && each.type.kind === 'component' && !name.includes(':'),
  )
}

function decodePackage(type: ComponentType, { range }: Component): Pick<DecodedWit, 'main' | 'packages'> {
  const drafts = new PackageDrafts()
  let home: PackageName | undefined
  const refuse = (problem: string): never => {
    throw new ValidationError(`not a WIT package: ${problem}`, range.start)
  }
  const items = Array.from(type.exports, ([name, each]) => {
    const { full, item, outer } = onlyExport(name, each, refuse)
    const parts = parseInterfaceName(full)
    if (parts.kind !== 'interface' || parts.interface !== name)
      return refuse(`\`${name}\` is exported as \`${full}\``)
    const own = packageNameOf(parts)
    home ??= own
    if (printPackageName(own) !== printPackageName(home))
      refuse(`\`${full}\` is not in package \`${printPackageName(home)}\`, as others are`)
    // Interfaces are in the order of their own types, and not in that in which others mention them.
    if (item.kind === 'instance') drafts.interface(parts)
    return { name, full, item, outer, home }
  })
  for (const { name, full, item, outer, home } of items) {
    const reader = new WorldReader(drafts, home)
    if (item.kind === 'instance') reader.interfaces(outer)
    else drafts.package(home).worlds.set(name, reader.world(item, name))
    const [problem] = reader.unprintable
    if (problem) refuse(`\`${[full, ...problem.path].join(' › ')}\` is ${problem.what}`)
  }
  const packages = inOrder(drafts, refuse)
  const main = packages.find((one) => printPackageName(one.name) === printPackageName(home!))!
  return { main, packages }
}

/** What an exported type is the type of. */
function onlyExport(
  name: string,
  extern: ExternType,
  refuse: (problem: string) => never,
): {
  readonly full: string
  readonly item: Extract<ExternType, { kind: 'instance' | 'component' }>
  readonly outer: ComponentType
} {
  const outer = (extern as Extract<ExternType, { kind: 'type' }>).type as ComponentType
  const [only, another] = outer.exports
  if (only === undefined || another !== undefined)
    return refuse(`\`${name}\` is the type of a component with ${outer.exports.size} exports, not one`)
  const [full, item] = only
  if (item.kind === 'instance' || item.kind === 'component') return { full, item, outer }
  return refuse(`\`${full}\` is neither an instance nor a component`)
}

function inOrder(drafts: PackageDrafts, refuse: (problem: string) => never): WitPackage[] {
  try {
    const { packages, tangled } = drafts.inOrder()
    if (tangled.length > 0) refuse(`packages need each other: ${tangled.slice(0, 9).join(', ')}`)
    return packages
  } catch (error) {
    if (error instanceof TenonError && error.code === 'wit') refuse(error.message)
    throw error
  }
}
