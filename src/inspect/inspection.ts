import { decode } from '../binary/decode.ts'
import type { Producer } from '../binary/producers.ts'
import type { ByteRange, Component } from '../component/component.ts'
import { compile } from '../compile/compile.ts'
import { TenonError } from '../errors.ts'
import type { ExternType } from '../component/extern-type.ts'
import { validate } from '../validation/validate.ts'
import { printWit } from '../wit/print-wit.ts'
import { itemTexts } from './item-texts.ts'
import { decodeChecked } from '../wit/decode-wit.ts'
import { CallGraph, type CallPath } from './call-graph.ts'
import { type ComponentNode, fileTree, type ModuleNode, modulesOf } from './file-tree.ts'
import { type ImportItem, type ModuleUse, Wiring } from './wiring.ts'

/** What there is to know of a component as it stands, without running it. */
export interface Report {
  readonly size: number
  readonly producers: readonly Producer[]
  /** The world as WIT text. */
  readonly wit: string
  readonly imports: readonly ReportedItem[]
  readonly exports: readonly ReportedItem[]
  readonly contents: ComponentNode
  /** By index of the module; absent for those that are never instantiated. */
  readonly uses: Readonly<Record<number, ModuleUse>>
}

export interface ReportedItem {
  readonly name: string
  readonly kind: ExternType['kind']
  readonly interface: string | undefined
  readonly wit: string
  /** Imports: which modules use it, and what of it. Exports: whose functions they are. */
  readonly modules: readonly ModuleReference[]
  /** Imports: undefined where nothing of it is called, or calls were not followed. */
  readonly reached: Reach | undefined
}

/** How far an import is from the exports. */
export interface Reach {
  /** Undefined where direct calls do not lead there: a function pointer must, or what runs at the start. */
  readonly export: ImportItem | undefined
  /** How many functions are on the way. */
  readonly calls: number
}

export interface ModuleReference {
  readonly index: number
  readonly name: string
  /** Names within the interface; empty for an item of the world itself. */
  readonly items: readonly string[]
}

/** A report, and what more detailed questions need. */
export interface Inspection {
  readonly report: Report
  callGraph(): CallGraph
}

export interface InspectOptions {
  /** Say how imports are reached; default true. To read all code takes most of the time. */
  readonly followCalls?: boolean | undefined
}

/**
 * What is inside of a component, how large it is, and which of its core modules use which import.
 *
 * @throws {DecodeError | ValidationError}
 *
 * @example
 * const { report } = inspect(await assemble('(component (import "log" (func)) (core module $main))'))
 * report.imports[0].wit // func()
 * report.imports[0].modules // []
 * report.contents.children[0].name // main
 */
export function inspect(bytes: Uint8Array, { followCalls = true }: InspectOptions = {}): Inspection {
  const component = decode(bytes)
  const type = validate(component)
  const wit = decodeChecked(component, type)
  const contents = fileTree(component)
  const modules = modulesOf(contents)
  const ranges = modules.map(({ offset, size }) => ({ start: offset, end: offset + size }))
  const wiring = wiringOf(component, ranges)
  const uses = wiring?.uses() ?? new Map<number, ModuleUse>()
  const callGraph = () =>
    new CallGraph(
      bytes,
      modules.map(({ name }, index) => ({ name, range: ranges[index]! })),
      wiring,
    )
  const paths = Map.groupBy(followCalls ? callGraph().paths(() => true) : [], (path) => path.import.import)
  const references = {
    import: referencesByName(modules, (index) => uses.get(index)?.imports),
    export: referencesByName(modules, (index) => uses.get(index)?.exports),
  }
  const items = itemTexts(type, wit.world).map(({ direction, name, kind, interface: path, text }) => ({
    direction,
    item: {
      name,
      kind,
      interface: path,
      wit: text.join('\n'),
      modules: references[direction].get(name) ?? [],
      reached: direction === 'import' ? reachOf(paths.get(name) ?? []) : undefined,
    },
  }))

  const report = {
    size: bytes.length,
    producers: contents.producers,
    wit: printWit(wit),
    imports: items.filter(({ direction }) => direction === 'import').map(({ item }) => item),
    exports: items.filter(({ direction }) => direction === 'export').map(({ item }) => item),
    contents,
    uses: Object.fromEntries(uses),
  }
  return { report, callGraph }
}

/** Which modules use something, or have it, under the name that the component gives it. */
function referencesByName(
  modules: readonly ModuleNode[],
  itemsOf: (index: number) => readonly ImportItem[] | undefined,
): Map<string, ModuleReference[]> {
  const references = new Map<string, ModuleReference[]>()
  for (const { index, name } of modules) {
    for (const [of, items] of Map.groupBy(itemsOf(index) ?? [], (item) => item.import)) {
      const reference = { index, name, items: itemNames(items) }
      const others = references.get(of)
      if (others) others.push(reference)
      else references.set(of, [reference])
    }
  }
  return references
}

/** The shortest way to anything of an import. */
function reachOf(paths: readonly CallPath[]): Reach | undefined {
  const [first, ...rest] = paths
  if (!first) return undefined
  const rank = (path: CallPath) => (path.export === undefined ? 1e9 : 0) + path.steps.length
  const shortest = rest.reduce((best, path) => (rank(path) < rank(best) ? path : best), first)
  return { export: shortest.export, calls: shortest.steps.length }
}

function itemNames(items: readonly ImportItem[]): string[] {
  return items.flatMap(({ item }) => (item === undefined ? [] : [item]))
}

/** A component that this version cannot execute can be looked at all the same, only not for this. */
function wiringOf(component: Component, ranges: readonly ByteRange[]): Wiring | undefined {
  try {
    return new Wiring(compile(component), ranges)
  } catch (error) {
    if (error instanceof TenonError && (error.code === 'unsupported' || error.code === 'limit'))
      return undefined
    throw error
  }
}
