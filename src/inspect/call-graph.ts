/** Who calls whom, across all core modules of a component, from its exports down to its imports. */
import type { ByteRange } from '../component/component.ts'
import { DecodeError } from '../errors.ts'
import { type ModuleCode, readModuleCode } from './module-code.ts'
import type { ImportItem, Wiring } from './wiring.ts'

export interface CallGraphModule {
  readonly name: string
  readonly range: ByteRange
}

/** One function on the way. */
export interface Step {
  readonly module: string
  /** From the name section, or from an export; `function N` where nothing tells. */
  readonly name: string
}

/** How an import comes to be called. */
export interface CallPath {
  readonly import: ImportItem
  /** The component's export that it starts from; undefined for what no export reaches by direct calls. */
  readonly export: ImportItem | undefined
  /** Outermost first. */
  readonly steps: readonly Step[]
  /** The first step stands in a table: somebody calls it through a function pointer. */
  readonly throughTable: boolean
}

interface Node {
  readonly module: number
  readonly index: number
}

/** A node and how it was reached. */
interface Visit {
  readonly node: Node
  readonly from: Visit | undefined
  readonly export: ImportItem | undefined
}

export class CallGraph {
  readonly #bytes: Uint8Array
  readonly #modules: readonly CallGraphModule[]
  /** Undefined where the component cannot be compiled: then no ways are known. */
  readonly #wiring: Wiring | undefined
  /** Read when the first call leads there. */
  readonly #code = new Map<number, ModuleCode>()

  constructor(bytes: Uint8Array, modules: readonly CallGraphModule[], wiring: Wiring | undefined) {
    this.#bytes = bytes
    this.#modules = modules
    this.#wiring = wiring
  }

  /**
   * The shortest way to each import that is wanted: from an export by direct calls; else from a function that the
   * exports' code could call through a table; none for what no code reaches.
   */
  paths(wanted: (item: ImportItem) => boolean): CallPath[] {
    const found = new Map<ImportItem, CallPath>()
    const visited = new Set<string>()
    this.#search(this.#exportRoots(), visited, false, wanted, found)
    this.#search(this.#tableRoots(), visited, true, wanted, found)
    return [...found.values()]
  }

  #exportRoots(): Visit[] {
    return (this.#wiring?.exports() ?? []).flatMap(({ item, module, name }) => {
      const index = this.#codeOf(module).exports.get(name)
      return index === undefined ? [] : [{ node: { module, index }, from: undefined, export: item }]
    })
  }

  /** What runs at the start, and whatever stands in a table; not imports, which modules only hand on. */
  #tableRoots(): Visit[] {
    return this.#modules.flatMap((_, module) => {
      const { imports, inTables, start } = this.#codeOf(module)
      const functions = start === undefined ? inTables : [start, ...inTables]
      return functions
        .filter((index) => index >= imports.length)
        .map((index) => ({ node: { module, index }, from: undefined, export: undefined }))
    })
  }

  #search(
    roots: readonly Visit[],
    visited: Set<string>,
    throughTable: boolean,
    wanted: (item: ImportItem) => boolean,
    found: Map<ImportItem, CallPath>,
  ): void {
    const queue = [...roots]
    // An array that grows while it is read: breadth first, so that the first way found is a shortest one.
    for (const visit of queue) {
      const key = `${visit.node.module} ${visit.node.index}`
      if (visited.has(key)) continue
      visited.add(key)
      const code = this.#codeOf(visit.node.module)
      const imported = code.imports[visit.node.index]
      if (!imported) {
        for (const index of code.targets.get(visit.node.index)?.calls ?? []) {
          queue.push({ ...visit, node: { module: visit.node.module, index }, from: visit })
        }
        continue
      }
      const binding = this.#wiring?.binding(visit.node.module, imported.module, imported.name)
      if (binding?.kind === 'import') {
        if (wanted(binding.item) && !found.has(binding.item)) {
          found.set(binding.item, this.#path(binding.item, visit, throughTable))
        }
      } else if (binding) {
        const index = this.#codeOf(binding.module).exports.get(binding.name)
        // The import itself is no step: `from` skips it.
        if (index !== undefined)
          queue.push({ ...visit, node: { module: binding.module, index }, from: visit.from })
      }
    }
  }

  #path(item: ImportItem, visit: Visit, throughTable: boolean): CallPath {
    const steps: Step[] = []
    for (let at = visit.from; at; at = at.from) steps.unshift(this.#step(at.node))
    return { import: item, export: visit.export, steps, throughTable }
  }

  #step({ module, index }: Node): Step {
    const { names, exports } = this.#codeOf(module)
    const exported = Array.from(exports).find(([, exportedIndex]) => exportedIndex === index)?.[0]
    return { module: this.#modules[module]!.name, name: names.get(index) ?? exported ?? `function ${index}` }
  }

  #codeOf(module: number): ModuleCode {
    const known = this.#code.get(module)
    if (known) return known
    const code = readable(this.#bytes, this.#modules[module]!.range)
    this.#code.set(module, code)
    return code
  }
}

/** Only the engine validates core modules. One that is malformed has no functions here. */
function readable(bytes: Uint8Array, range: ByteRange): ModuleCode {
  try {
    return readModuleCode(bytes, range)
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return {
      imports: [],
      exports: new Map(),
      names: new Map(),
      targets: new Map(),
      inTables: [],
      start: undefined,
    }
  }
}
