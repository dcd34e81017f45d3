import type { Component } from '../component/component.ts'
import { TenonError } from '../errors.ts'
import { declare } from './declare.ts'
import { exportsOf } from './item.ts'
import { nameExports } from './name-exports.ts'
import type { ComponentItem, Plan, PlanImport } from './plan.ts'
import { Compilation, PlanBuilder } from './plan-builder.ts'
import { Scope } from './scope.ts'
import type { SymbolicComponent } from './symbolic.ts'
import { walkDefinitions } from './walk-definitions.ts'

/**
 * Compiles a valid component: instantiates it symbolically, nested components in place, and writes down as a Plan what
 * remains to be done at run time.
 *
 * @throws {TenonError} of code `limit` where nested components multiply beyond the limits, `unsupported` for values.
 *
 * @example
 * const plan = compile(decode(bytes))
 * plan.steps.map((step) => step.kind) // ['instantiate-core-module']
 */
export function compile(component: Component): Plan {
  try {
    return compileComponent(new PlanBuilder(new Compilation(component.bytes)), component, undefined)
  } catch (error) {
    // A chain of components that instantiate one another, or of instances in instances, may be of any length.
    if (!(error instanceof RangeError)) throw error
    throw new TenonError('limit', 'components or instances nest too deeply', { cause: error })
  }
}

/** A component that is exported, or handed to one that only run time knows, stays a component: a Plan of its own. */
export function compileSubPlan(
  outer: PlanBuilder,
  { definition, scope }: SymbolicComponent & { from: 'definition' },
): ComponentItem {
  const builder = new PlanBuilder(outer.compilation, outer)
  const plan = compileComponent(builder, definition, scope)
  return { from: 'plan', plan, modules: builder.capturedModules, components: builder.capturedComponents }
}

function compileComponent(builder: PlanBuilder, component: Component, enclosing: Scope | undefined): Plan {
  const scope = new Scope(builder, builder.addInstance(undefined, undefined), enclosing)
  const imports: PlanImport[] = []
  const exports = walkDefinitions(scope, component, ({ name, type }) => {
    const declared = declare(scope, name, type)
    imports.push(declared.import)
    return declared.symbolic
  })
  nameExports(builder, exports)
  return builder.build(imports, exportsOf(builder, exports))
}
