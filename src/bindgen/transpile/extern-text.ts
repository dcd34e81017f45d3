/** What goes from a component to others as it is written: functions, instances, resources, core modules, components. */
import type { ComponentItem, Item, ModuleItem, Plan, PlanExport, PlanImport } from '../../compile/plan.ts'
import type { FunctionText } from './function-text.ts'
import type { PlanScope } from './plan-scope.ts'

export class ExternText {
  readonly #scope: PlanScope
  readonly #functions: FunctionText
  readonly #declare: (plan: Plan) => string
  readonly #instances = new Map<number, string>()

  /** @param declare writes a component that is handed on; returns the name of the function that instantiates it */
  constructor(scope: PlanScope, functions: FunctionText, declare: (plan: Plan) => string) {
    this.#scope = scope
    this.#functions = functions
    this.#declare = declare
  }

  /** What a component is given, or exports, by name. */
  externs(exports: readonly PlanExport[]): string {
    const entries = exports.map(({ name, item }) => `  [${this.#scope.data(name)}, ${this.#extern(item)}],`)
    return entries.length === 0 ? 'new Map()' : ['new Map([', ...entries, '])'].join('\n')
  }

  #extern(item: Item): string {
    switch (item.kind) {
      case 'function':
        return `{ kind: 'function', function: ${this.#functions.value(item.function)} }`
      case 'instance':
        return this.#instance(item)
      case 'resource':
        return `{ kind: 'resource', resource: given.resources[${item.resource}] }`
      case 'type':
        return `{ kind: 'type' }`
      case 'core-module':
        return `{ kind: 'core-module', module: ${this.#coreModule(item.module)} }`
      case 'component':
        return `{ kind: 'component', component: ${this.component(item.component)} }`
    }
  }

  #instance({ id, exports }: Item & { kind: 'instance' }): string {
    const known = this.#instances.get(id)
    if (known !== undefined) return known
    const inner = this.externs(exports)
    const name = this.#scope.module.name('instanceItem')
    this.#instances.set(id, name)
    this.#scope.line(`const ${name} = { kind: 'instance', exports: ${inner} }`)
    return name
  }

  #coreModule(item: ModuleItem): string {
    if (item.from === 'register') return `given.modules[${item.module}]`
    const module = `modules[${this.#scope.core.original(item.module)}]`
    return `${this.#scope.use('compiledModule')}(${module}, 'core module ${item.module}')`
  }

  component(item: ComponentItem): string {
    if (item.from === 'register') return `given.components[${item.component}]`
    const { plan, modules, components } = item
    const { module } = this.#scope
    // Once, however often it is handed on.
    const instantiate = module.once(plan, () => this.#declare(plan))
    if (this.#scope.core.withMemories.has(plan)) this.#scope.hasMemories = true
    const surface = module.once(plan.exports, () => {
      const exports = plan.exports.map(({ name, item: { kind } }) => ({ name, item: { kind } }))
      return module.declare('surface', module.data({ imports: plan.imports, exports }))
    })
    const captured = [
      ...modules.map((one) => `inner.modules[${one.to}] = ${this.#coreModule(one.item)}`),
      ...components.map((one) => `inner.components[${one.to}] = ${this.component(one.item)}`),
    ]
    const capture = captured.length === 0 ? '() => {}' : `(inner) => { ${captured.join('; ')} }`
    return `${module.use('component')}(${surface}, (options) => ${instantiate}(modules, options, ${capture}))`
  }
}

export function importsComponents(imports: readonly PlanImport[]): boolean {
  return imports.some(
    ({ item }) => item.kind === 'component' || (item.kind === 'instance' && importsComponents(item.exports)),
  )
}
