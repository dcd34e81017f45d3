import type { AliasTarget, CoreSort, Sort } from '../component/component.ts'
import type { Scope } from './scope.ts'
import type { Symbolic, SymbolicCore, SymbolicCoreInstance } from './symbolic.ts'

/** An alias defines what it leads to; at run time there is nothing left of it. */
export function defineAlias(scope: Scope, sort: Sort, target: AliasTarget): void {
  switch (target.kind) {
    case 'export':
      scope.defineSymbolic(exportOf(scope, sort, target.instance, target.name))
      break
    case 'core-export':
      defineCoreExport(scope, sort, target.instance, target.name)
      break
    case 'outer':
      defineOuter(scope, sort, target.count, target.index)
  }
}

function exportOf(scope: Scope, sort: Sort, instance: number, name: string): Symbolic {
  const found = scope.get('instance', instance).exports.get(name)
  if (found?.sort !== sort)
    return scope.refuse(`instance ${instance} has no ${sort} export named \`${name}\``)
  return found
}

function defineCoreExport(scope: Scope, sort: Sort, instance: number, name: string): void {
  if (!isCoreItemSort(sort)) scope.refuse(`a core instance exports no ${sort}`)
  scope.define(sort, coreExport(scope, scope.get('core instance', instance), name))
}

type CoreItemSort = `core ${Exclude<CoreSort, 'type' | 'module' | 'instance'>}`

export function isCoreItemSort(sort: Sort): sort is CoreItemSort {
  switch (sort) {
    case 'core func':
    case 'core table':
    case 'core memory':
    case 'core global':
    case 'core tag':
      return true
    default:
      return false
  }
}

function coreExport(scope: Scope, instance: SymbolicCoreInstance, name: string): SymbolicCore {
  if (instance.from === 'items') {
    return instance.items.get(name) ?? scope.refuse(`core instance has no export named \`${name}\``)
  }
  return {
    item: { from: 'core-instance', instance: instance.register, name },
    addressType: () => instance.module.memory(name),
  }
}

/** Explainer.md, "Alias Definitions": only what cannot have state may be aliased from an enclosing scope. */
function defineOuter(scope: Scope, sort: Sort, count: number, index: number): void {
  const source = scope.enclosing(count)
  switch (sort) {
    case 'type':
    case 'core type':
      scope.define(sort, source.get(sort, index))
      break
    case 'core module':
    case 'component':
      scope.defineSymbolic(scope.builder.capture(source.get(sort, index)))
      break
    default:
      scope.refuse(`a ${sort} cannot be aliased from an enclosing component`)
  }
}
