/** From the objects that users give to what a component imports: by name, kind and, where they are known, types. */
import type { ImportItem, PlanImport } from '../compile/plan.ts'
import { type LinkProblem, Trap } from '../errors.ts'
import { type ComponentValue, componentValueOf } from './component-value.ts'
import { type CoreModule, compiledModule, FileModule } from './core-module.ts'
import { exportedFunction } from './exported-function.ts'
import type { ExternRegisters, GuestValue, HostValue } from './extern-value.ts'
import type { Callee } from './host-callee.ts'
import { hostFunction } from './host-function.ts'
import { HostResource } from './host-resource.ts'
import { ImportSource } from './import-source.ts'
import { linkError } from './link-error.ts'
import type { WatchImports } from './observe.ts'
import { isClass, isFunction, LinkScope } from './link-scope.ts'
import type { ResourceClass } from './resource.ts'
import { sameFunctionShape } from './same-shape.ts'
import { componentMismatch, moduleMismatch } from './surfaces.ts'
import { swappableFunction } from './swappable.ts'

/**
 * What a component imports, as users give it: interfaces under their full names, world-level functions and types under their
 * own, in camelCase or exactly.
 */
export type Imports = Readonly<Record<string, unknown>>

export interface LinkOptions {
  /** Imports that are missing become functions that trap when they are called. */
  readonly trapUnknown?: boolean | undefined
  /** What an import should be, as WIT text, for messages. */
  readonly describe?: ((item: ImportItem) => string) | undefined
  /** What users hold as a component, as its value; undefined for what is none. */
  readonly componentOf?: ((given: unknown) => ComponentValue | undefined) | undefined
  /** What makes calls of them seen. */
  readonly watch?: WatchImports | undefined
}

/** Puts what was found into the registers of one execution. */
export type Binder = (execution: ExternRegisters) => void

/** For components that import nothing. */
export const bindNothing: Binder = () => {}

/**
 * Finds everything that a component imports. What it returns can be used for any number of instances.
 *
 * @throws {LinkError} naming all imports that are missing or of the wrong kind, with the nearest names that were given
 */
export function linkImports(
  imports: readonly PlanImport[],
  given: Imports,
  options: LinkOptions = {},
): Binder {
  if (imports.length === 0) return bindNothing
  const linking = new Linking(options)
  linking.scope(imports, new ImportSource(given), undefined)
  return linking.finish()
}

type FunctionImport = ImportItem & { readonly kind: 'function' }

class Linking {
  readonly #options: LinkOptions
  readonly #problems: LinkProblem[] = []
  readonly #binders: Binder[] = []

  constructor(options: LinkOptions) {
    this.#options = options
  }

  finish(): Binder {
    if (this.#problems.length > 0) throw linkError(this.#problems)
    const binders = this.#binders
    return (execution) => {
      for (let i = 0; i < binders.length; i++) binders[i]!(execution)
    }
  }

  /** One world or interface; `path` is the interface's name. */
  scope(imports: readonly PlanImport[], source: ImportSource, path: string | undefined): void {
    const scope = new LinkScope(imports, source, path)
    for (const one of imports) this.#link(scope, one)
  }

  #link(scope: LinkScope, { name, item, ...attributes }: PlanImport): void {
    switch (item.kind) {
      case 'function':
        this.#function(scope, name, item)
        break
      case 'instance':
        this.#instance(scope, { name, item, ...attributes })
        break
      case 'resource':
        this.#resource(scope, name, item)
        break
      case 'core-module':
        this.#module(scope, name, item)
        break
      case 'component':
        this.#component(scope, name, item)
        break
      case 'type':
        break
    }
  }

  #function(scope: LinkScope, name: string, item: FunctionImport): void {
    const member = scope.member(name, item)
    if (member.kind === 'missing') {
      if (this.#options.trapUnknown) this.#trapping(scope, name, item)
      // That a class is missing is said once, of the class.
      else if (!member.ofMissingClass) this.#problem(item.label, item, undefined, member.candidates)
      return
    }
    if (member.kind === 'mistyped') {
      this.#problem(item.label, item, kindOf(member.value), [])
      return
    }
    const { watch } = this.#options
    const swappable = swappableFunction(member.value)
    const exported = exportedFunction(swappable?.current ?? member.value)
    const type = exported?.type
    if (type && !sameFunctionShape(type, item.type)) {
      const actual = this.#describe({ ...item, type })
      this.#problem(item.label, item, actual, [])
    } else if (watch) {
      // Lifted and lowered, whatever it is: what goes from wasm to wasm nobody sees.
      const callee = swappable?.callee ?? member.callee()
      this.#bindFunction(item.register, watch.function({ path: scope.path, name }, item.type, callee))
    } else if (swappable) this.#bind(item.register, { target: undefined, call: swappable.callee, swappable })
    else this.#bindFunction(item.register, member.callee(), exported?.guest)
  }

