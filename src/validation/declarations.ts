import type { Declaration } from '../component/component.ts'
import type { ComponentType, InstanceType } from '../component/extern-type.ts'
import { checkAlias } from './aliases.ts'
import { checkInOrder } from './check-in-order.ts'
import { finishComponent } from './component-types.ts'
import { checkCoreType } from './core-types.ts'
import { checkTypeDefinition } from './defined-types.ts'
import { checkExportDeclaration, checkImport } from './imports-exports.ts'
import { Scope } from './scope.ts'

/** `componenttype` */
export function checkComponentType(outer: Scope, declarations: readonly Declaration[]): ComponentType {
  const known = outer.store.closed.get(declarations)
  if (known?.kind === 'component') return known
  const scope = declare('component-type', outer, declarations)
  const type = finishComponent(scope)
  if (scope.closed) scope.store.closed.set(declarations, type)
  return type
}

/** `instancetype` */
export function checkInstanceType(outer: Scope, declarations: readonly Declaration[]): InstanceType {
  const known = outer.store.closed.get(declarations)
  if (known?.kind === 'instance') return known
  const scope = declare('instance-type', outer, declarations)
  const { types: exports, attributes } = scope.exports
  const type: InstanceType = { kind: 'instance', exports, ...(attributes && { attributes }) }
  scope.store.bind(type, { imported: new Set(), defined: new Set(scope.definedResources.keys()) })
  if (scope.closed) scope.store.closed.set(declarations, type)
  return type
}

function declare(
  kind: 'component-type' | 'instance-type',
  outer: Scope,
  declarations: readonly Declaration[],
): Scope {
  const scope = new Scope(kind, outer.context, outer)
  const title = (): string => `${kind} declaration`
  const check = (declaration: Declaration): void => checkDeclaration(scope, declaration)
  if (!checkInOrder(scope, declarations, title, check)) scope.reporter.skip()
  return scope
}

function checkDeclaration(scope: Scope, declaration: Declaration): void {
  switch (declaration.kind) {
    case 'core-type':
      checkCoreType(scope, declaration.type)
      break
    case 'type':
      scope.spaces.types.add(checkTypeDefinition(scope, declaration.type))
      break
    case 'alias':
      checkAlias(scope, declaration.sort, declaration.target)
      break
    case 'import':
      if (scope.kind === 'instance-type') scope.refuse('instance types cannot have imports')
      checkImport(scope, declaration.name, declaration.type)
      break
    case 'export':
      checkExportDeclaration(scope, declaration.name, declaration.type)
      break
  }
}
