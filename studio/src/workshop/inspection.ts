import { readCoreModuleType } from 'tenon/binary'
import { describeItems, type FileNode, inspect, type Report } from 'tenon/inspect'
import { worldOf } from 'tenon/wit'
import type { Inspection, ModuleSummary } from '../contract/workshop.ts'
import { summaries } from './item-text.ts'
import { cut, limits } from './limits.ts'
import type { StoredPackage } from './package-store.ts'

/** What there is to know of a package. */
export function inspectionOf({ name, bytes, type }: StoredPackage): Inspection {
  const { report } = inspect(bytes, { followCalls: false })
  const nodes = [...inside(report.contents, [])]
  return {
    name,
    size: bytes.length,
    wit: cut(report.wit, limits.document),
    unprintable: worldOf(type).unprintable.map(
      ({ direction, path, what }) => `${direction} ${path.join(' › ')}: ${what}`,
    ),
    modules: nodes.flatMap(({ node, path }) =>
      node.kind === 'core-module' ? [summaryOf(node, path, bytes)] : [],
    ),
    components: nodes.filter(({ node }) => node.kind === 'component').length - 1,
    sections: sectionsOf(report),
    producers: producersOf(nodes),
    imports: summaries(type.imports).map((item) => ({ ...item, why: whyOf(report, item.name) })),
  }
}

interface Inside {
  readonly node: FileNode
  readonly path: string
}

/** All that is in a component, itself first: modules by the components that they are in. */
function* inside(node: FileNode, around: readonly string[]): Generator<Inside> {
  const own = around.length === 0 ? '' : cut(node.name ?? 'component')
  yield { node, path: [...around.slice(1), own].join(' › ') }
  if (node.kind === 'component') for (const child of node.children) yield* inside(child, [...around, own])
}

function summaryOf(
  node: Extract<FileNode, { kind: 'core-module' }>,
  path: string,
  bytes: Uint8Array,
): ModuleSummary {
  return {
    path,
    name: cut(node.name),
    size: node.size,
    functions: node.functions,
    imports: node.imports,
    exports: node.exports,
    memory: memoryOf(bytes, node),
  }
}

/** In pages, of the memory that it imports or exports: `17`, `1 to 4`. */
function memoryOf(
  bytes: Uint8Array,
  { offset, size }: { readonly offset: number; readonly size: number },
): string | undefined {
  const { imports, exports } = readCoreModuleType(bytes, { start: offset, end: offset + size })
  const types = [...imports.map(({ type }) => type), ...exports.values()]
  const memory = types.find(({ kind }) => kind === 'memory')
  if (memory?.kind !== 'memory') return undefined
  const { minimum, maximum } = memory.limits
  return maximum === undefined || maximum === minimum ? `${minimum}` : `${minimum} to ${maximum}`
}

/** What the bytes of the component itself are. */
function sectionsOf({ contents }: Report): Inspection['sections'] {
  const sum = (kind: FileNode['kind']): number =>
    contents.children.filter((child) => child.kind === kind).reduce((total, { size }) => total + size, 0)
  const custom = contents.customSections.map(({ name, size }) => ({
    name: `custom section ${cut(name)}`,
    bytes: size,
  }))
  const rest = contents.ownSize - custom.reduce((total, { bytes }) => total + bytes, 0)
  return [
    { name: 'core modules', bytes: sum('core-module') },
    { name: 'components', bytes: sum('component') },
    { name: 'types, instances and canonical definitions', bytes: rest },
    ...custom,
  ].filter(({ bytes }) => bytes > 0)
}

/** Of the component and of all that is inside, each once. */
function producersOf(nodes: readonly Inside[]): Inspection['producers'] {
  const all = nodes.flatMap(({ node }) => node.producers)
  const distinct = new Map(all.map((each) => [`${each.field} ${each.name} ${each.version}`, each]))
  return Array.from(distinct.values(), ({ field, name, version }) => ({
    field: cut(field),
    name: cut(name.trim()),
    version: cut(version.trim()),
  })).slice(0, limits.items)
}

function whyOf({ imports }: Report, name: string): Inspection['imports'][number]['why'] {
  const { modules } = imports.find((each) => each.name === name)!
  return modules.map((module) => ({
    module: cut(module.name),
    functions: describeItems({ modules: [module] }),
  }))
}
