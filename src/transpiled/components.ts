/** Components as values: exported, imported, or instantiated by others when a transpiled component runs. */
import type { PlanImport } from '../compile/plan.ts'
import { bindExterns } from '../runtime/bind-externs.ts'
import type { ComponentInstance } from '../runtime/component-instance.ts'
import { type ComponentValue, componentValueOf, type Instantiation } from '../runtime/component-value.ts'
import type { Execution } from '../runtime/execution.ts'
import type { ExternRegisters, ExternValues } from '../runtime/extern-value.ts'
import type { Imports } from '../runtime/imports.ts'
import { Instance as LoadedInstance } from '../runtime/instance.ts'
import { describeImport } from '../describe-import.ts'
import { Instance, type InstantiateOptions, type View } from './instance.ts'
import { linkImports } from './link-imports.ts'

/** A live instance of a component that was handed on. */
export class Live {
  /** Its own, the root first. */
  readonly instances: readonly ComponentInstance[]
  readonly view: (view: View) => object
  readonly #externs: ExternValues

  constructor(instances: readonly ComponentInstance[], view: (view: View) => object, externs: ExternValues) {
    this.instances = instances
    this.view = view
    this.#externs = externs
  }

  externs(): ExternValues {
    return this.#externs
  }
}

/** What `ComponentValue` is for loaded components; it stands where that is expected, and nobody asks it for more. */
interface WrittenValue {
  readonly program: { readonly plan: Pick<ComponentValue['program']['plan'], 'imports' | 'exports'> }
  instantiate(options: Instantiation): Live | Promise<Live>
}

/** @param plan what it imports, and what it exports by name and kind */
export function component(
  plan: WrittenValue['program']['plan'],
  instantiate: WrittenValue['instantiate'],
): ComponentValue {
  const value: WrittenValue = { program: { plan }, instantiate }
  return value as unknown as ComponentValue
}

const valueOfWritten = /* @__PURE__ */ new WeakMap<object, ComponentValue>()

/** The value of what users give as a component, transpiled or loaded. */
export function componentOf(given: unknown): ComponentValue | undefined {
  const written = typeof given === 'object' && given !== null ? valueOfWritten.get(given) : undefined
  return written ?? componentValueOf(given)
}

/** What users get of an exported component. */
export interface ExportedComponent {
  instantiate(imports?: Imports, options?: InstantiateOptions): Promise<unknown>
}

const exportedComponents = /* @__PURE__ */ new WeakMap<ComponentValue, ExportedComponent>()

export function exportedComponent(value: ComponentValue, name: string): ExportedComponent {
  const known = exportedComponents.get(value)
  if (known) return known
  const made: ExportedComponent = {
    async instantiate(imports = {}, options = {}) {
      const bind = linkImports(value.program.plan.imports, imports, {
        ...options,
        describe: describeImport,
        componentOf,
      })
      const live: unknown = await value.instantiate({ name: options.name ?? name, bind })
      if (live instanceof Live) return new Instance(live.instances[0]!, live.view)
      return new LoadedInstance(live as Execution, exportedComponentAt)
    },
  }
  exportedComponents.set(value, made)
  valueOfWritten.set(made, value)
  return made
}

function exportedComponentAt(value: ComponentValue, path: readonly string[]): object {
  return exportedComponent(value, path.join('#'))
}

/**
 * Instantiates a component inside of another; what it exports goes into the registers for it. Returns a promise only where a core
 * `start` is suspended.
 */
export function instantiateComponent(
  value: ComponentValue,
  parent: ComponentInstance,
  given: ExternValues,
  exports: readonly PlanImport[],
  registers: ExternRegisters,
): undefined | Promise<undefined> {
  const { plan } = value.program
  const child = value.instantiate({
    name: `${parent.name} (imported component)`,
    bind: (inner) => bindExterns(plan.imports, given, inner),
    parent,
  })
  const finish = (live: Execution): undefined => {
    bindExterns(exports, live.externs(plan.exports), registers)
  }
  return child instanceof Promise ? child.then(finish) : finish(child)
}
