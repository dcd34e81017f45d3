import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WitError } from '../errors.ts'
import type { Features } from './gates.ts'
import type { WitPackage } from './package.ts'
import { resolveWit } from './resolve.ts'

function resolve(text: string, features: Features = new Set()): WitPackage {
  return resolveWit({ files: [{ name: 'test.wit', text: `package a:b@1.0.0;\n${text}` }] }, { features }).main
}

function refusal(text: string): string {
  try {
    resolve(text)
  } catch (error) {
    assert.ok(error instanceof WitError)
    return error.message
  }
  return assert.fail('it was not refused')
}

test('a use shares the type of what it uses; another name for a type has a type of its own', () => {
  const { interfaces } = resolve(`
    interface first { record r { x: u8 } resource s; }
    interface second { use first.{r, s as t}; type other = r; type u = t; f: func(a: r, b: other, c: borrow<u>) -> u; }
  `)
  const first = interfaces.get('first')!
  const second = interfaces.get('second')!
  const [r, s] = ['r', 's'].map((name) => first.types.get(name)!)
  const [used, t, other, u] = ['r', 't', 'other', 'u'].map((name) => second.types.get(name)!)
  assert.equal(used!.type, r!.type)
  assert.equal(used!.aliasOf, r)
  assert.notEqual(other!.type, r!.type)
  assert.deepEqual(other!.type, r!.type)
  assert.equal(t!.type, s!.type)
  assert.equal(u!.type, s!.type)
  assert.notEqual(u!.handles, t!.handles)
  const { parameters, result } = second.functions.get('f')!.type
  assert.deepEqual(
    parameters.map(({ type }) => [used!.type, other!.type, u!.handles!.borrow].indexOf(type as never)),
    [0, 1, 2],
  )
  assert.equal(result, u!.handles!.own)
})

test('functions of resources have extern names, and methods a self', () => {
  const { functions } = resolve(
    'interface i { resource r { constructor(); get: async func() -> u8; open: static func() -> r; } }',
  ).interfaces.get('i')!
  assert.deepEqual([...functions.keys()], ['[constructor]r', '[method]r.get', '[static]r.open'])
  const { async, parameters } = functions.get('[method]r.get')!.type
  assert.equal(async, true)
  assert.deepEqual(
    parameters.map(({ name, type }) => [name, type.kind]),
    [['self', 'borrow']],
  )
})

test('features take part when they are asked for', () => {
  const text = 'interface i { @unstable(feature = x) f: func(); @since(version = 1.0.0) g: func(); }'
  const names = (features?: Features) => [...resolve(text, features).interfaces.get('i')!.functions.keys()]
  assert.deepEqual(names(), ['g'])
  assert.deepEqual(names(new Set(['x'])), ['f', 'g'])
  assert.deepEqual(names('all'), ['f', 'g'])
})

test('a world imports what its interfaces use, before them', () => {
  const { imports, exports } = resolve(`
    interface a { resource r; }
    interface b { use a.{r}; f: func() -> r; }
    world w { export b; import run: func(); }
  `).worlds.get('w')!
  assert.deepEqual([...imports.keys()], ['a:b/a@1.0.0', 'run'])
  assert.deepEqual([...exports.keys()], ['a:b/b@1.0.0'])
})

test('an include renames resources with their functions, and the copies belong to the world', () => {
  const { worlds } = resolve(`
    world a { resource r { constructor(); get: func(); } type s = r; import f: func(x: s); }
    world b { include a with { r as q, f as g } }
  `)
  const b = worlds.get('b')!
  assert.deepEqual([...b.imports.keys()], ['q', 's', 'g', '[constructor]q', '[method]q.get'])
  const [q, s] = ['q', 's'].map((name) => b.imports.get(name)!)
  assert.ok(q?.kind === 'type' && s?.kind === 'type')
  assert.equal(s.aliasOf, q)
  assert.equal(q.owner, b)
})

test('one interface can be imported under several labels', () => {
  const { imports } = resolve(
    'interface i {} world w { import one: i; import two: i; import i; }',
  ).worlds.get('w')!
  assert.deepEqual(
    Array.from(imports, ([name, item]) => [name, item.kind === 'interface' && item.label]),
    [
      ['one', 'one'],
      ['two', 'two'],
      ['a:b/i@1.0.0', undefined],
    ],
  )
})

test('external ids keep their escapes resolved', () => {
  const { imports } = resolve('world w { @external-id("a\\u{1F408}\\n\\22") import f: func(); }').worlds.get(
    'w',
  )!
  const item = imports.get('f')!
  assert.ok(item.kind === 'function')
  assert.equal(item.externalId, 'a\u{1F408}\n"')
})

test('documentation is what stands in comments before a definition', () => {
  const { interfaces, docs } = resolveWit({
    files: [
      {
        name: 'a.wit',
        text: '/// The package.\npackage a:b;\n/**\n * Of i.\n */\ninterface i {\n/// Of r.\n///\n///   indented\nrecord r { /// Of x.\nx: u8 } }',
      },
    ],
  }).main
  const i = interfaces.get('i')!
  const r = i.types.get('r')!
  assert.equal(docs, 'The package.')
  assert.match(i.docs!, /Of i\./)
  assert.equal(r.docs, 'Of r.\n\n  indented')
  assert.deepEqual([...r.partDocs], [['x', 'Of x.']])
})

test('a problem is a code frame with both places that clash', () => {
  assert.equal(
    refusal('interface i {\n  type t = u8;\n  type t = u16;\n}'),
    `name \`t\` is defined more than once
 --> test.wit:4:8
  |
3 |   type t = u8;
  |        - first defined here
4 |   type t = u16;
  |        ^`,
  )
})

test('files of one package see the interfaces of each other, and not what another file calls them', () => {
  const files = [
    { name: 'a.wit', text: 'package a:b; use i as j; interface k { use j.{t}; }' },
    { name: 'b.wit', text: 'interface i { type t = u8; } interface l { use i.{t}; }' },
  ]
  assert.deepEqual([...resolveWit({ files }).main.interfaces.keys()], ['i', 'k', 'l'])
  const wrong = { name: 'c.wit', text: 'interface m { use j.{t}; }' }
  assert.throws(() => resolveWit({ files: [...files, wrong] }), /`j` does not exist/)
})
