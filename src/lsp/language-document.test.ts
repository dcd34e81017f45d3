import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PackageFinder } from '../compose/wac/package-finder.ts'
import { resolveWac } from '../compose/wac/resolve.ts'
import { WacError } from '../errors.ts'
import { parseWat } from '../wat/index.ts'
import { wacDocument, witDocument } from './language-document.ts'
import { Session } from './testing/session.ts'

const adder = {
  kind: 'component',
  component: parseWat(
    '(component (import "log" (func $f)) (instance $i) (export "docs:math/add@1.0.0" (instance $i)) (export "go" (func $f)))',
  ),
} as const
const packages: PackageFinder = {
  find: (name) => (name === 'docs:adder' ? adder : undefined),
  names: () => ['docs:adder'],
}
const name = '/app/app.wac'

describe('a WAC text in memory', () => {
  const text = 'package my:app;\nlet a = new docs:adder { ... };\nexport a.go;\nexport b;\n'
  const document = wacDocument({ name, text }, packages)

  test('has the problems that composing it has', () => {
    assert.throws(
      () => resolveWac({ name, text }, packages),
      (error) => {
        assert.ok(error instanceof WacError)
        assert.deepEqual(document.problems, error.diagnostics)
        return true
      },
    )
  })

  test('is completed as the language server completes it', () => {
    for (const marked of [
      '|',
      'package my:app;\nlet a = new |',
      'package my:app;\nlet a = new docs:adder { | };',
      'package my:app;\nlet a = new docs:adder { ... };\nexport a.|',
      'package my:app;\nimport f: func();\nlet a = |',
      'package my:app;\ninterface i { record r { a: u8 } f: func(a: |',
      'package my:app; // |',
    ]) {
      const session = new Session({}, packages)
      const asked = session.ask('textDocument/completion', session.type(name, marked)) as {
        label: string
        textEdit: { newText: string }
      }[]
      const found = wacDocument({ name, text: marked.replace('|', '') }, packages).complete(
        marked.indexOf('|'),
      )
      assert.deepEqual(
        found.map(({ label, text: written }) => [label, written]),
        asked.map(({ label, textEdit }) => [label, textEdit.newText]),
        marked,
      )
    }
  })

  test('says what completions are', () => {
    const typed = 'package my:app;\nimport f: func();\nlet a = new docs:adder { ... };\nlet b = '
    assert.deepEqual(
      wacDocument({ name, text: typed }, packages)
        .complete(typed.length)
        .map(({ label, kind, detail }) => [label, kind, detail]),
      [
        ['f', 'function', 'func()'],
        ['a', 'instance', 'instance { docs:math/add@1.0.0, go }'],
        ['new', 'keyword', undefined],
      ],
    )
  })

  test('says what names mean, and where they are defined', () => {
    const at = text.indexOf('a.go')
    assert.deepEqual(document.hover(at), {
      start: at,
      end: at + 1,
      markdown: '```wac\na: instance { docs:math/add@1.0.0, go }\n```',
    })
    assert.deepEqual(document.definition(at), { start: 20, end: 21 })
    assert.equal(document.hover(text.indexOf('let')), undefined)
    assert.equal(document.definition(text.indexOf('let')), undefined)
  })

  test('packages are completed by what is typed of their names', () => {
    for (const typed of ['', 'do', 'docs:', 'docs:ad', 'docs:adder@1']) {
      const before = 'package my:app;\nlet a = new '
      const [found, ...others] = wacDocument({ name, text: before + typed }, packages).complete(
        before.length + typed.length,
      )
      assert.deepEqual(
        [found?.text, found?.span, others.length],
        ['docs:adder', { start: before.length, end: before.length + typed.length }, 0],
        typed,
      )
    }
    const over = 'package my:app;\nlet a = new docs:adder '
    assert.deepEqual(wacDocument({ name, text: over }, packages).complete(over.length), [])
  })

  test('says what packages, their imports and exports are', () => {
    const used = `package my:app;
import f: func();
let a = new docs:adder { log: (new docs:adder { log: f }).go };
export a.add as one;
export (new docs:adder { log: f })["docs:math/add@1.0.0"] as two;
export a.none as three;
let b = new no:such { x: f };
`
    const document = wacDocument({ name, text: used }, packages)
    const said = (word: string, from = 0): string | undefined => {
      const at = used.indexOf(word, from)
      const found = document.hover(at + 1)
      assert.ok(found === undefined || (found.start <= at + 1 && at + 1 <= found.end))
      return found?.markdown.split('\n')[1]
    }
    assert.equal(
      said('docs:adder'),
      'docs:adder: component that imports { log } and exports { docs:math/add@1.0.0, go }',
    )
    assert.equal(said('log'), 'log: func()')
    assert.equal(said('log', used.indexOf('(new')), 'log: func()')
    assert.equal(said('go'), 'go: func()')
    assert.equal(said('add as'), 'docs:math/add@1.0.0: instance {}')
    assert.equal(said('"docs:math'), 'docs:math/add@1.0.0: instance {}')
    for (const unknown of ['none', 'no:such', 'x: f', 'let', 'as one'])
      assert.equal(said(unknown), undefined, unknown)
  })

  test('is formatted, or says why not', () => {
    assert.equal(
      wacDocument({ name, text: 'package my:app;let a=new docs:adder{...};' }, packages).format(),
      'package my:app;\n\nlet a = new docs:adder { ... };\n',
    )
    assert.throws(() => wacDocument({ name, text: 'package' }, packages).format(), WacError)
  })
})

describe('a WIT text in memory', () => {
  const types = {
    name: 'types.wit',
    text: 'package docs:types;\ninterface texts { /// Any.\n type text = string; }',
  }
  const open = (text: string): ReturnType<typeof witDocument> =>
    witDocument({ name: 'app.wit', text }, [[types]])

  test('has its own problems, and knows its dependencies', () => {
    const text =
      'package my:app;\ninterface log { use docs:types/texts.{text}; write: func(t: text) -> txt; }'
    const document = open(text)
    assert.deepEqual(
      document.problems.map(({ message }) => message),
      ['type `txt` does not exist'],
    )
    assert.match(document.hover(text.indexOf('text)'))!.markdown, /type text = string;/)
    assert.deepEqual(document.definition(text.indexOf('text)')), undefined, 'it is in another text')
    assert.match(document.format(), /write: func\(t: text\) -> txt;/)
  })

  test('is completed', () => {
    const text = 'package my:app;\ninterface log { use docs:types/texts.{'
    assert.deepEqual(
      open(text)
        .complete(text.length)
        .map(({ label, kind, detail }) => [label, kind, detail]),
      [['text', 'type', 'type']],
    )
  })
})
