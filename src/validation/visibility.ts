/**
 * Every resource, record, variant, enum and flags type that an import or export mentions must have a name that the outside can
 * see (Explainer.md, "External Visibility of Types").
 */
import type { ExternType, InstanceType, TypeExtern } from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'
import { describeExtern } from './describe.ts'
import type { ExternList, Scope } from './scope.ts'
import { inPlaceOf, originOf, typeNames } from './substituted-exports.ts'
import { everyMention } from './substituted-function.ts'
import type { TypeStore } from './type-store.ts'
import { everyPart } from './type-parts.ts'

/** Checks an import or export, and makes the types that it names visible. */
export function checkVisibility(scope: Scope, list: ExternList, name: string, type: ExternType): void {
  if (type.kind === 'type' && type.type.kind === 'resource') list.resources.add(name, type.type)
  // An instance type may say anything; it is checked where an instance of it is imported or exported.
  if (scope.kind === 'instance-type') return
  if (!registerVisible(scope.store, list, scope.exports, type)) {
    scope.refuse(
      `${describeExtern(type)} not valid to be used as ${list.kind}: \`${name}\` mentions a type ` +
        `that is not ${list.kind}ed under a name before it`,
    )
  }
}

function registerVisible(store: TypeStore, list: ExternList, exports: ExternList, type: ExternType): boolean {
  switch (type.kind) {
    case 'type':
      if (!isNameable(list, type.type)) return false
      addVisible(list, exports, type.type)
      return true
    case 'instance':
      return registerExports(store, list, exports, type)
    case 'function':
      return everyMention(type, store.mentions, isVisible, list)
    case 'value':
      return isVisible(type.type, list)
    case 'component':
    case 'core-module':
      return true
  }
}

function registerExports(
  store: TypeStore,
  list: ExternList,
  exports: ExternList,
  type: InstanceType,
): boolean {
  const foreign = foreignTypes(store, type)
  if (foreign === undefined) {
    store.work(type.exports.size)
    for (const each of type.exports.values()) if (!registerVisible(store, list, exports, each)) return false
    return true
  }
  const names = typeNames(type)
  store.work(foreign.length + names.length)
  for (const each of foreign) if (!list.visible.has(inPlaceOf(each, type))) return false
  for (const name of names) addVisible(list, exports, (type.exports.get(name) as TypeExtern).type)
  return true
}

/**
 * The types with names that the exports of an instance mention and do not name before it themselves: none of an interface that
 * uses no other. The same for all instance types that come from one by substitution, and as that one has them. Undefined where there
 * are instances or components among the exports.
 */
export function foreignTypes(store: TypeStore, type: InstanceType): readonly TypeEntity[] | undefined {
  const origin = originOf(type)
  if (store.foreignTypes.has(origin)) return store.foreignTypes.get(origin)
  const foreign = nests(origin) ? undefined : findForeign(store, origin)
  store.foreignTypes.set(origin, foreign)
  return foreign
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
  const foreign: TypeEntity[] = []
  const visible = new Set<TypeEntity>()
  const view: View = {
    visible,
    missing(type) {
      visible.add(type)
      foreign.push(type)
      return true
    },
  }
  for (const each of exports.values()) {
    if (each.kind === 'value') isVisible(each.type, view)
    else if (each.kind === 'function') everyMention(each, store.mentions, isVisible, view)
    else if (each.kind === 'type') {
      isNameable(view, each.type)
      visible.add(each.type)
    }
  }
  return foreign
}

/** What can be seen, and what is made of that alone. */
interface View {
  readonly visible: Set<TypeEntity>
  /** Asked of a type with a name that cannot be seen: whether it may be mentioned all the same. */
  missing?(type: TypeEntity): boolean
}

/** What is imported, exports may mention too; not the other way round. */
function addVisible(list: ExternList, exports: ExternList, type: TypeEntity): void {
  list.visible.add(type)
  if (list.kind === 'import') exports.visible.add(type)
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
      return view.visible.has(type) || (view.missing?.(type) ?? false)
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
  if (view.visible.has(type)) return true
  const visible = everyPart(type, isVisible, view)
  if (visible) view.visible.add(type)
  return visible
}
