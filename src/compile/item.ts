import { compileSubPlan } from './compile.ts'
import type { ComponentItem, Item, PlanExport } from './plan.ts'
import type { PlanBuilder } from './plan-builder.ts'
import type { Symbolic, SymbolicComponent, SymbolicInstance } from './symbolic.ts'

/** What leaves the Plan, by the registers in which run time finds it. */
export function itemOf(builder: PlanBuilder, symbolic: Symbolic): Item {
  switch (symbolic.sort) {
    case 'func':
      return { kind: 'function', function: symbolic.item, type: symbolic.type }
    case 'instance':
      return instanceItem(builder, symbolic)
    case 'type':
      if (symbolic.type.kind !== 'resource') return { kind: 'type' }
      return { kind: 'resource', resource: builder.resource(symbolic.type) }
    case 'core module':
      return { kind: 'core-module', module: symbolic.item }
    case 'component':
      return { kind: 'component', component: componentItem(builder, symbolic) }
  }
}

/** Made once for each instance, so that instances that contain each other many times stay small. */
function instanceItem(builder: PlanBuilder, instance: SymbolicInstance): Item {
  const known = builder.instanceItems.get(instance)
  if (known) return known
  const item: Item = {
    kind: 'instance',
    id: builder.register('instanceItems'),
    exports: exportsOf(builder, instance.exports),
  }
  builder.instanceItems.set(instance, item)
  return item
}

export function exportsOf(
  builder: PlanBuilder,
  exports: ReadonlyMap<string, Symbolic>,
): readonly PlanExport[] {
  return [...exports].map(([name, symbolic]) => ({ name, item: itemOf(builder, symbolic) }))
}

function componentItem(builder: PlanBuilder, component: SymbolicComponent): ComponentItem {
  if (component.from === 'register') return { from: 'register', component: component.register }
  const known = builder.componentItems.get(component)
  if (known) return known
  const item = compileSubPlan(builder, component)
  builder.componentItems.set(component, item)
  return item
}
