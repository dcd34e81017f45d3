import type { ExternType } from '../../../component/extern-type.ts'
import { interfaceTrack, lastLabel } from '../../../component/interface-path.ts'
import { isLabel, parseInterfaceName } from '../../../component/names.ts'
import { nearest } from '../../../diagnostics/nearest.ts'
import { WacEditError } from '../../../errors.ts'
import { bindResources } from '../../../validation/bound-resources.ts'
import { Reporter } from '../../../validation/reporter.ts'
import { TypeStore } from '../../../validation/type-store.ts'
import { worldItemPrinter } from '../../../wit/print-package.ts'
import { worldOf } from '../../../wit/world-of.ts'
import type { Composition } from '../../composition.ts'
import { inOrder } from '../../import-order.ts'
import { namedTypeIn } from '../named-types.ts'
import { ArgumentList } from './argument-list.ts'
import type { Draft } from './draft.ts'
import { formatStatement } from './format-statement.ts'
import { unique } from './free-name.ts'
import { GivenArguments } from './given-arguments.ts'
import { insertImport } from './place-statement.ts'
import { argumentText, externNameText } from './short-names.ts'
import type { ImportAction } from './wac-action.ts'
import { written } from './written-name.ts'

/** @returns what the text calls the import */
export function importOpen(draft: Draft, { name }: ImportAction): string {
  const { composition } = draft.document
  const open = composition.imports.get(name)
  if (open === undefined) return refuseUnknown(name, composition)
  if (open.node !== undefined)
    throw new WacEditError('name', `the text imports \`${name}\` already`, {
      cure: 'connect what that imports',
    })
  const label = lastLabel(name)
  const id = unique(isLabel(label) ? label : 'imported', draft.takenNames())
  const isPath = hasWit(draft, name)
  const type = isPath ? name : typeText(composition, name, open.type)
  const as = isPath || name === id ? '' : ` as ${externNameText(name)}`
  passToAll(draft, name, id, isPath)
  insertImport(draft, formatStatement(`import ${written(id)}${as}: ${type};`))
  return id
}

/** To every instance that leaves it open. */
function passToAll(draft: Draft, name: string, id: string, isPath: boolean): void {
  const key = interfaceTrack(name)
  const item = { interface: isPath ? name : undefined, externName: name }
  for (const { syntax } of draft.instances()) {
    const given = new GivenArguments(draft, syntax)
    const wanted = [...(given.imports?.keys() ?? [])].filter(
      (each) => interfaceTrack(each) === key && !given.all.has(each),
    )
    const list = new ArgumentList(draft, syntax)
    for (const each of wanted)
      list.add(argumentText(each, given.imports, { text: written(id), alone: { name: id, item } }))
    list.write()
  }
}

/** A package of WIT has this interface. */
function hasWit({ finder }: Draft, name: string): boolean {
  const parts = parseInterfaceName(name)
  if (parts.kind !== 'interface') return false
  const found = finder.find(`${parts.namespace}:${parts.package}`, parts.version)
  return found?.kind === 'wit' && found.package.interfaces.has(parts.interface)
}

/** `func(…)` or `interface { … }`. */
function typeText(composition: Composition, name: string, type: ExternType): string {
  if (type.kind !== 'function' && type.kind !== 'instance') return refuseType(name, `it is a ${type.kind}`)
  if (type.kind === 'function' && namedTypeIn(type))
    return refuseType(name, 'it mentions types that have names')
  const { world, unprintable } = worldOf({
    kind: 'component',
    imports: allImports(composition),
    exports: new Map(),
  })
  const without = unprintable.find(({ path }) => path[0] === name)
  const item = world.imports.get(name)
  if (without || item === undefined) return refuseType(name, `WIT has no words for ${without?.what ?? 'it'}`)
  const lines = worldItemPrinter(world)(item)
  // Names of what others define can be had of packages only.
  if (lines.some((line) => line.startsWith('use '))) refuseType(name, 'it uses types of other interfaces')
  return item.kind === 'function' ? lines.join('\n') : `interface { ${lines.join('\n')}\n}`
}

/** Each behind those whose types it uses. */
function allImports({ openImports }: Composition): ReadonlyMap<string, ExternType> {
  const store = new TypeStore(new Reporter(), 0)
  for (const { type } of openImports.values()) bindResources(store, type)
  return new Map(inOrder(openImports, store).map(({ name, type }) => [name, type]))
}

function refuseType(name: string, why: string): never {
  throw new WacEditError('type', `\`${name}\` cannot be imported by a statement: ${why}`, {
    cure: name.includes(':')
      ? 'add a package of WIT that has the interface: it is imported by its path then'
      : 'leave it open',
  })
}

function refuseUnknown(name: string, { imports }: Composition): never {
  const near = nearest(name, imports.keys())
  throw new WacEditError('missing', `the composition does not import \`${name}\``, {
    cure: near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'name what is left open',
  })
}
