import type { AliasTarget, Sort } from '../component/component.ts'
import type { CoreExternType } from '../component/extern-type.ts'
import { describeExtern } from './describe.ts'
import { addToSpace } from './imports-exports.ts'
import type { Scope } from './scope.ts'
import { refuseValues } from './values.ts'

/** An alias definition, or an alias declaration of a component or instance type (Binary.md, "Alias Definitions"). */
export function checkAlias(scope: Scope, sort: Sort, target: AliasTarget): void {
  if (sort === 'value') refuseValues(scope.refuse)
  if (scope.kind !== 'component') checkDeclarationSort(scope, sort, target)
  switch (target.kind) {
    case 'export':
      aliasExport(scope, sort, target.instance, target.name)
      break
    case 'core-export':
      aliasCoreExport(scope, sort, target.instance, target.name)
      break
    case 'outer':
      aliasOuter(scope, sort, target.count, target.index)
      break
  }
}

function checkDeclarationSort({ refuse }: Scope, sort: Sort, target: AliasTarget): void {
  const allowed =
    target.kind === 'export' ? ['type', 'instance'] : target.kind === 'outer' ? ['type', 'core type'] : []
  if (!allowed.includes(sort)) {
    refuse(`aliases in type declarations may only refer to types or instances: found an alias of a ${sort}`)
  }
}

function aliasExport(scope: Scope, sort: Sort, index: number, name: string): void {
  const { spaces } = scope
  const { exports } = spaces.instances.get(index)
  const type = exports.get(name)
  if (!type) scope.refuse(`instance ${index} has no export named \`${name}\``)
  const wanted = sort === 'core module' ? 'module' : sort
  if (describeExtern(type) !== wanted) {
    scope.refuse(
      `export \`${name}\` for instance ${index} is not a ${wanted}: it is a ${describeExtern(type)}`,
    )
  }
  addToSpace(scope, type, exports)
}

function aliasCoreExport(scope: Scope, sort: Sort, index: number, name: string): void {
  const { spaces } = scope
  const type = spaces.coreInstances.get(index).exports.get(name)
  if (!type) scope.refuse(`core instance ${index} has no export named \`${name}\``)
  const wanted = coreKind(sort)
  if (type.kind !== wanted) {
    scope.refuse(
      `export \`${name}\` for core instance ${index} is not a ${wanted ?? sort}: it is a ${type.kind}`,
    )
  }
  spaces.ofCoreSort(type.kind).add(type)
}

function coreKind(sort: Sort): CoreExternType['kind'] | undefined {
  switch (sort) {
    case 'core func':
      return 'func'
    case 'core table':
      return 'table'
    case 'core memory':
      return 'memory'
    case 'core global':
      return 'global'
    case 'core tag':
      return 'tag'
    default:
      return undefined
  }
}

function aliasOuter(scope: Scope, sort: Sort, count: number, index: number): void {
  const { spaces, refuse } = scope
  const { target, crossesComponent } = enclosing(scope, count)
  switch (sort) {
    case 'core module':
      spaces.coreModules.add(target.spaces.coreModules.get(index))
      break
    case 'core type':
      spaces.coreTypes.add(target.spaces.coreTypes.get(index))
      break
    case 'component':
      spaces.components.add(target.spaces.components.get(index))
      break
    case 'type': {
      const type = target.spaces.types.get(index)
      if (crossesComponent) checkNoResources(scope, type)
      spaces.types.add(type)
      break
    }
    default:
      refuse(`outer aliases may only refer to modules, types and components: found a ${sort}`)
      break
  }
}

/** The scope that many steps out. */
function enclosing(
  scope: Scope,
  count: number,
): { readonly target: Scope; readonly crossesComponent: boolean } {
  let target = scope
  let crossesComponent = false
  for (let i = 0; i < count; i++) {
    crossesComponent ||= target.kind === 'component'
    target.closed = false
    target =
      target.outer ?? scope.refuse(`invalid outer alias count of ${count}: there are ${i} enclosing scopes`)
  }
  return { target, crossesComponent }
}

/** Resource types belong to instances; a component outside of any would not know which is meant. */
function checkNoResources({ store, refuse }: Scope, type: Parameters<typeof store.facts>[0]): void {
  if (!store.facts(type).containsResource) return
  if (store.freeResources([type]).size > 0) {
    refuse(
      'cannot alias outer type which transitively refers to resources not defined in the current component',
    )
  }
}
