import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { WitError } from '../errors.ts'
import { kebabCase } from './habits.ts'
import { resolveWit } from './resolve.ts'

/** What people write, where the message points, and what it says helps. */
const cases: readonly (readonly [text: string, at: string, note: string])[] = [
  ['interface i { f(a: u8); }', '2:16', 'a function is written `name: func(…)`'],
  ['interface i { func f(); }', '2:15', 'a function is written `name: func(…)`'],
  ['interface i { fn f(); }', '2:18', 'a function is written `name: func(…)`'],
  ['world w { export run: fun(); }', '2:26', 'a function is written `name: func(…)`'],
  ['world w { run: func(); }', '2:11', 'in a world it is `import run` or `export run`'],
  ['world w { imports i; }', '2:11', 'did you mean `import`?'],
  ['world w { export interface i {} }', '2:18', 'write `export name: interface …`'],
  ['interface i { import j; }', '2:15', 'that is for worlds: an interface can `use` the types of others'],
  ['inteface i {}', '2:1', 'did you mean `interface`?'],
  ['interface fooBar {}', '2:11', 'did you mean `foo-bar`?'],
  ['interface i { type t = String; }', '2:24', 'did you mean `string`?'],
  ['interface i { type t = i32; }', '2:24', 'WIT calls it `s32`'],
  ['interface i { type t = int; type into = u8; }', '2:24', 'did you mean `into`?'],
  ['interface i { type t = float64; }', '2:24', 'WIT calls it `f64`'],
  ['interface i { type t = adress; type address = u8; }', '2:24', 'did you mean `address`?'],
  ['interface i { record r { a?: u8 } }', '2:27', 'what may be missing has the type `option<…>`'],
  ['interface i { type t = u8[]; }', '2:26', 'a list is written `list<…>`, of a fixed length `list<…, 4>`'],
  ['interface i { use j.t; }', '2:21', 'the names of types stand in braces: `use interface.{a, b as c};`'],
  ['interface i { record r { a: u8 }; }', '2:33', 'what ends with a brace has no `;` behind it'],
  ['world w { include v with { a as b }; }', '2:36', 'what ends with a brace has no `;` behind it'],
  ['interface i {};', '2:15', 'what ends with a brace has no `;` behind it'],
  ['world w { use i; }', '2:16', 'the names of types stand in braces: `use interface.{a, b as c};`'],
  [
    'interface i { @since(version = 1.0) f: func(); }',
    '2:35',
    'a version has three numbers, such as `1.0.0`',
  ],
  ['interface i { a: func(); A: func(); }', '2:26', 'upper and lower case are one in names'],
  ['world w { import c:d/j; } package c:d { interface i {} }', '2:22', 'it has the interface i'],
  [
    `interface i { flags f { ${Array.from({ length: 33 }, (_, n) => `g${n}`)} } }`,
    '2:21',
    'a second type can have the rest',
  ],
  [
    'interface i { type t = record {}; }',
    '2:24',
    'it is defined under a name of its own, `record name { … }`, and used by that',
  ],
  [
    'interface i { f: func() -> (a: u8); }',
    '2:28',
    'several values are a `tuple<…>`, and a function without a result has no `->`',
  ],
  ['interface i { @since(1.0.0) f: func(); }', '2:22', 'write `@since(version = 1.2.3)`'],
  [
    'package c:d;',
    '2:12',
    'a file begins with one `package …;`, what further packages have stands in braces behind their names',
  ],
  ['world w { import wasi:io/i; } package wasi:cli {}', '2:18', 'known packages: wasi:cli, a:b'],
  ['world w { import wasi:io/i@0.2.0; } package wasi:io@0.2.1 {}', '2:18', 'did you mean `wasi:io@0.2.1`?'],
  ['world w { import wasi:clock/i; } package wasi:clocks {}', '2:18', 'did you mean `wasi:clocks`?'],
  [
    'interface i { @unstable(feature = x) type t = u8; f: func(a: t); }',
    '2:51',
    'activate `x`, or gate what refers to it with `@unstable(feature = x)` as well',
  ],
]

describe('habits of other languages', () => {
  for (const [text, at, note] of cases) {
    it(text, () => {
      const { labels, notes } = problemOf(text)
      const { source, span } = labels[0]!
      const { line, column } = source.position(span.start)
      assert.equal(`${line}:${column}`, at)
      assert.equal(notes[0], note)
    })
  }

  it('what was opened, and where something is missing, is shown', () => {
    const label = (text: string): string =>
      problemOf(text).labels.map(({ span, text: said }) => `${span.start - 13} ${said}`)[1]!
    assert.equal(label('interface i {\n  f: func()\n  g: func();\n}'), '24 `;` is missing behind this')
    assert.equal(label('interface i { type t = list<u8; }'), '27 opened here')
    assert.equal(label('interface i { record r { a: u8 b: u8 } }'), '23 opened here')
    assert.equal(label('interface i {'), '12 opened here')
  })

  it('names in kebab case', () => {
    const names = ['getIt', 'get_it', 'HTTPServer', '_x', 'Get-', 'x1Y', '1x', '__']
    const labels = ['get-it', 'get-it', 'httpserver', 'x', 'get', 'x1-y', undefined, undefined]
    assert.deepEqual(names.map(kebabCase), labels)
  })

  it('a name as long as a text is not repeated', () => {
    const { message, notes } = problemOf(`interface i { type t = x${'y'.repeat(100_000)}; }`)
    assert.ok(message.length < 2_000)
    assert.ok(notes.every((note) => note.length < 2_000))
  })
})

function problemOf(text: string) {
  try {
    resolveWit({ files: [{ name: 'a.wit', text: `package a:b;\n${text}` }] })
  } catch (error) {
    assert.ok(error instanceof WitError)
    return error.diagnostics[0]!
  }
  return assert.fail('it was not refused')
}
