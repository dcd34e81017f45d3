import type { NodeId } from '../../../src/compose/composition-node.ts'
import { interfaceTrack } from '../../../src/component/interface-path.ts'
import type { WacEditProblem } from '../../../src/errors.ts'
import type { WacAnalysis } from '../../../src/compose/wac/analyze.ts'
import type { WacAction } from '../../../src/compose/wac/edit/wac-action.ts'
import { externsOf } from './random-packages.ts'

/** What a text means, by names: `name`, or `#1` for what has none. */
export interface GraphModel {
  readonly blocks: Map<string, Block>
  /** What is exported: a block, or `block|export`. */
  readonly exports: Map<string, string>
  /** What the composition imports without a statement that says so. */
  readonly open: ReadonlySet<string>
  /** All names that the text defines. */
  readonly names: ReadonlySet<string>
  /** Whether something could be given for an import. */
  fits(from: string, exported: string | undefined, argument: string): boolean
}

export interface Block {
  readonly node: NodeId
  readonly name: string | undefined
  /** Undefined of imports. */
  readonly package: string | undefined
  /** The name of an import. */
  readonly import: string | undefined
  readonly imports: ReadonlySet<string>
  readonly exports: ReadonlySet<string>
  /** What is given: a block, or `block|export`. */
  readonly arguments: Map<string, string>
}

export function graphOf({ composition, nodes, names }: WacAnalysis): GraphModel {
  const ids = new Map<number, string>()
  const blocks = new Map<string, Block>()
  for (const [id, { name }] of nodes) {
    const node = composition.nodes[id]!
    if (node.kind !== 'alias') ids.set(id, name ?? `#${id}`)
  }
  const keyOf = (id: NodeId): string => {
    const node = composition.nodes[id]!
    return node.kind === 'alias' ? `${keyOf(node.instance)}|${node.export}` : ids.get(id)!
  }
  for (const [id, { name }] of nodes) {
    const node = composition.nodes[id]!
    if (node.kind !== 'import' && node.kind !== 'instance') continue
    const type = composition.typeOf(id)
    blocks.set(ids.get(id)!, {
      node: id,
      name,
      package: node.kind === 'instance' ? node.package : undefined,
      import: node.kind === 'import' ? node.name : undefined,
      imports: new Set(node.kind === 'instance' ? externsOf(node.package).imports : []),
      exports: new Set(type.kind === 'instance' ? type.exports.keys() : []),
      arguments: new Map(
        node.kind === 'instance' ? Array.from(node.arguments, ([each, from]) => [each, keyOf(from)]) : [],
      ),
    })
  }
  const exported = [...composition.exports].filter(([, id]) => composition.nodes[id]!.kind !== 'definition')
  const open = [...composition.imports].filter(([, { node }]) => node === undefined)
  return graph(
    blocks,
    new Map(exported.map(([name, id]) => [name, keyOf(id)])),
    new Set(open.map(([name]) => name)),
    new Set(names.keys()),
  )
}

function graph(
  blocks: GraphModel['blocks'],
  exports: GraphModel['exports'],
  open: GraphModel['open'],
  names: GraphModel['names'],
): GraphModel {
  const isInstance = (from: string, exported: string | undefined): boolean =>
    exported === undefined ? blocks.get(from)!.exports.has('f') : exported.includes(':')
  const isFunction = (from: string, exported: string | undefined): boolean => {
    const { import: imported, exports: all } = blocks.get(from)!
    return exported === undefined ? imported !== undefined && all.size === 0 : !exported.includes(':')
  }
  return {
    blocks,
    exports,
    open,
    names,
    fits: (from, exported, argument) =>
      argument.includes(':') ? isInstance(from, exported) : isFunction(from, exported),
  }
}

function copy({ blocks, exports, open, names }: GraphModel): GraphModel {
  const copied = Array.from(
    blocks,
    ([id, block]) => [id, { ...block, arguments: new Map(block.arguments) }] as const,
  )
  return graph(new Map(copied), new Map(exports), open, names)
}

interface Prediction {
  readonly refused: WacEditProblem | undefined
  /** The graph afterwards. @param name what was made */
  graph(name: string | undefined): GraphModel
}

