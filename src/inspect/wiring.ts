/**
 * Which imports of the component each core module uses. The Plan says what every import of a core module is bound to;
 * what goes through a table that another module fills (the shim and fix-up modules of wit-component) is followed to
 * its end.
 */
import type { ByteRange } from '../component/component.ts'
import type { CoreArgument, CoreItem, NamedCoreItem, Plan, PlanExport, PlanImport } from '../compile/plan.ts'

/** One item of an import: an interface's function or resource, or a function of the world itself. */
export interface ImportItem {
  /** The import's name as the component writes it. */
  readonly import: string
  /**
   * The name within the interface, `[resource-drop]name` where handles of a resource are dropped; undefined where the
   * import is the item.
   */
  readonly item: string | undefined
}

export interface ModuleUse {
  /** Imports of the component that its code can call; a resource that it only drops counts too. */
  readonly imports: readonly ImportItem[]
  /** Exports of the component that are its functions. */
  readonly exports: readonly ImportItem[]
}

/** What an import of a core module is bound to. */
export type Binding =
  | { readonly kind: 'import'; readonly item: ImportItem }
  /** A function of another core module. */
  | { readonly kind: 'export'; readonly module: number; readonly name: string }

/** A function that the component exports. */
export interface ExportBinding {
  readonly item: ImportItem
  readonly module: number
  /** The core module's name for it. */
  readonly name: string
}

interface Instantiation {
  /** Index in the file; undefined for a module that is imported. */
  readonly module: number | undefined
  readonly arguments: readonly CoreArgument[]
  /** The arguments that name their items, by module name and item name; made when the first is asked for. */
  items?: ReadonlyMap<string, ReadonlyMap<string, CoreItem>>
}

/** How the core modules of a component are wired to each other and to its imports and exports. */
export class Wiring {
  readonly #plan: Plan
  /** By core instance register. */
  readonly #instances = new Map<number, Instantiation>()
  /** By core function register: the import behind it, if one is. */
  readonly #coreFunctions = new Map<number, ImportItem>()
  /** By core instance register of a shim: what is put behind each of its exports. */
  readonly #slots = new Map<number, ReadonlyMap<string, CoreItem>>()

  constructor(plan: Plan, modules: readonly ByteRange[]) {
    this.#plan = plan
    const functions = new Map<number, ImportItem>()
    const resources = new Map<number, ImportItem>()
    nameImports(plan.imports, undefined, functions, resources)
    const indexOf = (range: ByteRange) => modules.findIndex((module) => module.start === range.start)
    for (const step of plan.steps) {
      if (step.kind === 'instantiate-core-module') {
        const module = step.module.from === 'file' ? indexOf(plan.modules[step.module.module]!) : undefined
        this.#instances.set(step.to, { module, arguments: step.arguments })
        const fixUp = readFixUp(step.arguments)
        if (fixUp) this.#slots.set(fixUp.shim, fixUp.slots)
      } else if (step.kind === 'lower') {
        for (const lower of step.lowers) {
          if (lower.function.from === 'register')
            this.#learn(lower.to, functions.get(lower.function.function))
        }
      } else if (step.kind === 'resource.drop') {
        this.#learn(step.to, resources.get(step.resource))
      }
    }
  }

