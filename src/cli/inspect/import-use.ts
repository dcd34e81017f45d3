/**
 * Which imports of the component each core module uses. The Plan says what every import of a core module is bound to;
 * what goes through a table that another module fills (the shim and fix-up modules of wit-component) is followed to
 * its end.
 */
import type { ByteRange } from '../../component/component.ts'
import type {
  CoreArgument,
  CoreItem,
  NamedCoreItem,
  Plan,
  PlanExport,
  PlanImport,
} from '../../compile/plan.ts'

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

/** By index in the file, as `fileTree` counts: modules that are never instantiated are absent. */
export function importUse(plan: Plan, modules: readonly ByteRange[]): ReadonlyMap<number, ModuleUse> {
  return new Uses(plan, modules).collect()
}

interface Instantiation {
  /** Index in the file; undefined for a module that is imported. */
  readonly module: number | undefined
  readonly arguments: readonly CoreArgument[]
}

class Uses {
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

  collect(): ReadonlyMap<number, ModuleUse> {
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
    this.#collectExports(this.#plan.exports, undefined, (module, item) =>
      uses.get(module)?.exports.push(item),
    )
    return uses
  }

  #importBehind(item: CoreItem): ImportItem | undefined {
    if (item.from === 'core-function') return this.#coreFunctions.get(item.index)
    const slot = this.#slots.get(item.instance)?.get(item.name)
    return slot && slot.from === 'core-function' ? this.#coreFunctions.get(slot.index) : undefined
  }

  #collectExports(
    exports: readonly PlanExport[],
    within: string | undefined,
    found: (module: number, item: ImportItem) => void,
  ): void {
    for (const { name, item } of exports) {
      if (item.kind === 'instance') this.#collectExports(item.exports, within ?? name, found)
      if (item.kind !== 'function' || item.function.from !== 'lift') continue
      const { callee } = this.#plan.lifts[item.function.lift]!
      const module =
        callee.from === 'core-instance' ? this.#instances.get(callee.instance)?.module : undefined
      if (module === undefined) continue
      found(module, within === undefined ? { import: name, item: undefined } : { import: within, item: name })
    }
  }
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
