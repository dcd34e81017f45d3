import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseWat } from '../../wat/index.ts'
import type { Place } from '../../wit/problems.ts'
import { analyzeWac, type WacAnalysis } from './analyze.ts'
import type { FoundPackage, PackageFinder } from './package-finder.ts'

const component = parseWat('(component (import "log" (func)) (export "go" (func 0)))')
const finder: PackageFinder = {
  find: (name) => (name === 'docs:adder' ? { kind: 'component', component } : undefined),
}

const written = (place: Place | undefined): string | undefined =>
  place && `${place.span.start} ${place.source.text.slice(place.span.start, place.span.end)}`

it('analyzeWac tells what it can of a text that is half written', () => {
  const text = `package my:app;
import log: func();
let a = new docs:adder { log };
interface i { record r { n: u8 } f: func(r: r); }
world w { import i; }
type t = u8;
export a.
export log;
let b = new docs:adder { lg };`
  const { syntax, problems, references, names } = analyzeWac({ name: 'app.wac', text }, finder)
  assert.equal(syntax?.statements.length, 7)
  assert.deepEqual(
    problems.map(({ message }) => message),
    ['expected an identifier, found keyword `export`', 'undefined name `lg`'],
  )
  assert.deepEqual(
    Array.from(names, ([name, each]) => [name, each.text, each.exports]),
    [
      ['log', 'func()', []],
      ['a', 'instance { go }', ['go']],
      ['i', 'interface { r, f }', []],
      ['w', 'world that imports { my:app/i } and exports {  }', []],
      ['t', 'type u8', []],
      ['b', undefined, []],
    ],
  )
  const use = { start: text.indexOf('log }'), end: text.indexOf('log }') + 3 }
  const { source } = names.get('log')!.place
  assert.equal(written(references.at({ source, span: use })?.to), `${text.indexOf('log:')} log`)
  const imported = text.indexOf('i; }')
  const interfaceOf = references.at({ source, span: { start: imported, end: imported + 1 } })
  assert.equal(written(interfaceOf?.to), `${text.indexOf('i {')} i`)
})

