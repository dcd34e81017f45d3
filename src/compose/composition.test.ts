import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode } from '../binary/decode.ts'
import { CompositionError, type CompositionProblem } from '../errors.ts'
import { validate } from '../validation/validate.ts'
import { parseWat } from '../wat/index.ts'
import { printExtern } from './type-difference.ts'
import { Composition } from './composition.ts'
import type { NodeId } from './composition-node.ts'
import { encodeComposition } from './encode-composition.ts'

const component = (text: string): Uint8Array => parseWat(`(component ${text})`)

/** `types` has a resource; `api` makes one, and `use` takes one. */
const api = `
  (import "t:t/types@0.2.0" (instance $types (export "r" (type (sub resource)))))
  (alias export $types "r" (type $r))`
const maker = component(`${api}
  (import "t:t/make@0.2.0" (instance $make
    (alias outer 1 $r (type $r)) (export "r" (type $q (eq $r)))
    (export "make" (func (result (own $q))))))
  (export "t:t/made@0.2.0" (instance $make))`)
const taker = component(
  `${api.replace('0.2.0', '0.2.3')}
  (import "t:t/made@0.2.0" (instance
    (alias outer 1 $r (type $r)) (export "r" (type $q (eq $r)))
    (export "make" (func (result (own $q))))))`,
)

/** Defines the resource type itself. */
const owner = component(`
  (component $C
    (type $r (resource (rep i32))) (export "r" (type $r)))
  (instance $c (instantiate $C))
  (export "t:t/types@0.2.0" (instance $c))`)

function refused(work: () => unknown, problem: CompositionProblem, words: RegExp): void {
  assert.throws(work, (error) => {
    assert.ok(error instanceof CompositionError, String(error))
    assert.equal(error.code, 'compose')
    assert.equal(error.problem, problem)
    assert.match(error.message, words)
    return true
  })
}

test('an operation leaves the composition as it is', () => {
  const before = new Composition().add('a:maker', maker)
  const [after] = before.instantiate('a:maker')
  assert.deepEqual([before.nodes.length, before.imports.size], [0, 0])
  assert.deepEqual([after.nodes.length, after.imports.size], [1, 2])
  assert.notEqual(after, before)
})

test('open imports of versions that replace each other are one, with one resource type', () => {
  let graph = new Composition().add('a:maker', maker).add('a:taker', taker)
  let [made, instance]: [Composition, NodeId] = graph.instantiate('a:maker')
  ;[made, instance] = made.alias(instance, 't:t/made@0.2.0')
  // The types of what is passed are those of the import that both share.
  ;[graph] = made.instantiate('a:taker', { 't:t/made@0.2.0': instance })
  assert.deepEqual([...graph.imports.keys()], ['t:t/types@0.2.3', 't:t/make@0.2.0'])
  const { imports } = validate(decode(encodeComposition(graph)))
  assert.deepEqual([...imports.keys()], ['t:t/types@0.2.3', 't:t/make@0.2.0'])
})

test('an import that mentions a resource of an instance cannot be left open', () => {
  let [graph, instance] = new Composition().add('a:owner', owner).add('a:maker', maker).instantiate('a:owner')
  ;[graph, instance] = graph.alias(instance, 't:t/types@0.2.0')
  refused(
    () => graph.instantiate('a:maker', { 't:t/types@0.2.0': instance }),
    'bound',
    /the import `t:t\/make@0\.2\.0`, wanted by a:maker, cannot be left open: it mentions the resource `r`.*a:owner/,
  )
})

test('each instance has resource types of its own', () => {
  let [graph, first] = new Composition().add('a:owner', owner).add('a:maker', maker).instantiate('a:owner')
  let second: NodeId
  ;[graph, second] = graph.instantiate('a:owner')
  ;[graph, first] = graph.alias(first, 't:t/types@0.2.0')
  ;[graph, second] = graph.alias(second, 't:t/types@0.2.0')
  const user = component(`
    (import "a" (instance $a (export "r" (type (sub resource))))) (alias export $a "r" (type $r))
    (import "b" (instance (alias outer 1 $r (type $r)) (export "r" (type (eq $r)))))`)
  graph = graph.add('a:user', user)
  graph.instantiate('a:user', { a: first, b: first })
  refused(
    () => graph.instantiate('a:user', { a: first, b: second }),
    'mismatch',
    /does not fit the import `b` of a:user\n {2}r: resource types are not the same/,
  )
})

test('a difference is shown where it is deepest, with both sides', () => {
  const exporting = component(`
    (import "f" (func $f (param "n" u32)))
    (component $C (import "f" (func $f (param "n" u32))) (export "f" (func $f)))
    (instance $i (instantiate $C (with "f" (func $f))))
    (export "t:t/i" (instance $i))`)
  const importing = component('(import "t:t/i" (instance (export "f" (func (param "n" s32) (result bool)))))')
  let [graph, id] = new Composition().add('a:a', exporting).add('a:b', importing).instantiate('a:a')
  ;[graph, id] = graph.alias(id, 't:t/i')
  const work = (): unknown => graph.instantiate('a:b', { 't:t/i': id })
  refused(
    work,
    'mismatch',
    /^the export `t:t\/i` does not fit the import `t:t\/i` of a:b\n {2}f › function parameter `n`: /,
  )
  refused(work, 'mismatch', /\n {4}expected func\(n: s32\) -> bool\n {4}found {4}func\(n: u32\)\n/)
})

