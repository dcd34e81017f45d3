/** What a text means, as blocks and wires. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Graph, PortRef } from '../contract/graph.ts'
import type { Analysis, Workshop } from '../contract/workshop.ts'
import { workshopWith } from './testing/examples.ts'

const add = 'tenon-examples:interfaced-adder/add'
const workshop = await workshopWith(['calculator', 'interfaced-adder'], {
  'both.wat': `(component
    (import "log" (func $log (param "n" u32)))
    (import "docs:io/sink@1.0.0" (instance $sink (export "put" (func))))
    (export "out" (func $log))
    (export "docs:io/sink@1.0.0" (instance $sink)))`,
})

async function analyze(statements: string, by: Workshop = workshop): Promise<Analysis> {
  return by.analyze(`package my:app;\n${statements}`)
}

async function drawn(statements: string): Promise<Graph> {
  const { graph } = await analyze(statements)
  assert.ok(graph)
  return graph
}

const said = ({ block, side, port }: PortRef): string => `${block} ${side} ${port ?? 'whole'}`
const wires = ({ wires: all }: Graph): string[] => all.map(({ from, to }) => `${said(from)} → ${said(to)}`)

describe('a text is drawn', () => {
  const text = `let adder = new tenon-examples:interfaced-adder {};
let calculator = new local:calculator { add: adder.add, ... };
export calculator.run;`

  it('with the names that it gives', async () => {
    const { graph, problems, isComplete } = await analyze(text)
    assert.deepEqual([problems, isComplete], [[], true])
    const [adder, calculator] = graph!.blocks
    assert.deepEqual(
      [adder!.id, adder!.name, adder!.package, adder!.kind, adder!.problem],
      ['adder', 'adder', 'tenon-examples:interfaced-adder', 'instance', undefined],
    )
    assert.deepEqual(adder!.exports, [
      { name: add, label: 'add', kind: 'instance', type: 'instance { add }', state: 'wired' },
    ])
    assert.deepEqual(
      calculator!.imports.slice(0, 2).map(({ label, state }) => [label, state]),
      [
        ['add', 'wired'],
        ['poll', 'host'],
      ],
    )
    assert.deepEqual(
      calculator!.exports.map(({ label, state }) => [label, state]),
      [['run', 'exported']],
    )
    assert.deepEqual(wires(graph!), [`adder export ${add} → calculator import ${add}`])
  })

  it('with the places of its parts', async () => {
    const graph = await drawn(text)
    const whole = `package my:app;\n${text}`
    const at = ({ start, end }: { start: number; end: number }): string => whole.slice(start, end)
    assert.equal(at(graph.blocks[0]!.place), 'new tenon-examples:interfaced-adder {}')
    assert.equal(at(graph.blocks[0]!.statement), 'let adder = new tenon-examples:interfaced-adder {};')
    assert.equal(at(graph.wires[0]!.place!), 'add: adder.add')
    assert.deepEqual(
      graph.exports.map(({ name, from, type, place }) => [name, said(from), type, at(place)]),
      [
        [
          'wasi:cli/run@0.2.0',
          'calculator export wasi:cli/run@0.2.0',
          'instance { run }',
          'export calculator.run;',
        ],
      ],
    )
  })

  it('with what is left open, and who wants it', async () => {
    const { open } = await drawn('let a = new docs:both { ... }; let b = new docs:both { ... };')
    assert.deepEqual(
      open.map(({ name, type, isWasi, wantedBy }) => [name, type, isWasi, wantedBy.map(said)]),
      [
        ['log', 'func(n: u32)', false, ['a import log', 'b import log']],
        [
          'docs:io/sink@1.0.0',
          'instance { put }',
          false,
          ['a import docs:io/sink@1.0.0', 'b import docs:io/sink@1.0.0'],
        ],
      ],
    )
  })

  it('with instances that have no name', async () => {
    const graph = await drawn(
      'export new docs:both { ...new-one, ... }.out as one; export new docs:both { ... }.out as two;'.replace(
        '...new-one, ',
        '',
      ),
    )
    assert.deepEqual(
      graph.blocks.map(({ id, name }) => [id, name]),
      [
        ['docs:both#1', undefined],
        ['docs:both#2', undefined],
      ],
    )
  })

  it('with imports as blocks of their own', async () => {
    const graph = await drawn(
      'import log: func(n: u32); let a = new docs:both { log, ... }; export log as again;',
    )
    const [log] = graph.blocks
    assert.deepEqual(
      [
        log!.id,
        log!.kind,
        log!.package,
        log!.imports,
        log!.exports.map(({ name, type, state }) => [name, type, state]),
      ],
      ['log', 'import', undefined, [], [['log', 'func(n: u32)', 'exported']]],
    )
    assert.deepEqual(wires(graph), ['log export log → a import log'])
    assert.deepEqual(
      graph.open.map(({ name }) => name),
      ['docs:io/sink@1.0.0'],
    )
  })

  it('with whole instances, spreads, and what is in exports', async () => {
    const graph = await drawn(`import io: interface { put: func(); };
let a = new docs:both { "docs:io/sink@1.0.0": io, ... };
let b = new docs:both { ...a, log: a.out };
export b["docs:io/sink@1.0.0"].put as put;`)
    assert.deepEqual(wires(graph), [
      'io export io → a import docs:io/sink@1.0.0',
      'a export out → b import log',
      'a export docs:io/sink@1.0.0 → b import docs:io/sink@1.0.0',
    ])
    assert.deepEqual(
      graph.exports.map(({ name, from }) => [name, said(from)]),
      [['put', 'b export docs:io/sink@1.0.0']],
    )
  })
})

describe('what is broken stays on the canvas', () => {
  it('with the wire that does not fit', async () => {
    const { graph, isComplete } = await analyze(`let adder = new tenon-examples:interfaced-adder {};
let calculator = new local:calculator { add: adder, ... };`)
    assert.equal(isComplete, false)
    const [, calculator] = graph!.blocks
    assert.match(calculator!.problem!, /^mismatched instantiation argument/)
    assert.equal(calculator!.imports[0]!.state, 'wrong')
    assert.deepEqual(wires(graph!), [`adder export whole → calculator import ${add}`])
    assert.match(graph!.wires[0]!.problem!, /^mismatched instantiation argument/)
  })

  it('with what depends on it', async () => {
    const graph = await drawn(`let a = new docs:both { log: nobody, ... };
let b = new docs:both { ...a, log: a.out };`)
    assert.deepEqual(
      graph.blocks.map(({ id, problem }) => [id, problem?.split(':')[0]]),
      [
        ['a', 'undefined name `nobody`'],
        ['b', 'what it is given is broken'],
      ],
    )
    assert.deepEqual(wires(graph), [
      'a export out → b import log',
      'a export docs:io/sink@1.0.0 → b import docs:io/sink@1.0.0',
    ])
  })

  it('without its ports where its package is unknown', async () => {
    const graph = await drawn('let a = new not:there { log: b, ... };')
    const [a] = graph.blocks
    assert.deepEqual([a!.id, a!.package, a!.imports, a!.exports], ['a', 'not:there', [], []])
    assert.match(a!.problem!, /unknown package `not:there`/)
  })

  it('without a wire from what is not there', async () => {
    const graph = await drawn(`let a = new docs:both { log: b.out, nothing: b, ... };
let b = new docs:both { log: c.nothing, ... };
let c = new docs:both { ... };
let d = new docs:both { log: c.nothing, "docs:io/sink@1.0.0": e.sink };
let e = new not:there { ... };`)
    assert.deepEqual(wires(graph), ['b export out → a import log'])
    assert.deepEqual(
      graph.blocks.map(({ imports }) => imports.map(({ state }) => state)),
      [['wrong', 'open'], ['wrong', 'open'], ['open', 'open'], ['wrong', 'wrong'], []],
    )
  })

  it('under names of their own, where two have the same', async () => {
    const graph = await drawn('let a = new docs:both { ... }; let a = new docs:both { ... };')
    assert.equal(new Set(graph.blocks.map(({ id }) => id)).size, 2)
    assert.equal(graph.blocks[0]!.id, 'a')
  })
})

describe('a text that cannot be drawn', () => {
  for (const statements of ['let a = new', 'let a = ; export a;', '"'])
    it(statements, async () => {
      const { graph, problems, isComplete } = await analyze(statements)
      assert.equal(graph, undefined)
      assert.ok(problems.length > 0)
      assert.equal(isComplete, false)
    })

  it('is one that is endless', async () => {
    const { graph, problems } = await analyze('// '.repeat(400_000))
    assert.equal(graph, undefined)
    assert.match(problems[0]!.message, /at most 1048576 characters/)
  })

  it('is one that says no name', async () => {
    assert.equal((await workshop.analyze('')).graph, undefined)
  })
})

it('problems say where, and what else takes part', async () => {
  const { problems } = await analyze('let a = new docs:both { ... };\nlet a = new docs:both { ... };')
  const [problem] = problems
  assert.equal(problem!.message, '`a` is already defined')
  assert.deepEqual(
    problem!.related.map(({ start, text }) => [start, text]),
    [[20, 'first defined here']],
  )
  assert.deepEqual([problem!.start, problem!.end], [51, 52])
})
