/**
 * Every resource, record, variant, enum and flags type that an import or export mentions must have a name that the outside can
 * see (Explainer.md, "External Visibility of Types").
 */
import type { ExternType, InstanceType, TypeExtern } from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'
import { describeExtern } from './describe.ts'
import { foreignTypes } from './foreign-types.ts'
import type { ExternList, Scope } from './scope.ts'
import { inPlaceOf, typeNames } from './substituted-exports.ts'
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
      return everyPart(type, isVisible, list)
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

/** What is imported, exports may mention too; not the other way round. */
function addVisible(list: ExternList, exports: ExternList, type: TypeEntity): void {
  list.visible.add(type)
  if (list.kind === 'import') exports.visible.add(type)
}

/** May it be given a name: are its parts visible? */
function isNameable(list: ExternList, type: TypeEntity): boolean {
  switch (type.kind) {
    case 'resource':
    case 'component':
      return true
    case 'instance':
      for (const each of type.exports.values()) {
        if (each.kind === 'component' || each.kind === 'core-module') continue
        if (!isNameable(list, each.kind === 'type' || each.kind === 'value' ? each.type : each)) return false
      }
      return true
    default:
      return everyPart(type, isVisible, list)
  }
}

function isVisible(type: TypeEntity, list: ExternList): boolean {
  switch (type.kind) {
    case 'record':
    case 'variant':
    case 'enum':
    case 'flags':
    case 'resource':
      return list.visible.has(type)
    case 'list':
    case 'tuple':
    case 'option':
    case 'result':
    case 'map':
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
      return isMadeOfVisible(type, list)
    default:
      return everyPart(type, isVisible, list)
  }
}

/** What was found visible stays so: names are only added. */
function isMadeOfVisible(type: TypeEntity, list: ExternList): boolean {
  if (list.visible.has(type)) return true
  const visible = everyPart(type, isVisible, list)
  if (visible) list.visible.add(type)
  return visible
}
