import assert from 'node:assert/strict'
import { describe, it, test } from 'node:test'
import type { ComponentType, ExternType } from '../component/extern-type.ts'
import { interfaceType, resolveWit } from '../wit/index.ts'
import { compareExterns, type ExternComparison } from './compare-externs.ts'
import { misfitOf } from './type-fit.ts'

/** The type of `interface it { … }`, as a component would export it. */
function instance(body: string): ExternType {
  const { main } = resolveWit({ files: [{ name: 'it.wit', text: `package a:b;\ninterface it { ${body} }` }] })
  return [...interfaceType(main.interfaces.get('it')!).exports.values()][0]!
}

function compare(exported: string, imported: string): ExternComparison {
  const wanted = instance(imported)
  const importer: Pick<ComponentType, 'imports'> = { imports: new Map([['it', wanted]]) }
  const given = instance(exported)
  const compared = compareExterns(given, wanted, importer)
  // What says why a wire does not fit must not say something else than what shows it.
  assert.deepEqual(compared.difference, misfitOf(given, wanted, importer))
  return compared
}

const rowsOf = ({ rows }: ExternComparison): string[] =>
  rows.map(({ name, verdict }) => `${name}: ${verdict}`)

const cases: readonly {
  readonly title: string
  readonly exported: string
  readonly imported: string
  readonly rows: readonly string[]
  /** The first difference: the way there, and the words. */
  readonly reason?: string
}[] = [
  { title: 'the same', exported: 'f: func();', imported: 'f: func();', rows: ['f: same'] },
  {
    title: 'more than is asked for',
    exported: 'f: func(); g: func();',
    imported: 'g: func();',
    rows: ['g: same', 'f: unused'],
  },
  {
    title: 'less than is asked for',
    exported: 'f: func();',
    imported: 'f: func(); g: func();',
    rows: ['f: same', 'g: missing'],
    reason: 'missing expected export `g`',
  },
  {
    title: 'another name of a parameter',
    exported: 'f: func(a: u32);',
    imported: 'f: func(b: u32);',
    rows: ['f: differs'],
    reason: 'f: expected parameter named `b`, found `a`',
  },
  {
    title: 'another number of parameters',
    exported: 'f: func(a: u32);',
    imported: 'f: func(a: u32, b: u32);',
    rows: ['f: differs'],
    reason: 'f: expected 2 parameters, found 1',
  },
  {
    title: 'another result',
    exported: 'f: func() -> option<list<u8>>;',
    imported: 'f: func() -> option<list<s8>>;',
    rows: ['f: differs'],
    reason: 'f: result type: option: list element: expected primitive `s8` found primitive `u8`',
  },
  {
    title: 'an async function for a sync one',
    exported: 'f: async func();',
    imported: 'f: func();',
    rows: ['f: differs'],
    reason: 'f: expected sync function, found async function',
  },
  {
    title: 'a record with a field more, and what uses it',
    exported: 'record p { x: u32, y: u32 } f: func(p: p); g: func(n: u8);',
    imported: 'record p { x: u32 } f: func(p: p); g: func(n: u8);',
    rows: ['p: differs', 'f: differs', 'g: same'],
    reason: 'p: expected 1 fields, found 2',
  },
  {
    title: 'records in variants in records',
    exported: 'record i { n: u8 } variant v { a, b(list<i>) } record o { v: v } f: func() -> o;',
    imported: 'record i { n: u16 } variant v { a, b(list<i>) } record o { v: v } f: func() -> o;',
    rows: ['i: differs', 'v: differs', 'o: differs', 'f: differs'],
    reason: 'i: record field `n`: expected primitive `u16` found primitive `u8`',
  },
  {
    title: 'cases in another order',
    exported: 'enum e { a, b } f: func(e: e);',
    imported: 'enum e { b, a } f: func(e: e);',
    rows: ['e: differs', 'f: differs'],
    reason: 'e: mismatch in enum elements: expected `b`, found `a`',
  },
  {
    title: 'names of types that are not asked for',
    exported: 'type n = u32; f: func(a: n) -> n;',
    imported: 'f: func(a: u32) -> u32;',
    rows: ['f: same', 'n: unused'],
  },
  {
    title: 'another name for a record',
    exported: 'record p { x: u32 } type q = p; f: func(p: q) -> p;',
    imported: 'record p { x: u32 } type q = p; f: func(p: p) -> q;',
    rows: ['p: same', 'q: same', 'f: fits'],
  },
  {
    title: 'a resource, with a method more',
    exported:
      'resource r { constructor(n: u32); get: func() -> u32; more: func(); } use-it: func(r: borrow<r>) -> r;',
    imported: 'resource r { constructor(n: u32); get: func() -> u32; } use-it: func(r: borrow<r>) -> r;',
    rows: [
      'r: same',
      '[constructor]r: same',
      '[method]r.get: same',
      'use-it: same',
      '[method]r.more: unused',
    ],
  },
  {
    title: 'a resource with another constructor, and without a static function',
    exported: 'resource r { constructor(n: u64); }',
    imported: 'resource r { constructor(n: u32); open: static func() -> r; }',
    rows: ['r: same', '[constructor]r: differs', '[static]r.open: missing'],
    reason: '[constructor]r: function parameter `n`: expected primitive `u32` found primitive `u64`',
  },
  {
    title: 'a resource where a record is wanted',
    exported: 'resource r; f: func(r: borrow<r>);',
    imported: 'record r { n: u8 } f: func(r: r);',
    rows: ['r: differs', 'f: differs'],
    reason: 'r: expected defined type, found resource',
  },
]

