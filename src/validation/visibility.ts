/**
 * Every resource, record, variant, enum and flags type that an import or export mentions must have a name that the outside can
 * see (Explainer.md, "External Visibility of Types").
 */
import type { ExternType } from '../component/extern-type.ts'
import type { TypeEntity } from '../component/resolve-type.ts'
import type { ResourceType } from '../component/value-type.ts'
import { describeExtern } from './describe.ts'
import type { ExternList, Scope } from './scope.ts'
import { partsOf } from './type-parts.ts'

/** Checks an import or export, and makes the types that it names visible. */
export function checkVisibility(scope: Scope, list: ExternList, name: string, type: ExternType): void {
  if (type.kind === 'type' && type.type.kind === 'resource') registerResource(list, name, type.type)
  // An instance type may say anything; it is checked where an instance of it is imported or exported.
  if (scope.kind === 'instance-type') return
  if (!registerVisible(scope, list, type)) {
    scope.refuse(
      `${describeExtern(type)} not valid to be used as ${list.kind}: \`${name}\` mentions a type ` +
        `that is not ${list.kind}ed under a name before it`,
    )
  }
}

function registerResource({ resources }: ExternList, name: string, type: ResourceType): void {
  resources.names.set(type, name)
  resources.all.add(name)
}

function registerVisible(scope: Scope, list: ExternList, type: ExternType): boolean {
  switch (type.kind) {
    case 'type':
      if (!isNameable(list, type.type)) return false
      list.visible.add(type.type)
      // What is imported, exports may mention too; not the other way round.
      if (list.kind === 'import') scope.exports.visible.add(type.type)
      return true
    case 'instance':
      scope.store.work(type.exports.size)
      return type.exports.values().every((each) => registerVisible(scope, list, each))
    case 'function':
      return partsAreVisible(list, type)
    case 'value':
      return isVisible(list, type.type)
    case 'component':
    case 'core-module':
      return true
  }
}

/** May it be given a name: are its parts visible? */
function isNameable(list: ExternList, type: TypeEntity): boolean {
  switch (type.kind) {
    case 'resource':
    case 'component':
      return true
    case 'instance':
      return type.exports.values().every((each) => {
        if (each.kind === 'component' || each.kind === 'core-module') return true
        return isNameable(list, each.kind === 'type' || each.kind === 'value' ? each.type : each)
      })
    default:
      return partsAreVisible(list, type)
  }
}

function isVisible(list: ExternList, type: TypeEntity): boolean {
  switch (type.kind) {
    case 'record':
    case 'variant':
    case 'enum':
    case 'flags':
    case 'resource':
      return list.visible.has(type)
    default:
      return partsAreVisible(list, type)
  }
}

/** What was found visible stays so: names are only added. */
function partsAreVisible(list: ExternList, type: TypeEntity): boolean {
  if (list.checked.has(type)) return true
  const visible = partsOf(type).every((part) => isVisible(list, part))
  if (visible) list.checked.add(type)
  return visible
}
