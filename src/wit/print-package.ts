import { escapeKeyword } from './keywords.ts'
import {
  nameInPackage,
  type WitInterface,
  type WitPackage,
  type WitWorld,
  type WorldItem,
} from './package.ts'
import { interfacePath } from './package-name.ts'
import { PackageScope } from './package-scope.ts'
import { printAnnotations, printDocs } from './print-annotations.ts'
import { printFunction } from './print-function.ts'
import { block, type Lines, printInterfaceBody, printScope, separate } from './print-scope.ts'

/**
 * A resolved package as WIT text, and others below it, which it may need, each in braces. The text resolves to the same packages;
 * what gates left out of them is not in it.
 *
 * @example
 * const name = { namespace: 'my', package: 'clocks', version: '1.0.0' }
 * printPackage({ name, docs: 'Time.', interfaces: new Map(), worlds: new Map() })
 * // /// Time.
 * // package my:clocks@1.0.0;
 */
export function printPackage(main: WitPackage, others: readonly WitPackage[] = []): string {
  const head = [...printDocs(main.docs), `package ${packageName(main)};`]
  const nested = others.map((each) => [
    ...printDocs(each.docs),
    ...block(`package ${packageName(each)}`, separate(printItems(each))),
  ])
  return `${separate([head, ...printItems(main), ...nested]).join('\n')}\n`
}

function printItems(one: WitPackage): Lines[] {
  const home = packageName(one)
  return [
    ...Array.from(one.interfaces.values(), (each) => printInterface(each, home)),
    ...Array.from(one.worlds.values(), (each) => printWorld(each, home)),
  ]
}

/** As `interfacePath` compares it. */
function packageName({ name }: Pick<WitPackage, 'name'>): string {
  const version = name.version === undefined ? '' : `@${name.version}`
  return `${escapeKeyword(name.namespace)}:${escapeKeyword(name.package)}${version}`
}

function printInterface(one: WitInterface, home: string): Lines {
  return [...printAnnotations(one), ...block(`interface ${escapeKeyword(one.name!)}`, printBody(one, home))]
}

function printBody(one: WitInterface, home: string): Lines {
  return printInterfaceBody(new PackageScope(one.types.values(), one.functions.values()), home)
}

/** The names that the text of a world knows. */
function scopeOf({ imports }: WitWorld): PackageScope {
  const items = [...imports.values()]
  const types = items.filter((item) => item.kind === 'type')
  const functions = items.filter((item) => item.kind === 'function')
  return new PackageScope(types, functions)
}

/**
 * Says what single items of a world are, for tools that arrange them otherwise: a function's type, the lines of an interface; nothing for
 * a type.
 */
export function worldItemPrinter(world: WitWorld): (item: WorldItem) => readonly string[] {
  const scope = scopeOf(world)
  const home = packageName({ name: world.package })
  return (item) => {
    if (item.kind === 'type') return []
    if (item.kind === 'function') return [printFunction(item.type, scope.nameOf)]
    return printBody(item.interface, home)
  }
}

function printWorld(world: WitWorld, home: string): Lines {
  const scope = scopeOf(world)
  const { uses, types: definitions } = printScope(scope, home)
  const items = (direction: 'import' | 'export', of: WitWorld['imports']): Lines =>
    Array.from(of, ([name, item]) => printItem(direction, name, item, scope, home)).flat()
  const body = [uses, definitions, items('import', world.imports), items('export', world.exports)]
  return [...printAnnotations(world), ...block(`world ${escapeKeyword(world.name)}`, separate(body))]
}

/** Types stand for themselves, and members of resources in their blocks. */
function printItem(
  direction: 'import' | 'export',
  name: string,
  item: WorldItem,
  scope: PackageScope,
  home: string,
): Lines {
  if (item.kind === 'type' || name.startsWith('[')) return []
  const before = printAnnotations(item)
  const label = `${direction} ${escapeKeyword(name)}`
  if (item.kind === 'function') return [...before, `${label}: ${printFunction(item.type, scope.nameOf)};`]
  const { interface: one } = item
  if (one.name === undefined) {
    const docs = [...printDocs(one.docs), ...before]
    return [...docs, ...block(`${label}: interface`, printBody(one, home))]
  }
  const path = interfacePath(nameInPackage(one.package, one.name), home)
  return [...before, `${item.label === undefined ? direction : `${label}:`} ${path};`]
}
