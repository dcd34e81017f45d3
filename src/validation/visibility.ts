/**
 * Every resource, record, variant, enum and flags type that an import or export mentions must have a name that the outside can
 * see (Explainer.md, "External Visibility of Types").
 */
import type { ExternType, InstanceType } from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'
import { describeExtern } from './describe.ts'
import type { Exports } from './origin.ts'
import type { ExternList, Scope } from './scope.ts'
import { inPlaceOf, SubstitutedExports } from './substituted-exports.ts'
import { everyMention } from './substituted-function.ts'
import { everyPart } from './type-parts.ts'
import type { TypeStore } from './type-store.ts'

/** Checks an import or export, and makes the types that it names visible. */
export function checkVisibility(scope: Scope, list: ExternList, name: string, type: ExternType): void {
  if (type.kind === 'type' && type.type.kind === 'resource') list.resources.add(name, type.type)
  // An instance type may say anything; it is checked where an instance of it is imported or exported.
  if (scope.kind === 'instance-type') return
  if (!registerVisible(scope.store, list, type)) {
    scope.refuse(
      `${describeExtern(type)} not valid to be used as ${list.kind}: \`${name}\` mentions a type ` +
        `that is not ${list.kind}ed under a name before it`,
    )
  }
}

function registerVisible(store: TypeStore, list: ExternList, type: ExternType): boolean {
  switch (type.kind) {
    case 'type':
      if (!isNameable(list, type.type)) return false
      list.show(type.type)
      return true
    case 'instance':
      return registerExports(store, list, type)
    case 'function':
      return everyMention(type, store.mentions, isVisible, list)
    case 'value':
      return isVisible(type.type, list)
    case 'component':
    case 'core-module':
      return true
  }
}

function registerExports(store: TypeStore, list: ExternList, type: InstanceType): boolean {
  const { exports } = type
  const sources = sourcesOf(store, type)
  if (sources?.every((each) => list.seesAll(each))) {
    list.showAll(exports, [])
    return true
  }
  const foreign = foreignTypes(store, type)
  if (foreign === undefined) {
    store.work(type.exports.size)
    for (const each of type.exports.values()) if (!registerVisible(store, list, each)) return false
    return true
  }
  const { typeNames } = store.origin(type)
  store.work(foreign.length + typeNames.length)
  for (const each of foreign) if (!list.sees(inPlaceOf(each, type))) return false
  list.showAll(exports, typeNames)
  return true
}

/** What the exports of an instance were taken from, where that is known of all. */
function sourcesOf(store: TypeStore, type: InstanceType): readonly Exports[] | undefined {
  const { exports } = type
  return exports instanceof SubstitutedExports ? exports.sources : store.origin(type).sources
}

/**
 * The types with names that the exports of an instance mention and do not name before it themselves: none of an interface that
 * uses no other. The same for all instance types that come from one by substitution, and as that one has them. Undefined where there
 * are instances or components among the exports.
 */
export function foreignTypes(store: TypeStore, type: InstanceType): readonly TypeEntity[] | undefined {
  const origin = store.origin(type)
  if (origin.foreign === null)
    origin.foreign = nests(origin.type) ? undefined : findForeign(store, origin.type)
  return origin.foreign
}

function nests({ exports }: InstanceType): boolean {
  for (const each of exports.values()) {
    const { kind } = each.kind === 'type' ? each.type : each
    if (kind === 'instance' || kind === 'component') return true
  }
  return false
}

function findForeign(store: TypeStore, { exports }: InstanceType): readonly TypeEntity[] {
  store.work(exports.size)
  const view = new OwnTypes()
  for (const each of exports.values()) {
    if (each.kind === 'value') isVisible(each.type, view)
    else if (each.kind === 'function') everyMention(each, store.mentions, isVisible, view)
    else if (each.kind === 'type') {
      isNameable(view, each.type)
      view.show(each.type)
    }
  }
  return view.foreign
}

/** What can be seen, and what is made of that alone. */
interface View {
  sees(type: TypeEntity): boolean
  show(type: TypeEntity): void
  /** A type with a name that cannot be seen: whether it may be mentioned all the same. */
  missing?(type: TypeEntity): boolean
}

/** Of an instance that is looked at alone. */
class OwnTypes implements View {
  readonly foreign: TypeEntity[] = []
  readonly #visible = new Set<TypeEntity>()

  sees(type: TypeEntity): boolean {
    return this.#visible.has(type)
  }

  show(type: TypeEntity): void {
    this.#visible.add(type)
  }

  missing(type: TypeEntity): boolean {
    this.show(type)
    this.foreign.push(type)
    return true
  }
}

/** May it be given a name: are its parts visible? */
function isNameable(view: View, type: TypeEntity): boolean {
  switch (type.kind) {
    case 'resource':
    case 'component':
      return true
    case 'instance':
      for (const each of type.exports.values()) {
        if (each.kind === 'component' || each.kind === 'core-module') continue
        if (!isNameable(view, each.kind === 'type' || each.kind === 'value' ? each.type : each)) return false
      }
      return true
    default:
      return everyPart(type, isVisible, view)
  }
}

function isVisible(type: TypeEntity, view: View): boolean {
  switch (type.kind) {
    case 'record':
    case 'variant':
    case 'enum':
    case 'flags':
    case 'resource':
      return view.sees(type) || (view.missing?.(type) ?? false)
    case 'list':
    case 'tuple':
    case 'option':
    case 'result':
    case 'map':
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
      return isMadeOfVisible(type, view)
    default:
      return everyPart(type, isVisible, view)
  }
}

/** What was found visible stays so: names are only added. */
function isMadeOfVisible(type: TypeEntity, view: View): boolean {
  if (view.sees(type)) return true
  const visible = everyPart(type, isVisible, view)
  if (visible) view.show(type)
  return visible
}
