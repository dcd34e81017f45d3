import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CompletionItem } from './protocol.ts'
import { Session } from './testing/session.ts'

const disk = {
  '/app/other.wit':
    'package my:app@1.0.0; interface other { /// How long.\n type size = u64; resource %stream; enum e { a } f: func(); }',
  '/app/deps/io.wit':
    'package dep:io@0.2.0; interface streams { resource input; } world all { export run: func(); }',
}

function complete(marked: string): CompletionItem[] {
  const session = new Session(disk)
  return session.ask('textDocument/completion', session.type('/app/main.wit', marked)) as CompletionItem[]
}

const definers = ['type', 'record', 'variant', 'enum', 'flags', 'resource']
const ownPaths = ['main', 'other', 'dep:io/streams@0.2.0']

describe('completion', () => {
  const cases: readonly (readonly [marked: string, wanted: readonly string[]])[] = [
    ['|', ['package', 'interface', 'world', 'use']],
    ['package a:b; inter|', ['package', 'interface', 'world', 'use']],
    ['interface main { | }', ['use', ...definers]],
    ['interface main { f: func(); |', ['use', ...definers]],
    ['interface main { broken stuff; re|', ['use', ...definers]],
    ['interface main { f: | }', ['func', 'async']],
    ['interface main { f: async | }', ['func']],
    ['interface main { f: func(|', []],
    ['interface main { f: func(a: u8, |', []],
    ['interface main { type |', []],
    ['interface main { enum e { |', []],
    ['interface main { flags e { a, |', []],
    ['interface main { record r { a: u8, |', []],
    ['interface main { resource r { | } }', ['constructor']],
    ['interface main { resource r { m: | } }', ['func', 'async', 'static']],
    ['interface main { resource r { m: static | } }', ['func', 'async']],
    ['interface main { use | }', ownPaths],
    ['interface main { use dep:| }', ['my:app/main@1.0.0', 'my:app/other@1.0.0', 'dep:io/streams@0.2.0']],
    [
      'interface main { use dep:io/st| }',
      ['my:app/main@1.0.0', 'my:app/other@1.0.0', 'dep:io/streams@0.2.0'],
    ],
    ['interface main { use other.{|', ['size', 'stream', 'e']],
    ['interface main { use other.{size, |};', ['stream', 'e']],
    ['interface main { use other.{size |', ['as']],
    ['interface main { use dep:io/streams@0.2.0.{|} }', ['input']],
    ['use |; interface main {}', ownPaths],
    ['interface main {} world w { |', ['import', 'export', 'use', 'include', ...definers]],
    ['interface main {} world w { import |', ownPaths],
    ['interface main {} world w { import x: |', ['func', 'async', 'interface', ...ownPaths]],
    ['interface main {} world w { export x: async |', ['func']],
    ['interface main {} world w { import x: interface { |', ['use', ...definers]],
    ['interface main {} world w { include |', ['w', 'dep:io/all@0.2.0']],
    ['interface main {} world w { include dep:io/all@0.2.0 |', ['with']],
    ['interface main {} world w { include dep:io/all@0.2.0 with { |', ['run']],
    ['interface main { @| }', ['since', 'unstable', 'deprecated', 'external-id']],
    ['interface main { @since(| }', []],
    ['interface main { @since(version = 1.0.0) f: | }', ['func', 'async']],
    ['interface main { @since(version = 1.0.0) | }', ['use', ...definers]],
    ['// | \ninterface main {}', []],
    ['/* | */ interface main {}', []],
    ['interface main { /// Docs |', []],
    ['interface main { /* a */ /* |', []],
    ['/* a */ | // b', ['package', 'interface', 'world', 'use']],
    ['// a\n|', ['package', 'interface', 'world', 'use']],
  ]
  for (const [marked, wanted] of cases)
    test(marked, () =>
      assert.deepEqual(
        complete(marked)
          .map(({ label }) => label)
          .toSorted((a, b) => wanted.indexOf(a) - wanted.indexOf(b)),
        wanted,
      ),
    )

  const types: readonly string[] = [
    'f: func(a: |',
    'f: func(a: list<|',
    'f: func(a: tuple<u8, |',
    'f: func() -> |',
    'f: func() -> result<_, |',
    'type t = |',
    'type t = option<|',
    'record r { a: |',
    'variant v { a(|',
    'resource q { constructor(a: |',
    'resource q { m: static func(a: |',
  ]
  for (const marked of types)
    test(`types: ${marked}`, () => {
      const found = complete(`interface main { use other.{size as len}; resource file; g: func(); ${marked}`)
      const labels = found.map(({ label }) => label)
      for (const name of ['len', 'file', 'u8', 'string', 'list', 'borrow'])
        assert.ok(labels.includes(name), name)
      for (const name of ['g', 'size', 'func', 'interface']) assert.ok(!labels.includes(name), name)
    })

  test('handles are of resources', () => {
    const marked = 'interface main { use other.{size, %stream}; resource file; f: func(a: borrow<|'
    assert.deepEqual(
      complete(marked).map(({ label, textEdit }) => [label, textEdit.newText]),
      [
        ['stream', '%stream'],
        ['file', 'file'],
      ],
    )
  })

  test('what is typed of a path is replaced, also its version', () => {
    const path = complete('interface main { use dep:io/st| }').find(({ label }) => label.startsWith('dep'))
    assert.deepEqual(path!.textEdit, {
      range: { start: { line: 0, character: 21 }, end: { line: 0, character: 30 } },
      newText: 'dep:io/streams@0.2.0',
    })
    const [since] = complete('interface main { @s| }')
    assert.equal(since!.textEdit.newText, 'since(version = 1.0.0)')
  })

  test('definitions come with their text and docs', () => {
    const [size] = complete('interface main { use other.{|')
    assert.equal(size!.detail, 'type')
    assert.match(
      size!.documentation!.value,
      /```wit\ntype size = u64;\n```\n\ninterface `other`\n\nHow long\./,
    )
  })
})
