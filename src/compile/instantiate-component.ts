import type { InstanceExpr } from '../component/component.ts'
import { declare, walkDeclarations } from './declare.ts'
import { itemOf } from './item.ts'
import type { PlanExport, PlanImport } from './plan.ts'
import { Scope } from './scope.ts'
import type { Symbolic, SymbolicComponent, SymbolicInstance } from './symbolic.ts'
import { walkDefinitions } from './walk-definitions.ts'

export type Arguments = ReadonlyMap<string, Symbolic>

/** An instance: of a component, or of single definitions, which is only a name for them. */
export function defineInstance(scope: Scope, expr: InstanceExpr): void {
  scope.define('instance', expr.kind === 'exports' ? ofDefinitions(scope, expr) : instantiate(scope, expr))
}

function ofDefinitions(scope: Scope, expr: InstanceExpr & { kind: 'exports' }): SymbolicInstance {
  const exports = new Map<string, Symbolic>()
  for (const { name, item } of expr.exports) exports.set(name.name, scope.symbolic(item.sort, item.index))
  return { sort: 'instance', exports }
}

function instantiate(scope: Scope, expr: InstanceExpr & { kind: 'instantiate' }): SymbolicInstance {
  const component = scope.get('component', expr.component)
  const args = new Map<string, Symbolic>()
  for (const { name, item } of expr.args) args.set(name, scope.symbolic(item.sort, item.index))
  return component.from === 'definition'
    ? inline(scope, component, args, `component ${expr.component}`)
    : instantiateAtRunTime(scope, component, args)
}

/** The component's definitions are walked in place, with an index space and an instance of their own. */
function inline(
  scope: Scope,
  component: SymbolicComponent & { from: 'definition' },
  args: Arguments,
  label: string,
): SymbolicInstance {
  const instance = scope.builder.addInstance(scope.instance, label)
  const inner = new Scope(scope.builder, instance, component.scope)
  const exports = walkDefinitions(inner, component.definition, ({ name }) => {
    return args.get(name.name) ?? inner.refuse(`missing import named \`${name.name}\``)
  })
  return { sort: 'instance', exports }
}

function instantiateAtRunTime(
  scope: Scope,
  component: SymbolicComponent & { from: 'register' },
  args: Arguments,
): SymbolicInstance {
  const { builder } = scope
  builder.compilation.countInstance()
  const planArguments: PlanExport[] = []
  const planExports: PlanImport[] = []
  const exports = new Map<string, Symbolic>()
  walkDeclarations(scope, component.type, (inner, { kind, name, type }) => {
    if (kind === 'import') {
      const given = args.get(name.name) ?? scope.refuse(`missing import named \`${name.name}\``)
      planArguments.push({ name: name.name, item: itemOf(builder, given) })
      return given
    }
    const declared = declare(inner, name, type)
    planExports.push(declared.import)
    exports.set(name.name, declared.symbolic)
    return declared.symbolic
  })
  builder.addStep({
    kind: 'instantiate-component',
    component: { from: 'register', component: component.register },
    arguments: planArguments,
    parent: scope.instance,
    exports: planExports,
  })
  return { sort: 'instance', exports }
}