/** What an action should do. */
export function predict(before: GraphModel, action: WacAction): Prediction {
  const refused = refusal(before, action)
  return { refused, graph: (name) => performed(copy(before), action, name) }
}

const idOf = ({ blocks }: GraphModel, node: unknown): string =>
  [...blocks].find(([, each]) => each.node === node)![0]
const blockIn = (key: string): string => key.split('|')[0]!
const keyOf = (id: string, exported: string | undefined): string =>
  exported === undefined ? id : `${id}|${exported}`

function refusal(graph: GraphModel, action: WacAction): WacEditProblem | undefined {
  const { exports, names } = graph
  switch (action.kind) {
    case 'connect':
      return reaches(graph, idOf(graph, action.from), idOf(graph, action.instance)) ? 'cycle' : undefined
    case 'disconnect': {
      const source = graph.blocks.get(idOf(graph, action.instance))!.arguments.get(action.argument)!
      return graph.blocks.get(source)?.import === action.argument && usesOf(graph, source) > 1
        ? 'taken'
        : undefined
    }
    case 'export': {
      const { name, import: imported } = graph.blocks.get(idOf(graph, action.from))!
      const chosen = action.as ?? action.export ?? imported ?? name
      return chosen !== undefined && exports.has(chosen) ? 'name' : undefined
    }
    case 'export-all':
      return [...graph.blocks.get(idOf(graph, action.from))!.exports].every((each) => exports.has(each))
        ? 'name'
        : undefined
    case 'rename-export':
      return action.to !== action.name && exports.has(action.to) ? 'name' : undefined
    case 'rename': {
      const own = graph.blocks.get(idOf(graph, action.node))!.name
      return own !== action.to && names.has(action.to) ? 'name' : undefined
    }
    default:
      return undefined
  }
}

/** One block needs another. */
function reaches({ blocks }: GraphModel, from: string, to: string): boolean {
  const seen = new Set([from])
  for (const each of seen) for (const key of blocks.get(each)!.arguments.values()) seen.add(blockIn(key))
  return seen.has(to)
}

function usesOf({ blocks, exports }: GraphModel, id: string): number {
  const keys = [...exports.values(), ...[...blocks.values()].flatMap((each) => [...each.arguments.values()])]
  return keys.filter((key) => blockIn(key) === id).length
}

function performed(graph: GraphModel, action: WacAction, made: string | undefined): GraphModel {
  const { blocks, exports } = graph
  switch (action.kind) {
    case 'instantiate': {
      const { imports, exports: all } = externsOf(action.package)
      const given = new Map<string, string>()
      for (const name of imports) giveImport(graph, given, name)
      const rest = { node: -1 as NodeId, import: undefined, name: made, package: action.package }
      blocks.set(made!, { ...rest, imports: new Set(imports), exports: new Set(all), arguments: given })
      break
    }
    case 'connect': {
      const target = blocks.get(idOf(graph, action.instance))!
      target.arguments.set(action.argument, keyOf(idOf(graph, action.from), action.export))
      break
    }
    case 'disconnect': {
      const target = blocks.get(idOf(graph, action.instance))!
      const source = target.arguments.get(action.argument)!
      target.arguments.delete(action.argument)
      if (blocks.get(source)?.import === action.argument) blocks.delete(source)
      else giveImport(graph, target.arguments, action.argument)
      break
    }
    case 'export':
      exports.set(made!, keyOf(idOf(graph, action.from), action.export))
      break
    case 'export-all': {
      const id = idOf(graph, action.from)
      for (const name of blocks.get(id)!.exports) if (!exports.has(name)) exports.set(name, `${id}|${name}`)
      break
    }
    case 'rename-export': {
      const key = exports.get(action.name)!
      exports.delete(action.name)
      exports.set(action.to, key)
      break
    }
    case 'remove-export':
      exports.delete(action.name)
      break
    case 'rename':
      return renamed(graph, idOf(graph, action.node), action.to)
    case 'remove': {
      const id = idOf(graph, action.node)
      blocks.delete(id)
      for (const [name, key] of exports) if (blockIn(key) === id) exports.delete(name)
      for (const { arguments: given } of blocks.values())
        for (const [name, key] of given) {
          if (blockIn(key) !== id) continue
          given.delete(name)
          giveImport(graph, given, name)
        }
      break
    }
    case 'import': {
      const track = interfaceTrack(action.name)
      for (const { imports, arguments: given } of blocks.values())
        for (const name of imports)
          if (interfaceTrack(name) === track && !given.has(name)) given.set(name, made!)
      const rest = { node: -1 as NodeId, name: made, package: undefined, import: action.name }
      blocks.set(made!, { ...rest, imports: new Set(), exports: new Set(), arguments: new Map() })
      break
    }
    // The text's own interfaces are called after it.
    case 'set-package': {
      const [path, version] = action.package.split('@')
      const isOwn = (name: string | undefined): boolean => /^(my:app|other:name)\//.test(name ?? '')
      const own = `${path}/i${version === undefined ? '' : `@${version}`}`
      for (const [id, block] of blocks) if (isOwn(block.import)) blocks.set(id, { ...block, import: own })
      for (const [name, key] of exports) {
        if (!isOwn(name) || name === own) continue
        exports.delete(name)
        exports.set(own, key)
      }
    }
  }
  return graph
}