  #learn(coreFunction: number, item: ImportItem | undefined): void {
    if (item) this.#coreFunctions.set(coreFunction, item)
  }

  /** By index in the file, as `fileTree` counts: modules that are never instantiated are absent. */
  uses(): ReadonlyMap<number, ModuleUse> {
    const uses = new Map<number, { imports: ImportItem[]; exports: ImportItem[] }>()
    for (const { module, arguments: args } of this.#instances.values()) {
      if (module === undefined) continue
      const use = uses.get(module) ?? { imports: [], exports: [] }
      uses.set(module, use)
      // A module that fills another's table hands its functions on; it calls none of them.
      if (readFixUp(args)) continue
      for (const { item } of args.flatMap(namedItems)) {
        const found = this.#importBehind(item)
        if (found && !use.imports.includes(found)) use.imports.push(found)
      }
    }
    for (const { module, item } of this.exports()) uses.get(module)?.exports.push(item)
    return uses
  }

  #importBehind(item: CoreItem): ImportItem | undefined {
    if (item.from === 'core-function') return this.#coreFunctions.get(item.index)
    const slot = this.#slots.get(item.instance)?.get(item.name)
    return slot && slot.from === 'core-function' ? this.#coreFunctions.get(slot.index) : undefined
  }

  /** What a function that a core module imports is bound to, where that is in the file or an import of it. */
  binding(module: number, from: string, name: string): Binding | undefined {
    for (const instance of this.#instances.values()) {
      if (instance.module !== module) continue
      const item = argumentItem(instance, from, name)
      const found = item && this.#resolve(item)
      if (found) return found
    }
    return undefined
  }

  #resolve(item: CoreItem): Binding | undefined {
    const behind = this.#importBehind(item)
    if (behind) return { kind: 'import', item: behind }
    if (item.from === 'core-function') return undefined
    const slot = this.#slots.get(item.instance)?.get(item.name)
    if (slot) return this.#resolve(slot)
    const module = this.#instances.get(item.instance)?.module
    return module === undefined ? undefined : { kind: 'export', module, name: item.name }
  }

  exports(): readonly ExportBinding[] {
    const found: ExportBinding[] = []
    this.#collectExports(this.#plan.exports, undefined, found)
    return found
  }

  #collectExports(exports: readonly PlanExport[], within: string | undefined, found: ExportBinding[]): void {
    for (const { name, item } of exports) {
      if (item.kind === 'instance') this.#collectExports(item.exports, within ?? name, found)
      if (item.kind !== 'function' || item.function.from !== 'lift') continue
      const { callee } = this.#plan.lifts[item.function.lift]!
      const module =
        callee.from === 'core-instance' ? this.#instances.get(callee.instance)?.module : undefined
      if (module === undefined || callee.from !== 'core-instance') continue
      const exported =
        within === undefined ? { import: name, item: undefined } : { import: within, item: name }
      found.push({ item: exported, module, name: callee.name })
    }
  }
}

function argumentItem(instance: Instantiation, from: string, name: string): CoreItem | undefined {
  const whole = instance.arguments.find((one) => one.name === from && one.from === 'core-instance')
  if (whole?.from === 'core-instance') return { from: 'core-instance', instance: whole.instance, name }
  instance.items ??= new Map(
    instance.arguments.map((one) => [
      one.name,
      new Map(namedItems(one).map((item) => [item.name, item.item])),
    ]),
  )
  return instance.items.get(from)?.get(name)
}

function nameImports(
  imports: readonly PlanImport[],
  within: string | undefined,
  functions: Map<number, ImportItem>,
  resources: Map<number, ImportItem>,
): void {
  for (const { name, item } of imports) {
    const named: ImportItem =
      within === undefined ? { import: name, item: undefined } : { import: within, item: name }
    if (item.kind === 'instance') nameImports(item.exports, within ?? name, functions, resources)
    else if (item.kind === 'function') functions.set(item.register, named)
    else if (item.kind === 'resource') {
      resources.set(
        item.resource,
        within === undefined ? named : { import: within, item: `[resource-drop]${name}` },
      )
    }
  }
}

interface FixUp {
  readonly shim: number
  readonly slots: ReadonlyMap<string, CoreItem>
}

/** wit-component's convention: functions named by numbers, and the shim, or its table `$imports`, that they go into. */
function readFixUp(args: readonly CoreArgument[]): FixUp | undefined {
  const items = args.flatMap(namedItems)
  const slots = items.filter(({ name }) => /^[0-9]+$/.test(name))
  const table = items.find(({ name }) => name === '$imports')?.item
  const whole = args.find((arg) => arg.name === 'shim' && arg.from === 'core-instance')
  const shim =
    table?.from === 'core-instance'
      ? table.instance
      : whole?.from === 'core-instance'
        ? whole.instance
        : undefined
  if (shim === undefined || slots.length === 0) return undefined
  return { shim, slots: new Map(slots.map(({ name, item }) => [name, item])) }
}

function namedItems(arg: CoreArgument): readonly NamedCoreItem[] {
  return arg.from === 'items' ? arg.items : []
}
