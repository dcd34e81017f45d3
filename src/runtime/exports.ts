/** What users see of an instance: its exports as plain functions, objects and classes. */
import type { ModuleItem } from '../compile/plan.ts'
import type { LiftedFunction } from './back-end.ts'
import type { ComponentValue } from './component-value.ts'
import type { Execution } from './execution.ts'
import type { ClassMember, ExportEntry, ExportShape, FunctionEntry } from './export-shape.ts'
import { defineClassMembers, promiseClass } from './exported-class.ts'
import { rememberExported } from './exported-function.ts'
import { GuestResource } from './guest-resource.ts'
import { reexportedFunction } from './reexported-function.ts'

/** Makes of an exported component what users hold; `path` are the names that lead to its type. */
export type ComponentMaker = (component: ComponentValue, path: readonly string[]) => object

/** Exact names and short ones; no prototype. */
export type ExportsObject = Record<string, unknown>

/** The functions as they are, or their promise views. Both views have the same shape. */
export type View = 'synchronous' | 'promise'

export class ExportsMaker {
  readonly #execution: Execution
  readonly #makeComponent: ComponentMaker
  /** Both views share them. */
  readonly #lifted: (LiftedFunction | undefined)[]
  #components: Map<ExportEntry, object> | undefined

  constructor(execution: Execution, makeComponent: ComponentMaker) {
    this.#execution = execution
    this.#makeComponent = makeComponent
    this.#lifted = new Array(execution.program.plan.lifts.length)
  }

  make(shape: ExportShape, view: View, instances?: Map<number, ExportsObject>): ExportsObject {
    const exports: ExportsObject = {}
    for (const entry of shape.entries) {
      if (entry.kind === 'instance') instances ??= new Map()
      const value = this.#value(entry, view, instances)
      for (const key of entry.keys) exports[key] = value
      if (entry.kind === 'class') this.#defineExactNames(exports, entry.members, view)
    }
    // Taken away at the end: objects that begin without prototype are slow ones in V8.
    return Object.setPrototypeOf(exports, null) as ExportsObject
  }

  #value(entry: ExportEntry, view: View, instances: Map<number, ExportsObject> | undefined): unknown {
    switch (entry.kind) {
      case 'function':
        return this.#view(entry, view)
      case 'instance': {
        const made = instances?.get(entry.id) ?? this.make(entry.shape, view, instances)
        instances?.set(entry.id, made)
        return made
      }
      case 'class':
        return this.#class(entry, view)
      case 'core-module':
        return this.#module(entry.module)
      case 'component':
        return this.#component(entry)
    }
  }

  #view(entry: FunctionEntry, view: View): LiftedFunction | LiftedFunction['promise'] {
    const lifted = this.#function(entry)
    return view === 'promise' ? lifted.promise : lifted
  }

  #function({ function: item, type }: FunctionEntry): LiftedFunction {
    if (item.from === 'lift') {
      const known = this.#lifted[item.lift]
      if (known) return known
    }
    const value = this.#execution.function(item)
    if (value.target === undefined) return reexportedFunction(value, this.#execution.root)
    const lifted = value.liftFor(undefined)
    if (item.from === 'lift') this.#lifted[item.lift] = lifted
    rememberExported(lifted, { type, target: value.target, promise: lifted.promise, guest: value })
    return lifted
  }

  #class({ resource, members }: ExportEntry & { kind: 'class' }, view: View): unknown {
    const runtime = this.#execution.resources[resource]!
    // A resource that the host implements has the host's class, and its members.
    if (!(runtime instanceof GuestResource) || runtime.owner.root !== this.#execution.root.root)
      return runtime.class
    const functions = members.map((member) => ({ ...member, lifted: this.#function(member) }))
    if (view === 'promise') return promiseClass(runtime, functions)
    defineClassMembers(runtime, functions)
    return runtime.class
  }

  /** Constructors, methods and statics also work as functions, under their exact names. */
  #defineExactNames(exports: ExportsObject, members: readonly ClassMember[], view: View): void {
    for (const member of members) {
      Object.defineProperty(exports, member.exact, { value: this.#view(member, view) })
    }
  }

  #module(item: ModuleItem): WebAssembly.Module {
    return this.#execution.module(item).original
  }

  #component(entry: ExportEntry & { kind: 'component' }): object {
    this.#components ??= new Map()
    const known = this.#components.get(entry)
    if (known) return known
    const made = this.#makeComponent(this.#execution.component(entry.component), entry.path)
    this.#components.set(entry, made)
    return made
  }
}
