import { componentValue } from '../runtime/component-value.ts'
import type { RunnableComponent } from '../runtime/runnable-component.ts'

/** One export of a component, and the names that a module exports it under: the exact one first, then the short ones. */
export interface ModuleExport {
  readonly name: string
  readonly as: readonly string[]
}

/**
 * The exports of a component as a module has them. A module that exports `then` would be taken for a promise by `import()`: the
 * name gets a trailing `_`, as on classes.
 *
 * @example
 * moduleExports(component) // [{ name: 'add', as: ['add'] }]
 */
export function moduleExports(component: RunnableComponent): readonly ModuleExport[] {
  return component[componentValue].program.exportShape.entries.map(({ keys }) => ({
    name: keys[0]!,
    as: keys.map((key) => (key === 'then' ? 'then_' : key)),
  }))
}
