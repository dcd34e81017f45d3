import { coreModuleNames } from '../binary/core-module-names.ts'
import { decode } from '../binary/decode.ts'
import type { ImportItem } from '../compile/plan.ts'
import { Backtracer } from './backtrace.ts'
import { type ComponentValue, componentValue } from './component-value.ts'
import type { Execution } from './execution.ts'
import type { ComponentMaker } from './exports.ts'
import { bindNothing, type Binder, type Imports, linkImports } from './imports.ts'
import { Instance } from './instance.ts'
import { checkMaxMemory } from './memory-budget.ts'
import type { Collision } from './names.ts'
import { type ImportObserver, watchImports } from './observe.ts'
import type { AnyWorld, GivenImports, MissingImports, WithoutImports, World } from './world.ts'

export interface InstantiateOptions {
  /** Imports that are missing become functions that trap when they are called. */
  readonly trapUnknown?: boolean | undefined
  /** For messages; the component's own name where nothing is said. */
  readonly name?: string | undefined
  /**
   * Bytes that the memories of the instance may have together, those of the components in it included: `memory.grow` fails
   * beyond, as on a machine without more memory. What the memories begin with is set aside first; the rest goes to those
   * that may grow, in the order in which they are made. It says nothing of tables, of what is garbage collected (GC objects,
   * strings), or of the instances that it imports from, which have limits of their own. Default: what the engine allows.
   */
  readonly maxMemory?: number | undefined
  /**
   * Is told of each call that the instance makes of what it imports, functions of other instances included, and of its end.
   * What calls another instance then goes through JavaScript, with values lifted and lowered; without an observer nothing
   * costs more than before.
   *
   * @example
   * const calls = []
   * const observe = (call) => (end) => calls.push(`${call.function}: ${end.outcome}`)
   * const instance = await calculator.instantiate({ ...wasi(), ...provider.exports }, { observe })
   * await instance.async.run.run()
   * calls.includes('add: returned') // true
   */
  readonly observe?: ImportObserver | undefined
}

/** A component that is ready to run: its Plan, and its core modules, which all instances share. */
export abstract class RunnableComponent<W extends World = AnyWorld> {
  /** For the type checker only: whoever takes a component can tell its world. */
  declare readonly world?: W
  readonly #value: ComponentValue
  readonly #name: string
  readonly #backtracer: Backtracer

  constructor(value: ComponentValue, name: string) {
    this.#value = value
    this.#name = name
    const { modules } = value.program
    this.#backtracer = new Backtracer(modules, () => coreModuleNames(decode(modules.bytes)))
  }

  get [componentValue](): ComponentValue {
    return this.#value
  }

  /** What an import should be, as WIT text. */
  protected abstract describe(item: ImportItem): string

  /** Makes of a component that an instance exports what users hold. */
  protected abstract exported(component: ComponentValue, path: readonly string[]): object

  /** The short names of exports that nobody has, because several would: use the full names. */
  get collisions(): readonly Collision[] {
    return this.#value.program.exportShape.collisions
  }

  /**
   * Makes an instance. `imports` are objects by interface name, and functions by their own name; see `Linker` for more.
   * Where the component was loaded with the type of its world, they are checked against it: of each import the short name counts.
   *
   * @throws {LinkError} naming all imports that are missing or mistyped
   * @throws {TenonError} unsupported, limit (also where `maxMemory` is less than it begins with)
   * @throws {Trap} from a core module's start function
   *
   * @example
   * const adder = await component.instantiate()
   * adder.exports.add(1, 2) // 3
   */
  instantiate<E extends object = W['exports'], G extends GivenImports<W['imports']> = NonNullable<unknown>>(
    imports: G & MissingImports<W['imports'], G>,
    options?: InstantiateOptions,
  ): Promise<Instance<E>>
  instantiate<E extends object = W['exports']>(
    imports: GivenImports<W['imports']>,
    options: InstantiateOptions & { readonly trapUnknown: true },
  ): Promise<Instance<E>>
  instantiate<E extends object = W['exports']>(
    this: WithoutImports<RunnableComponent<W>, W['imports']>,
  ): Promise<Instance<E>>
  instantiate<E extends object>(
    imports: object = {},
    options: InstantiateOptions = {},
  ): Promise<Instance<E>> {
    try {
      return this.instantiateLinked(this.link(imports, options), options)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /** Finds the imports; what it returns serves any number of instances. */
  link(imports: object, { trapUnknown, observe }: InstantiateOptions = {}): Binder {
    const wanted = this.#value.program.plan.imports
    if (wanted.length === 0) return bindNothing
    return linkImports(wanted, imports as Imports, {
      trapUnknown,
      describe: (item) => this.describe(item),
      watch: observe && watchImports(observe),
    })
  }

  // Not `async`: what instantiating allocates is what it costs (RATIONALE.md, "What does an instance cost that nobody disposes?").
  instantiateLinked<E extends object = W['exports']>(
    binder: Binder,
    options: InstantiateOptions = {},
  ): Promise<Instance<E>> {
    try {
      if (options.maxMemory !== undefined) checkMaxMemory(options.maxMemory)
      if (!this.#value.program.modules.compiled) return this.#compileFirst(binder, options)
      return Promise.resolve(this.#instantiate<E>(binder, options))
    } catch (error) {
      return Promise.reject(error)
    }
  }

  async #compileFirst<E extends object>(binder: Binder, options: InstantiateOptions): Promise<Instance<E>> {
    await this.#value.program.modules.compile()
    return this.#instantiate(binder, options)
  }

  /** Returns a promise only where a core `start` is suspended. */
  #instantiate<E extends object>(
    bind: Binder,
    { name = this.#name, maxMemory }: InstantiateOptions,
  ): Instance<E> | Promise<Instance<E>> {
    const made = this.#value.instantiate({ name, bind, prepare: this.#watch, maxMemory })
    return made instanceof Promise ? this.#presentLater(made) : this.#present(made)
  }

  async #presentLater<E extends object>(made: Promise<Execution>): Promise<Instance<E>> {
    return this.#present(await made)
  }

  #present<E extends object>(execution: Execution): Instance<E> {
    try {
      return new Instance<E>(execution, this.#exported)
    } catch (error) {
      execution.dispose()
      throw error
    }
  }

  readonly #exported: ComponentMaker = (component, path) => this.exported(component, path)

  /** Traps get the guest's backtrace. */
  readonly #watch = ({ root }: Execution): void => {
    root.onTrap = this.#backtracer.onTrap
  }
}