describe('analyzeWac says where nodes come from', () => {
  const packages: Readonly<Record<string, string>> = {
    'docs:adder': '(component (import "log" (func)) (export "go" (func 0)))',
    'docs:two': `(component (import "a:b/log" (func)) (import "x" (func)) (import "y" (func))
      (export "x" (func 0)) (export "y" (func 0)))`,
    'docs:other': '(component (import "n" (func (param "a" u8))) (export "n" (func 0)))',
  }
  const all: PackageFinder = {
    find(name) {
      const text = packages[name]
      return text === undefined ? undefined : { kind: 'component', component: parseWat(text) }
    },
  }
  const analyze = (text: string): WacAnalysis => analyzeWac({ name: 'app.wac', text }, all)
  const slice = (place: Place): string => place.source.text.slice(place.span.start, place.span.end)

  it('their names, expressions, statements and arguments', () => {
    const { problems, nodes, exports, composition, broken } = analyze(`package my:app;
import log: func(); // behind
let t = new docs:two { log, "x": (new docs:adder { log: log }).go, ... };
let again = t;
let u = new docs:two { ...t, log };
export t.x;
export t["y"] as z;
export u...;
export u as "a:b/c";`)
    assert.deepEqual(problems, [])
    assert.deepEqual(broken, [])
    const found = Array.from(nodes, ([id, { name, place, statement, arguments: given }]) => [
      id,
      composition.nodes[id]!.kind,
      name,
      slice(place),
      slice(statement).slice(0, 10),
      Array.from(given, ([argument, { node, how, place: at }]) => [argument, node, how, slice(at)]),
    ])
    const t = 'new docs:two { log, "x": (new docs:adder { log: log }).go, ... }'
    assert.deepEqual(found, [
      [0, 'import', 'log', 'import log: func();', 'import log', []],
      [
        1,
        'instance',
        undefined,
        'new docs:adder { log: log }',
        'let t = ne',
        [['log', 0, 'named', 'log: log']],
      ],
      [2, 'alias', undefined, '(new docs:adder { log: log }).go', 'let t = ne', []],
      [
        3,
        'instance',
        't',
        t,
        'let t = ne',
        [
          ['a:b/log', 0, 'inferred', 'log'],
          ['x', 2, 'named', '"x": (new docs:adder { log: log }).go'],
        ],
      ],
      [4, 'alias', undefined, 't', 'let u = ne', []],
      [5, 'alias', undefined, 't', 'let u = ne', []],
      [
        6,
        'instance',
        'u',
        'new docs:two { ...t, log }',
        'let u = ne',
        [
          ['a:b/log', 0, 'inferred', 'log'],
          ['x', 4, 'spread', '...t'],
          ['y', 5, 'spread', '...t'],
        ],
      ],
      [7, 'alias', undefined, 'u', 'export u..', []],
    ])
    const exported = Array.from(exports, ([name, { node, how, place, statement }]) => [
      name,
      node,
      how,
      slice(place),
      slice(statement),
    ])
    assert.deepEqual(exported, [
      ['x', 4, 'inferred', 't.x', 'export t.x;'],
      ['z', 5, 'named', 't["y"]', 'export t["y"] as z;'],
      ['y', 7, 'spread', 'u', 'export u...;'],
      ['a:b/c', 6, 'named', 'u', 'export u as "a:b/c";'],
    ])
  })

  it('and keeps what is broken, with all that is written about it', () => {
    const { nodes, broken, exports } = analyze(`package my:app;
let fine = new docs:adder { ... };
let misfit = new docs:two { x: fine.go, y: (new docs:other { ... }).n, ... };
let unknown = new docs:nobody@1.0.0 { ...fine, log: fine, go: new docs:adder {}, ... };
let after = new docs:two { misfit, log: misfit["x"], ... };
export misfit.x;
export (new docs:adder { nothing, ... }).go;`)
    assert.deepEqual(
      Array.from(nodes.values(), ({ name, place }) => name ?? slice(place)),
      ['fine', 'fine.go', 'new docs:other { ... }', '(new docs:other { ... }).n'],
    )
    assert.equal(exports.size, 0)
    const rest = ['implicit', undefined, '...', undefined, undefined, undefined]
    const found = broken.map((each) => [
      each.name,
      each.package,
      slice(each.place).slice(0, 12),
      slice(each.statement).slice(0, 12),
      each.arguments.map(({ how, name, text, from, node }) => [
        how,
        name,
        text,
        from?.name,
        from?.export,
        node,
      ]),
      each.problems.map(({ message }) => message),
    ])
    assert.deepEqual(found, [
      [
        'misfit',
        'docs:two',
        'new docs:two',
        'let misfit =',
        [
          ['named', 'x', 'fine.go', 'fine', 'go', 1],
          ['named', 'y', '(new docs:other { ... }).n', undefined, undefined, 3],
          rest,
        ],
        ['mismatched instantiation argument `y`'],
      ],
      [
        'unknown',
        'docs:nobody@1.0.0',
        'new docs:nob',
        'let unknown ',
        [
          ['spread', undefined, '...fine', 'fine', undefined, undefined],
          ['named', 'log', 'fine', 'fine', undefined, undefined],
          ['named', 'go', 'new docs:adder {}', undefined, undefined, undefined],
          rest,
        ],
        ['unknown package `docs:nobody@1.0.0`'],
      ],
      [
        'after',
        'docs:two',
        'new docs:two',
        'let after = ',
        [
          ['inferred', 'misfit', 'misfit', 'misfit', undefined, undefined],
          ['named', 'a:b/log', 'misfit["x"]', 'misfit', 'x', undefined],
          rest,
        ],
        [],
      ],
      [
        undefined,
        'docs:adder',
        'new docs:add',
        'export (new ',
        [['inferred', 'nothing', 'nothing', 'nothing', undefined, undefined], rest],
        ['undefined name `nothing`'],
      ],
    ])
  })

  it('and reads again only packages that are others than before', () => {
    let read = 0
    const counted = (): FoundPackage => ({
      kind: 'component',
      get component() {
        read++
        return component
      },
    })
    let one = counted()
    const text = 'package my:app; let a = new docs:adder { ... };'
    const analyzeAgain = (): number => {
      assert.deepEqual(analyzeWac({ name: 'app.wac', text }, { find: () => one }).problems, [])
      return read
    }
    assert.deepEqual([analyzeAgain(), analyzeAgain()], [1, 1])
    one = counted()
    assert.equal(analyzeAgain(), 2)
  })

  it('of accesses in a long line', () => {
    const { broken } = analyze(
      `package my:app; let a = new docs:adder { log: x${'.y'.repeat(20_000)}, ... };`,
    )
    assert.deepEqual(
      broken[0]!.arguments.map(({ from }) => from),
      [undefined, undefined],
    )
  })
})