for (const { title, exported, imported, rows, reason } of cases) {
  test(`compared: ${title}`, () => {
    const compared = compare(exported, imported)
    assert.deepEqual(rowsOf(compared), rows)
    const { difference } = compared
    assert.equal(difference && [...difference.path, difference.reason].join(': '), reason)
    assert.equal(compared.fits, reason === undefined)
  })
}

function textsOf(compared: ExternComparison, name: string): (string | undefined)[] {
  const { exported, imported } = compared.rows.find((row) => row.name === name)!
  return [exported, imported]
}

describe('both sides are WIT', () => {
  it('with the names of types, as long as they mean the same', () => {
    const body = 'record p { x: u32, y: u32 } f: func(p: p) -> list<p>;'
    const compared = compare(body, body)
    assert.deepEqual(textsOf(compared, 'p')[0], 'record p {\n  x: u32,\n  y: u32,\n}')
    assert.deepEqual(textsOf(compared, 'f')[1], 'f: func(p: p) -> list<p>;')
  })

  it('where they do not, they are spelled out', () => {
    const compared = compare(
      'record p { x: u32 } enum e { a } f: func(p: p, e: e);',
      'record p { x: s32 } enum e { a } f: func(p: p, e: e);',
    )
    assert.deepEqual(textsOf(compared, 'f'), [
      'f: func(p: record { x: u32 }, e: e);',
      'f: func(p: record { x: s32 }, e: e);',
    ])
  })

  it('functions of resources stand in their resource', () => {
    const body =
      'resource r { constructor(n: u32); get: func() -> u32; open: static func() -> r; } f: func(r: borrow<r>);'
    const compared = compare(body, body)
    assert.deepEqual(textsOf(compared, 'r')[0], 'resource r;')
    assert.deepEqual(textsOf(compared, '[constructor]r')[0], 'resource r {\n  constructor(n: u32);\n}')
    assert.deepEqual(textsOf(compared, '[method]r.get')[0], 'resource r {\n  get: func() -> u32;\n}')
    assert.deepEqual(textsOf(compared, '[static]r.open')[0], 'resource r {\n  open: static func() -> r;\n}')
    assert.deepEqual(textsOf(compared, 'f')[0], 'f: func(r: borrow<r>);')
  })

  it('types that share their parts do not grow without bound', () => {
    const doubling = Array.from({ length: 40 }, (_, n) => `record t${n + 1} { a: t${n}, b: t${n} }`).join(' ')
    const compared = compare(
      `record t0 { x: u8 } ${doubling} f: func(t: t40);`,
      `record t0 { x: u16 } ${doubling} f: func(t: t40);`,
    )
    assert.ok(compared.rows.at(-1)!.exported!.length < 25_000)
  })
})

test('what is no instance is compared as one', () => {
  const none: ExternType = { kind: 'function', async: false, parameters: [], result: undefined }
  const { rows, difference } = compareExterns(instance('f: func();'), none, {
    imports: new Map([['f', none]]),
  })
  assert.deepEqual(rows, [
    {
      name: '',
      exported: 'instance { f }',
      imported: 'func()',
      verdict: 'differs',
      difference,
    },
  ])
  assert.equal(difference?.reason, 'expected func, found instance')
})

test('an interface that is there in another version says so', () => {
  const item: ExternType = { kind: 'instance', exports: new Map() }
  const given: ExternType = {
    kind: 'instance',
    exports: new Map([
      ['a:b/c@1.2.0', item],
      ['a:b/d@2.0.0', item],
    ]),
  }
  const wanted: ExternType = {
    kind: 'instance',
    exports: new Map([
      ['a:b/c@1.0.0', item],
      ['a:b/d@1.0.0', item],
    ]),
  }
  const { rows } = compareExterns(given, wanted, { imports: new Map([['it', wanted]]) })
  assert.deepEqual(
    rows.map(({ name, verdict, difference }) => [name, verdict, difference?.reason]),
    [
      ['a:b/c@1.0.0', 'missing', 'missing expected export `a:b/c@1.0.0`: there is `a:b/c@1.2.0`'],
      ['a:b/d@1.0.0', 'missing', 'missing expected export `a:b/d@1.0.0`'],
      ['a:b/c@1.2.0', 'unused', undefined],
      ['a:b/d@2.0.0', 'unused', undefined],
    ],
  )
})