const echo = component('(import "f" (func)) (export "f" (func 0))')
const graph = new Composition().add('a:echo', echo)
const [instantiated, instance] = graph.instantiate('a:echo')

const mistakes: readonly [name: string, work: () => unknown, problem: CompositionProblem, words: RegExp][] = [
  ['a package of another name', () => graph.instantiate('a:ecko'), 'package', /did you mean a:echo\?/],
  ['a name that is none', () => graph.add('echo', echo), 'name', /`echo` is no name of a package/],
  ['a version that is none', () => graph.add('a:b@1', echo), 'name', /`a:b@1` is no name of a package: /],
  [
    'an argument of another name',
    () => graph.instantiate('a:echo', { g: instance }),
    'missing',
    /it imports f|did you mean f/,
  ],
  ['a node of another composition', () => graph.alias(instance, 'f'), 'node', /there is no node 0/],
  [
    'an export of another name',
    () => instantiated.alias(instance, 'g'),
    'missing',
    /did you mean f|it exports f/,
  ],
  [
    'an export twice',
    () => instantiated.export(instance, 'x').export(instance, 'X'),
    'name',
    /exports `x` already/,
  ],
  [
    'an export with the name of a method',
    () => instantiated.export(instance, '[method]a.b'),
    'name',
    /the name of a method/,
  ],
  [
    'an import that is open',
    () => instantiated.import('f', instantiated.typeOf(instance)),
    'conflict',
    /a:echo was left to import/,
  ],
]
for (const [name, work, problem, words] of mistakes)
  test(`refused: ${name}`, () => refused(work, problem, words))

test('the same export is the same node', () => {
  const [once, first] = instantiated.alias(instance, 'f')
  const [twice, second] = once.alias(instance, 'f')
  assert.equal(first, second)
  assert.equal(once, twice)
})

test('as data', () => {
  const [aliased, f] = instantiated.name(instance, 'echo').alias(instance, 'f')
  assert.deepEqual(JSON.parse(JSON.stringify(aliased.export(f, 'g'))), {
    packages: ['a:echo'],
    nodes: [
      { kind: 'instance', label: 'echo', package: 'a:echo', arguments: {}, open: { f: 'f' } },
      { kind: 'alias', instance: 0, export: 'f', type: 'func()' },
    ],
    imports: [{ name: 'f', type: 'func()', wantedBy: [{ by: 'a:echo', name: 'f' }] }],
    exports: { g: 1 },
  })
  assert.deepEqual([...aliased.edges()], [{ from: 0, to: 1, name: 'f' }])
})

test('the bytes are the same each time, and a package is in them once', () => {
  const [two] = instantiated.instantiate('a:echo')
  const bytes = encodeComposition(two)
  assert.deepEqual(encodeComposition(two), bytes)
  const kinds = decode(bytes).definitions.map(({ kind }) => kind)
  assert.equal(kinds.filter((kind) => kind === 'component').length, 1)
  assert.equal(kinds.filter((kind) => kind === 'instance').length, 2)
})

test('a package of which only the type is known can be imported', () => {
  const type = validate(decode(echo))
  const [typed] = new Composition().add('a:echo@1.2.3', type).instantiate('a:echo@1.2.3')
  refused(() => encodeComposition(typed), 'package', /only the type of package `a:echo@1.2.3` is known/)
  const { imports } = validate(decode(encodeComposition(typed, { packages: 'import' })))
  assert.equal(
    printExtern(imports.get('unlocked-dep=<a:echo@{>=1.2.3}>')!),
    'component that imports { f } and exports { f }',
  )
})

test('core modules, components and attributes of names', () => {
  const user = component(`
    (import "m" (core module (import "x" "f" (func (param i32) (result i64))) (export "mem" (memory 1))
      (export "g" (global i32)) (export "t" (table 1 funcref)) (export "h" (func (param i32)))))
    (import "c" (component (import "l" (func (param "s" string)))
      (export "o" (instance (export "r" (type (sub resource)))))))
    (import "impl" (implements "a:b/c") (instance))`)
  const [open] = new Composition().add('a:user', user).instantiate('a:user')
  for (const packages of ['nest', 'import'] as const) {
    const { imports, importAttributes } = validate(decode(encodeComposition(open, { packages })))
    const kinds = Array.from(imports.values(), ({ kind }) => kind)
    assert.deepEqual(kinds.slice(0, 3).sort(), ['component', 'core-module', 'instance'])
    assert.deepEqual(importAttributes!.get('impl'), [{ kind: 'implements', interface: 'a:b/c' }])
  }
  const giver = component(`(core module $M (func (export "f"))) (export "m" (core module $M))
    (component $C (import "l" (func))) (export "c" (component $C))
    (import "z" (instance $z)) (export "impl" (implements "a:b/c") (instance $z))`)
  let [graph, id]: [Composition, NodeId] = new Composition().add('a:giver', giver).instantiate('a:giver')
  for (const name of ['m', 'c', 'impl']) {
    const [aliased, item] = graph.alias(id, name)
    graph = aliased.export(item, name)
  }
  const { exports, exportAttributes } = validate(decode(encodeComposition(graph)))
  assert.deepEqual(
    Array.from(exports.values(), ({ kind }) => kind),
    ['core-module', 'component', 'instance'],
  )
  assert.deepEqual(exportAttributes!.get('impl'), [{ kind: 'implements', interface: 'a:b/c' }])
})
