import { ComponentError, ExitError, TenonError } from '../errors.ts'
import { componentValue } from './component-value.ts'
import type { Imports } from './imports.ts'
import type { Exports, Instance } from './instance.ts'
import { parseName } from './names.ts'
import type { InstantiateOptions, RunnableComponent } from './runnable-component.ts'
import type { World } from './world.ts'

/**
 * Collects what components may import, to instantiate any number of them.
 *
 * @example
 * const linker = new Linker()
 *   .define(wasi({ args: ['calculator'] }))
 *   .define('tenon-examples:interfaced-adder/add', provider.exports.add)
 * await linker.run(calculator) // 0
 */
export class Linker {
  readonly #imports: Record<string, unknown> = Object.create(null)
  #trapUnknown = false
  #maxMemory: number | undefined

  /** Defines one import, or all of an object's; what is defined later replaces what has the same name. */
  define(imports: object): this
  define(name: string, value: unknown): this
  define(nameOrImports: string | object, value?: unknown): this {
    if (typeof nameOrImports === 'string') this.#imports[nameOrImports] = value
    else Object.assign(this.#imports, nameOrImports)
    return this
  }

  /** From now on, imports that nobody defined become functions that trap when they are called. */
  trapUnknown(): this {
    this.#trapUnknown = true
    return this
  }

  /** From now on, no instance has more memory than so many bytes: see `InstantiateOptions`. */
  maxMemory(bytes: number): this {
    this.#maxMemory = bytes
    return this
  }

  /** What was defined. */
  get imports(): Imports {
    return this.#imports
  }

  /** What was said for all instances. */
  get options(): InstantiateOptions {
    return { trapUnknown: this.#trapUnknown, maxMemory: this.#maxMemory }
  }

  /** @throws {LinkError} naming all imports that are missing or mistyped */
  instantiate<W extends World>(
    component: RunnableComponent<W>,
    options?: InstantiateOptions,
  ): Promise<Instance<W['exports']>>
  instantiate<E extends object>(
    component: RunnableComponent,
    options?: InstantiateOptions,
  ): Promise<Instance<E>>
  async instantiate<W extends World>(
    component: RunnableComponent<W>,
    options: InstantiateOptions = {},
  ): Promise<Instance<object>> {
    const all = { ...this.options, ...options }
    return component.instantiateLinked(component.link(this.#imports, all), all)
  }

  /**
   * Runs a command, a component that exports `wasi:cli/run`, and disposes it. Resolves to its exit code: what it gave to
   * `wasi:cli/exit`, else 0, or 1 where `run` returns an error.
   *
   * @throws {TenonError} link, where the component is no command
   * @throws {Trap}
   */
  async run<W extends World>(
    component: RunnableComponent<W>,
    options: InstantiateOptions = {},
  ): Promise<number> {
    const name = commandExport(component)
    const instance = await this.instantiate(component, options)
    try {
      await (instance.async as Exports)[name].run()
      return 0
    } catch (error) {
      if (error instanceof ExitError) return error.exitCode
      if (error instanceof ComponentError) return 1
      throw error
    } finally {
      instance.dispose()
    }
  }
}

function commandExport<W extends World>(component: RunnableComponent<W>): string {
  const { exports } = component[componentValue].program.plan
  const run = exports.find(({ name, item }) => {
    const parts = parseName(name)
    if (item.kind !== 'instance' || parts?.kind !== 'interface') return false
    if (`${parts.namespace}:${parts.package}/${parts.interface}` !== 'wasi:cli/run') return false
    return item.exports.some((each) => each.name === 'run' && each.item.kind === 'function')
  })
  if (run) return run.name
  const names = exports.map(({ name }) => `\`${name}\``).join(', ') || 'nothing'
  throw new TenonError(
    'link',
    `the component is no command: it exports no \`wasi:cli/run\` with a function \`run\`. It exports ${names}: instantiate it and call that`,
  )
}