  #trapping({ path }: LinkScope, name: string, { register, type, label }: FunctionImport): void {
    const callee = trapping(label)
    this.#bindFunction(register, this.#options.watch?.function({ path, name }, type, callee) ?? callee)
  }

  #bindFunction(register: number, call: Callee, exported?: GuestValue): void {
    this.#bind(register, { target: undefined, call, exported })
  }

  #bind(register: number, value: HostValue): void {
    this.#binders.push((execution) => {
      execution.functions[register] = value
    })
  }

  #instance(scope: LinkScope, one: PlanImport & { item: { kind: 'instance' } }): void {
    const found = scope.instance(one)
    const path = scope.path === undefined ? one.name : `${scope.path}#${one.name}`
    if (found && typeof found.value === 'object' && found.value !== null) {
      this.scope(one.item.exports, new ImportSource(found.value), path)
    } else if (found) this.#problem(path, one.item, kindOf(found.value), [])
    else if (this.#options.trapUnknown) this.scope(one.item.exports, new ImportSource({}), path)
    else if (one.item.exports.some(({ item }) => item.kind !== 'type')) {
      this.#problem(path, one.item, undefined, scope.nearest(one.name))
    }
  }

  #resource(scope: LinkScope, name: string, item: ImportItem & { kind: 'resource' }): void {
    const found = scope.find(name)
    const path = scope.pathOf(name)
    if (found && !isClass(found.value)) this.#problem(path, item, kindOf(found.value), [])
    else if (!found && !this.#options.trapUnknown) {
      this.#problem(path, item, undefined, scope.nearest(name))
    } else {
      const hostClass = found ? (found.value as unknown as ResourceClass) : class Unknown {}
      const drop = this.#options.watch?.drop({ path: scope.path, name })
      this.#binders.push((execution) => {
        execution.resources[item.resource] = new HostResource(name, hostClass, drop)
      })
    }
  }

  #module(scope: LinkScope, name: string, item: ImportItem & { kind: 'core-module' }): void {
    const found = scope.find(name)
    const module = found && moduleOf(found.value, name)
    const mismatch = module && moduleMismatch(module.linkable, item.type)
    if (!module || mismatch) {
      const actual = mismatch ?? (found && kindOf(found.value))
      this.#problem(scope.pathOf(name), item, actual, found ? [] : scope.nearest(name))
      return
    }
    this.#binders.push((execution) => {
      execution.modules[item.register] = module
    })
  }

  #component(scope: LinkScope, name: string, item: ImportItem & { kind: 'component' }): void {
    const found = scope.find(name)
    const { componentOf = componentValueOf } = this.#options
    const component: ComponentValue | undefined = componentOf(found?.value)
    const mismatch = component && componentMismatch(component.program.plan, item.type)
    if (!component || mismatch) {
      const actual = mismatch ?? (found && kindOf(found.value))
      this.#problem(scope.pathOf(name), item, actual, found ? [] : scope.nearest(name))
      return
    }
    this.#binders.push((execution) => {
      execution.components[item.register] = component
    })
  }

  #problem(name: string, item: ImportItem, actual: string | undefined, candidates: readonly string[]): void {
    this.#problems.push({ name, expected: this.#describe(item), actual, candidates })
  }

  #describe(item: ImportItem): string {
    return this.#options.describe?.(item) ?? item.kind
  }
}

/** @throws {ValidationError} bytes that the engine refuses */
function moduleOf(value: unknown, importName: string): CoreModule | undefined {
  const name = `the core module \`${importName}\``
  if (value instanceof WebAssembly.Module) return compiledModule(value, name)
  if (!(value instanceof ArrayBuffer || ArrayBuffer.isView(value))) return undefined
  const bytes =
    value instanceof ArrayBuffer
      ? new Uint8Array(value)
      : new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  // What the user does with the bytes later is none of its business.
  const copy = bytes.slice()
  return new FileModule(() => copy, { start: 0, end: bytes.length }, name)
}

function trapping(label: string): Callee {
  return hostFunction({ blocks: false }, () => {
    throw new Trap(
      'import-trapped',
      `wasm trap: the import \`${label}\` was called, and nothing was given for it`,
    )
  })
}

/** What a value of the wrong kind is, for messages. */
function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (isFunction(value))
    return /^class\b/.test(Function.prototype.toString.call(value)) ? 'a class' : 'a function'
  if (componentValueOf(value)) return 'a component'
  if (value instanceof WebAssembly.Module) return 'a core module'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
