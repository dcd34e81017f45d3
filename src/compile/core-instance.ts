import type { CoreInstanceExpr } from '../component/component.ts'
import { isCoreItemSort } from './alias.ts'
import type { CoreArgument } from './plan.ts'
import type { Scope } from './scope.ts'
import type { SymbolicCore, SymbolicCoreInstance } from './symbolic.ts'

/** A core instance: of a module, which is a step, or of single items, which is only a name for them. */
export function defineCoreInstance(scope: Scope, expr: CoreInstanceExpr): void {
  scope.define('core instance', expr.kind === 'exports' ? ofItems(scope, expr) : instantiate(scope, expr))
}

function instantiate(scope: Scope, expr: CoreInstanceExpr & { kind: 'instantiate' }): SymbolicCoreInstance {
  const { builder } = scope
  builder.compilation.countInstance()
  const module = scope.get('core module', expr.module)
  const register = builder.register('coreInstances')
  builder.addStep({
    kind: 'instantiate-core-module',
    module: module.item,
    arguments: expr.args.map(({ name, instance }) => argument(name, scope.get('core instance', instance))),
    instance: scope.instance,
    to: register,
  })
  return { from: 'module', register, module }
}

function argument(name: string, instance: SymbolicCoreInstance): CoreArgument {
  if (instance.from === 'module') return { name, from: 'core-instance', instance: instance.register }
  const items = [...instance.items].map(([key, { item }]) => ({ name: key, item }))
  return { name, from: 'items', items }
}

function ofItems(scope: Scope, expr: CoreInstanceExpr & { kind: 'exports' }): SymbolicCoreInstance {
  const items = new Map<string, SymbolicCore>()
  for (const { name, sort, index } of expr.exports) {
    const coreSort = `core ${sort}` as const
    if (!isCoreItemSort(coreSort)) return scope.refuse(`a core instance exports no ${sort}`)
    items.set(name, scope.get(coreSort, index))
  }
  return { from: 'items', items }
}
