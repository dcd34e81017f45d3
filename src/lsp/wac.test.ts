/** The language server on WAC texts. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PackageFinder } from '../compose/wac/package-finder.ts'
import { parseWat } from '../wat/index.ts'
import { resolveWit } from '../wit/resolve.ts'
import type { CompletionItem, DocumentSymbol, Location, TextEdit } from './protocol.ts'
import { Session } from './testing/session.ts'
import { TextLines } from './text-lines.ts'

const component = parseWat(`(component
  (import "log" (func $log))
  (import "docs:io/sink" (instance $sink))
  (export "go" (func $log))
  (export "docs:io/source" (instance $sink)))`)
const wit = resolveWit({
  files: [
    {
      name: '/app/deps/docs/types.wit',
      text: 'package docs:types;\n/// Texts.\ninterface texts { type text = string; }',
    },
  ],
}).main

const packages: PackageFinder = {
  find: (name) => {
    if (name === 'docs:adder') return { kind: 'component', component }
    return name === 'docs:types' ? { kind: 'wit', package: wit } : undefined
  },
  names: () => ['docs:adder', 'docs:types'],
}

const path = '/app/app.wac'
const asked = (method: string, marked: string, more: object = {}): unknown => {
  const session = new Session({}, packages)
  return session.ask(`textDocument/${method}`, {
    ...session.type(path, `package my:app;\n${marked}`),
    ...more,
  })
}

test('problems', () => {
  const session = new Session({}, packages)
  session.type(path, 'package my:app;\nlet a = new docs:adder { lg, ... };')
  const [problem] = session.problems()[path] as { message: string; range: object }[]
  assert.equal(problem!.message, 'undefined name `lg`')
  assert.deepEqual(problem!.range, { start: { line: 1, character: 25 }, end: { line: 1, character: 27 } })
  session.type(
    path,
    'package my:app;\nimport log: func();\nlet a = new docs:adder { log, ... };\nexport a.go;',
  )
  assert.deepEqual(session.problems(), { [path]: [] })
})

describe('completion', () => {
  const labels = (marked: string): string[] =>
    (asked('completion', marked) as CompletionItem[]).map(({ label }) => label)
  const cases: readonly (readonly [marked: string, wanted: readonly string[]])[] = [
    ['let a = new |', ['docs:adder', 'docs:types']],
    ['let a = new docs:adder { ... }; export a.|', ['go', 'source']],
    ['let a = new docs:adder { ... }; let b = a.|', ['go', 'source']],
    ['import f: func(); let a = |', ['f', 'new']],
    ['import f: func(); export |', ['f', 'new']],
    ['import f: func(); let a = new docs:adder { |', ['log', 'sink', 'f', '...']],
    ['import f: func(); let a = new docs:adder { log: |', ['f', 'new']],
    ['import f: func(); let a = new docs:adder { log: f, |', ['log', 'sink', 'f', '...']],
    ['import f: func(); let a = new docs:adder { ...| ', ['f']],
    ['import f: |', ['func', 'async', 'interface']],
    ['let |', []],
    ['interface i { | }', ['use', 'type', 'record', 'variant', 'enum', 'flags', 'resource']],
    ['interface i { f: | }', ['func', 'async']],
  ]
  for (const [marked, wanted] of cases) test(marked, () => assert.deepEqual(labels(marked), wanted))

  test('statements, and types of WIT', () => {
    for (const marked of ['|', 'let a = new docs:adder { ... }; |', 'interface i {} |'])
      assert.deepEqual(labels(marked).slice(0, 4), ['import', 'let', 'export', 'interface'], marked)
    assert.ok(labels('interface i { type t = u8; f: func(a: |').includes('t'))
    assert.ok(labels('import x: interface { type t = u8; f: func(a: |').includes('u8'))
  })

  test('arguments say what they are for', () => {
    const items = asked('completion', 'let a = new docs:adder { |') as CompletionItem[]
    assert.deepEqual(
      items.slice(0, 2).map(({ textEdit, detail }) => [textEdit.newText, detail]),
      [
        ['log: ', undefined],
        ['sink: ', 'docs:io/sink'],
      ],
    )
  })
})

describe('hover and definition', () => {
  const hover = (marked: string): string | undefined =>
    (asked('hover', marked) as { contents: { value: string } } | null)?.contents.value
  const cases: readonly (readonly [marked: string, wanted: string | undefined])[] = [
    ['let a = new docs:adder { ... }; export a|.go;', '```wac\na: instance { go, docs:io/source }\n```'],
    ['import log: func(n: u8); export lo|g;', '```wac\nlog: func(n: u8)\n```'],
    ['interface i| { f: func(); }', '```wit\ninterface i\n```'],
    ['interface i { type t = u8; f: func(a: t|); }', '```wit\ntype t = u8;\n```\n\ninterface `i`'],
    ['import x: docs:types/te|xts;', '```wit\ninterface texts\n```\n\nTexts.'],
    ['let a = |new docs:adder { ... };', undefined],
  ]
  for (const [marked, wanted] of cases) test(marked, () => assert.equal(hover(marked), wanted))

  test('in the text, and in packages', () => {
    const own = asked('definition', 'import log: func();\nexport lo|g;') as Location
    assert.deepEqual(own.range, { start: { line: 1, character: 7 }, end: { line: 1, character: 10 } })
    const foreign = asked('definition', 'import x: docs:types/te|xts;') as Location
    assert.deepEqual(foreign, {
      uri: 'file:///app/deps/docs/types.wit',
      range: { start: { line: 2, character: 10 }, end: { line: 2, character: 15 } },
    })
  })
})

test('rename', () => {
  const renamed = (marked: string, newName: string): string => {
    const answer = asked('rename', marked, { newName }) as {
      changes?: Record<string, TextEdit[]>
      message?: string
    }
    if (answer.changes === undefined) return answer.message!
    const edits = answer.changes[`file://${path}`]!.toSorted(
      (a, b) => b.range.start.character - a.range.start.character,
    )
    const lines = new TextLines(`package my:app;\n${marked.replace('|', '')}`)
    return lines.changed(edits.map(({ range, newText }) => ({ range, text: newText }))).text.split('\n')[1]!
  }
  assert.equal(
    renamed('let a| = new docs:adder { ... }; export a.go; export a["go"] as b;', 'adder'),
    'let adder = new docs:adder { ... }; export adder.go; export adder["go"] as b;',
  )
  // What the name said of the argument is said.
  assert.equal(
    renamed('import log|: func(); let a = new docs:adder { log, ... }; export a.go;', 'other'),
    'import other: func(); let a = new docs:adder { log: other, ... }; export a.go;',
  )
  assert.match(renamed('import a|: func(); import b: func();', 'b'), /^with the name `b`: /)
  assert.match(
    renamed('import x: docs:types/te|xts;', 'y'),
    /is defined in a dependency, \/app\/deps\/docs\/types\.wit/,
  )
})

test('the outline, and formatting', () => {
  const text =
    'import log: func();\ninterface i { f: func(); }\nlet a = new docs:adder { log, ... };\nexport  a.go;'
  const symbols = asked('documentSymbol', text) as DocumentSymbol[]
  assert.deepEqual(
    symbols.map(({ name, detail, children }) => [name, detail, children.map((each) => each.name)]),
    [
      ['log', 'import', []],
      ['i', 'interface', ['f']],
      ['a', 'let', []],
    ],
  )
  const [edit] = asked('formatting', text) as TextEdit[]
  assert.match(edit!.newText, /\nexport a\.go;\n$/)
})

test('packages are read once, until the disk changes', () => {
  let reads = 0
  const find: PackageFinder['find'] = () => {
    reads++
    return { kind: 'component', component }
  }
  const session = new Session({}, { find })
  for (let i = 0; i < 5; i++) {
    session.type(path, `package my:app; let a${i} = new docs:adder { ... };`)
    session.problems()
  }
  assert.equal(reads, 1)
  session.tell('workspace/didChangeWatchedFiles', { changes: [] })
  session.problems()
  assert.equal(reads, 2)
})
