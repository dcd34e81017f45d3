import type { ComponentItem, ModuleItem, PlanExport, PlanImport } from '../compile/plan.ts'
import { ComponentValue } from './component-value.ts'
import type { CoreModule } from './core-module.ts'
import type { Program } from './program.ts'

/** What an execution knows before anything is instantiated: its core modules and components. */
export interface Definitions {
  readonly program: Program
  readonly modules: CoreModule[]
  readonly components: ComponentValue[]
}

export function moduleIn({ program, modules }: Definitions, item: ModuleItem): CoreModule {
  return item.from === 'file' ? program.modules.get(item.module) : modules[item.module]!
}

export function componentIn(definitions: Definitions, item: ComponentItem): ComponentValue {
  if (item.from === 'register') return definitions.components[item.component]!
  return new ComponentValue(definitions.program.subProgram(item.plan), (inner) => {
    for (const { item: module, to } of item.modules) inner.modules[to] = moduleIn(definitions, module)
    for (const { item: component, to } of item.components) {
      inner.components[to] = componentIn(definitions, component)
    }
  })
}

/** What leaves a Plan and is no instance: the same whoever instantiates it. */
type Definition =
  | { readonly kind: 'core-module'; readonly module: CoreModule }
  | { readonly kind: 'component'; readonly component: ComponentValue }
  | { readonly kind: 'instance'; readonly exports: ReadonlyMap<string, Definition> }

/** @param instances by id: they may contain each other very often */
export function definitionsOf(
  from: Definitions,
  exports: readonly PlanExport[],
  instances: Map<number, Definition> = new Map(),
): ReadonlyMap<string, Definition> {
  const found = new Map<string, Definition>()
  for (const { name, item } of exports) {
    if (item.kind === 'core-module') {
      found.set(name, { kind: item.kind, module: moduleIn(from, item.module) })
    } else if (item.kind === 'component') {
      found.set(name, { kind: item.kind, component: componentIn(from, item.component) })
    } else if (item.kind === 'instance') {
      const instance = instances.get(item.id) ?? {
        kind: item.kind,
        exports: definitionsOf(from, item.exports, instances),
      }
      instances.set(item.id, instance)
      found.set(name, instance)
    }
  }
  return found
}

export function bindDefinitions(
  to: Definitions,
  imports: readonly PlanImport[],
  found: ReadonlyMap<string, Definition>,
): void {
  for (const { name, item } of imports) {
    const one = found.get(name)
    if (item.kind === 'core-module' && one?.kind === item.kind) to.modules[item.register] = one.module
    if (item.kind === 'component' && one?.kind === item.kind) to.components[item.register] = one.component
    if (item.kind === 'instance' && one?.kind === item.kind) bindDefinitions(to, item.exports, one.exports)
  }
}
