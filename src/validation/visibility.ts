/**
 * Every resource, record, variant, enum and flags type that an import or export mentions must have a name that the outside can
 * see (Explainer.md, "External Visibility of Types").
 */
import type { ExternType, InstanceType, TypeExtern } from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'
import { describeExtern } from './describe.ts'
import { ExternList, type Scope } from './scope.ts'
import { originOf, typeNames } from './substituted-exports.ts'
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
      store.work(type.exports.size)
      if (isSelfContained(store, type)) {
        for (const name of typeNames(type))
          addVisible(list, exports, (type.exports.get(name) as TypeExtern).type)
        return true
      }
      for (const each of type.exports.values()) if (!registerVisible(store, list, exports, each)) return false
      return true
    case 'function':
      return everyPart(type, isVisible, list)
    case 'value':
      return isVisible(type.type, list)
    case 'component':
    case 'core-module':
      return true
  }
}

/** What is imported, exports may mention too; not the other way round. */
function addVisible(list: ExternList, exports: ExternList, type: TypeEntity): void {
  list.visible.add(type)
  if (list.kind === 'import') exports.visible.add(type)
}

/**
 * Whether all that the exports of an instance mention is among them, whatever else can be seen: so it is then for the declared
 * type and for everything that is made from it by substitution.
 */
export function isSelfContained(store: TypeStore, type: InstanceType): boolean {
  const origin = originOf(type)
  const known = store.selfContained.get(origin)
  if (known !== 'unknown') return known ?? false
  const list = new ExternList('export')
  const contained = origin.exports
    .values()
    .every((each) => !nests(each) && registerVisible(store, list, list, each))
  store.selfContained.set(origin, contained)
  return contained
}

function nests(type: ExternType): boolean {
  const { kind } = type.kind === 'type' ? type.type : type
  return kind === 'instance' || kind === 'component'
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
