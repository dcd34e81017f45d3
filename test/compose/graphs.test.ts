/** The corpus of wac-graph (`../shared/conformance/wac/graphs`): packages and a graph in JSON; the encoding, or the error. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { readWitSources } from '../../src/cli/read-wit.ts'
import type { ComponentType } from '../../src/component/extern-type.ts'
import { Composition } from '../../src/compose/composition.ts'
import type { NodeId } from '../../src/compose/composition-node.ts'
import { encodeComposition } from '../../src/compose/encode-composition.ts'
import { CompositionError, type CompositionProblem } from '../../src/errors.ts'
import { parseWat } from '../../src/wat/index.ts'
import { resolveWit } from '../../src/wit/index.ts'
import { worldType } from '../../src/wit/world-type.ts'
import { parseSkipList } from '../support/skip-list.ts'
import { namesOf, shapeOf } from './component-shape.ts'

const differences = parseSkipList(readFileSync(new URL('../wac.differences.txt', import.meta.url), 'utf8'))
const corpus = '../shared/conformance/wac/graphs'

interface Graph {
  readonly packages: readonly { readonly name: string; readonly path: string }[]
  readonly nodes?: readonly (
    | { readonly type: 'import'; readonly name: string; readonly package: number; readonly export: string }
    | { readonly type: 'instantiation'; readonly package: number }
    | { readonly type: 'alias'; readonly source: number; readonly export: string }
  )[]
  readonly arguments?: readonly { readonly source: number; readonly target: number; readonly name: string }[]
  readonly exports?: readonly { readonly node: number; readonly name: string }[]
  readonly names?: readonly { readonly node: number; readonly name: string }[]
}

/** What is wrong with each of the wrong graphs, and the words for it. */
const wrong: Readonly<Record<string, readonly [CompositionProblem, RegExp]>> = {
  'argument-type-mismatch': [
    'mismatch',
    /does not fit the import `a` of test:foo\n {2}expected instance, found func/,
  ],
  'export-already-exists': ['name', /exports `foo` already/],
  'export-missing': ['missing', /does not have an export named `foo`/],
  'implicit-import-conflict': [
    'conflict',
    /the import `foo` conflicts with an item that test:foo was left to import/,
  ],
  'import-already-exists': ['name', /imports `foo` already/],
  'invalid-export-name': ['name', /export name `!` is not valid: `!` is not in kebab case/],
  'invalid-import-name': ['name', /import name `NOT_VALID` is not valid/],
  'missing-argument': ['missing', /argument `foo` is not an import of package `test:foo`/],
  'not-an-instance': ['node', /the import `foo` is no instance: it is func\(\)/],
  'package-already-registered': ['package', /package `test:foo` has been added already/],
  'type-aggregation-error': [
    'conflict',
    /the import `foo` cannot be one for all that want it: .*test:foo.*test:bar/,
  ],
}

/** Graphs that nobody can write down: arguments are nodes that are there already, each under one name. */
const unspeakable = new Set(['contains-cycle', 'argument-already-satisfied', 'not-instantiation'])

/** Those of `wac.differences.txt`. */
const refused: typeof wrong = {
  'implicit-resource-import': [
    'mismatch',
    /the export `my-func` does not fit the import `my-func` of test:baz\n.*resource types are not the same/,
  ],
}

suite('graphs', { skip: existsSync(corpus) ? false : `${corpus} is not there` }, () => {
  for (const each of existsSync(corpus) ? readdirSync(corpus) : []) {
    const folder = join(corpus, each)
    const graph = JSON.parse(readFileSync(join(folder, 'graph.json'), 'utf8')) as Graph
    const expected = join(folder, 'encoded.wat')
    const [problem, words] = wrong[each] ?? refused[each] ?? []
    test(each, () => {
      if (unspeakable.has(each)) assert.ok(!canBeWritten(graph))
      else if (problem) assert.throws(() => compose(folder, graph), isError(problem, words!))
      else {
        const bytes = encodeComposition(compose(folder, graph), { packages: 'import' })
        const stated = parseWat(readFileSync(expected, 'utf8'))
        assert.deepEqual(shapeOf(bytes, namesOf(bytes)), shapeOf(stated, namesOf(stated)))
      }
    })
  }

  test('each difference has its reason', () => {
    for (const each of Object.keys(refused)) assert.ok(differences.file(`graphs/${each}`))
  })

  test('each wrong one is known', () => {
    const stated = readdirSync(corpus).filter((each) => existsSync(join(corpus, each, 'error.txt')))
    assert.deepEqual([...Object.keys(wrong), ...unspeakable].sort(), stated.sort())
  })
})

function isError(problem: CompositionProblem, words: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof CompositionError, String(error))
    assert.equal(error.problem, problem)
    assert.match(error.message, words)
    return true
  }
}

function canBeWritten({ nodes = [], arguments: args = [] }: Graph): boolean {
  const targets = new Set(args.map(({ target, name }) => `${target} ${name}`))
  const areInstances = args.every(({ target }) => nodes[target]!.type === 'instantiation')
  return (
    targets.size === args.length &&
    areInstances &&
    order({ packages: [], nodes, arguments: args }) !== undefined
  )
}

/** The nodes so that each stands behind those it needs; undefined where they need each other. */
function order({ nodes = [], arguments: args = [] }: Graph): number[] | undefined {
  const left = new Set(nodes.keys())
  const needs = (id: number): number[] => {
    const node = nodes[id]!
    if (node.type === 'alias') return [node.source]
    return args.filter(({ target }) => target === id).map(({ source }) => source)
  }
  const ordered: number[] = []
  while (left.size > 0) {
    const next = [...left].find((id) => !needs(id).some((need) => left.has(need)))
    if (next === undefined) return undefined
    left.delete(next)
    ordered.push(next)
  }
  return ordered
}

function compose(folder: string, graph: Graph): Composition {
  let composition = new Composition()
  for (const { name, path } of graph.packages) composition = composition.add(name, source(join(folder, path)))
  const ids = new Map<number, NodeId>()
  const { nodes = [], packages } = graph
  for (const index of order(graph)!) {
    const node = nodes[index]!
    const add = (): [Composition, NodeId] => {
      if (node.type === 'alias') return composition.alias(ids.get(node.source)!, node.export)
      const { name } = packages[node.package]!
      if (node.type === 'import') {
        const { imports, exports } = composition.packages.get(name)!.type
        const type = exports.get(node.export)!
        const item = type.kind === 'type' && type.type.kind === 'function' ? type.type : type
        return composition.import(node.name, item, imports)
      }
      const given = (graph.arguments ?? []).filter(({ target }) => target === index)
      return composition.instantiate(name, new Map(given.map((each) => [each.name, ids.get(each.source)!])))
    }
    const [next, id] = add()
    composition = next
    ids.set(index, id)
  }
  for (const { node, name } of graph.names ?? []) composition = composition.name(ids.get(node)!, name)
  for (const { node, name } of graph.exports ?? []) composition = composition.export(ids.get(node)!, name)
  return composition
}

function source(path: string): Uint8Array | ComponentType {
  if (path.endsWith('.wat')) return parseWat(readFileSync(path, 'utf8'))
  const { main } = resolveWit(readWitSources(path))
  return worldType([...main.worlds.values()].at(-1)!)
}