/** What the text imports under a name is given to who would leave that open. */
function giveImport({ blocks }: GraphModel, given: Map<string, string>, name: string): void {
  const [id] = [...blocks].find(([, each]) => each.import === name) ?? []
  if (id !== undefined) given.set(name, id)
}

function renamed({ blocks, exports, open, names }: GraphModel, id: string, to: string): GraphModel {
  const rename = (key: string): string => (blockIn(key) === id ? to + key.slice(id.length) : key)
  const renamedBlocks = Array.from(blocks, ([each, block]) => {
    const given = new Map(Array.from(block.arguments, ([name, key]) => [name, rename(key)]))
    const name = each === id ? to : block.name
    return [each === id ? to : each, { ...block, name, arguments: given }] as const
  })
  const renamedExports = Array.from(exports, ([name, key]) => [name, rename(key)] as const)
  return graph(new Map(renamedBlocks), new Map(renamedExports), open, names)
}

/** Those that are in one graph alone. */
export function addedBlocks(before: GraphModel, after: GraphModel): string[] {
  return [...after.blocks.keys()].filter((id) => !before.blocks.has(id))
}

/**
 * Compares two graphs: what has no name in the one may have got one, or another number, in the other.
 *
 * @returns both as text, where they differ
 */
export function sameGraph(expected: GraphModel, actual: GraphModel): string | undefined {
  const free = [...expected.blocks.keys()].filter((id) => !actual.blocks.has(id) || id.startsWith('#'))
  const taken = [...actual.blocks.keys()].filter((id) => !expected.blocks.has(id) || id.startsWith('#'))
  const wanted = printed(expected, new Map())
  const found = printed(actual, new Map())
  if (free.length !== taken.length || free.some((id) => !id.startsWith('#')))
    return `expected ${wanted}\nfound ${found}`
  for (const order of permutations(taken)) {
    const names = new Map(order.map((id, index) => [id, free[index]!]))
    if (printed(actual, names) === wanted) return undefined
  }
  return `expected ${wanted}\nfound ${found}`
}

function printed({ blocks, exports }: GraphModel, names: ReadonlyMap<string, string>): string {
  const nameOf = (id: string): string => names.get(id) ?? id
  const keyed = (key: string): string => nameOf(blockIn(key)) + key.slice(blockIn(key).length)
  const sorted = (entries: Iterable<readonly [string, string]>): string =>
    Array.from(entries, ([name, key]) => `${name}: ${keyed(key)}`)
      .sort()
      .join(', ')
  const lines = Array.from(
    blocks,
    ([id, each]) =>
      `${nameOf(id)} = ${each.package ?? `import ${each.import}`} { ${sorted(each.arguments)} }`,
  )
  return [...lines.sort(), `exports { ${sorted(exports)} }`].join('\n')
}

function* permutations(all: readonly string[]): Generator<readonly string[]> {
  if (all.length === 0) yield []
  for (const [index, first] of all.entries())
    for (const rest of permutations(all.toSpliced(index, 1))) yield [first, ...rest]
}
