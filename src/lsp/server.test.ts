import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { encode } from '../binary/encode.ts'
import { encodePackage } from '../wit/encode-package.ts'
import { resolveWit } from '../wit/resolve.ts'
import type { DocumentSymbol, Location, TextEdit } from './protocol.ts'
import { Server } from './server.ts'
import { Session } from './testing/session.ts'
import { TextLines } from './text-lines.ts'

const io = `package dep:io@0.2.0;
interface streams {
  /// What is *read*.
  @since(version = 0.2.0)
  resource input-stream {
    read: func(len: u64) -> list<u8>;
  }
}
`
const types = `package my:app;
/// Sizes.
interface types {
  type size = u64;
  record point { x: size, y: size }
}
`
const disk = { '/app/types.wit': types, '/app/deps/io/io.wit': io }

const place = (path: string, line: number, character: number, length: number): Location => ({
  uri: `file://${path}`,
  range: { start: { line, character }, end: { line, character: character + length } },
})

describe('definition', () => {
  const where = (marked: string): unknown => {
    const session = new Session(disk)
    return session.ask('textDocument/definition', session.type('/app/main.wit', marked))
  }
  const cases: readonly (readonly [marked: string, wanted: unknown])[] = [
    ['interface i { use types.{si|ze}; }', place('/app/types.wit', 3, 7, 4)],
    ['interface i { use types.{size}; f: func(a: list<|size>); }', place('/app/types.wit', 3, 7, 4)],
    ['interface i { use types.{size as s}; f: func(a: s|); }', place('/app/types.wit', 3, 7, 4)],
    ['interface i { use t|ypes.{size}; }', place('/app/types.wit', 2, 10, 5)],
    ['interface i { use dep:io/stre|ams@0.2.0.{input-stream}; }', place('/app/deps/io/io.wit', 1, 10, 7)],
    ['interface i { use de|p:io/streams@0.2.0.{input-stream}; }', place('/app/deps/io/io.wit', 0, 8, 12)],
    [
      'interface i { use dep:io/streams@0.2.0.{input-stream}; f: func(x: borrow<input|-stream>); }',
      place('/app/deps/io/io.wit', 4, 11, 12),
    ],
    ['use types as |t; interface i { use t.{size}; }', place('/app/types.wit', 2, 10, 5)],
    ['use types as t; interface i { use t|.{size}; }', place('/app/types.wit', 2, 10, 5)],
    ['interface i {} world w { import |i; }', place('/app/main.wit', 0, 10, 1)],
    ['interface i {} world w { export x: i|; }', place('/app/main.wit', 0, 10, 1)],
    ['world w { import f: func(); } world v { include |w; }', place('/app/main.wit', 0, 6, 1)],
    [
      'world w { import f: func(); } world v { include w with { f| as g } }',
      place('/app/main.wit', 0, 17, 1),
    ],
    [
      'world w { import f: func(); } world v { include w with { f as g| } }',
      place('/app/main.wit', 0, 17, 1),
    ],
    ['interface i { type %u8| = u16; }', place('/app/main.wit', 0, 19, 3)],
    ['interface i { type a = u|8; }', null],
    ['interface | i {}', null],
    // Half written.
    ['interface i { use types.{size}; f: func(a: si|ze); g: func(', place('/app/types.wit', 3, 7, 4)],
    ['interface i { use types.{size}; record r { a: si|ze', null],
  ]
  for (const [marked, wanted] of cases) test(marked, () => assert.deepEqual(where(marked), wanted))
})

describe('hover', () => {
  const hover = (marked: string): string | undefined => {
    const session = new Session(disk)
    const answer = session.ask('textDocument/hover', session.type('/app/main.wit', marked))
    return (answer as { contents: { value: string } } | null)?.contents.value
  }
  const cases: readonly (readonly [marked: string, wanted: string | undefined])[] = [
    [
      'interface i { use dep:io/streams@0.2.0.{input|-stream}; }',
      '```wit\nresource input-stream {\n  read: func(len: u64) -> list<u8>;\n}\n```\n\ninterface `streams` · since 0.2.0\n\nWhat is *read*.',
    ],
    ['interface i { use types|.{size}; }', '```wit\ninterface types\n```\n\nSizes.'],
    ['interface i { use d|ep:io/streams@0.2.0.{input-stream}; }', '```wit\npackage dep:io@0.2.0;\n```'],
    [
      'interface i { use types.{point}; type p = po|int; }',
      '```wit\nrecord point { x: size, y: size }\n```\n\ninterface `types`',
    ],
    ['interface i { record r { a|: u8, b: u16 } }', '```wit\na: u8\n```\n\ninterface `i`, record `r`'],
    [
      'interface i {\n  @deprecated(version = 1.0.0) @unstable(feature = x)\n  f|: func(\n    a: u8,\n  );\n}',
      '```wit\nf: func(\n  a: u8,\n);\n```\n\ninterface `i` · **deprecated** since 1.0.0 · **unstable**: x',
    ],
    ['world w { import x|: interface { g: func(); } }', '```wit\nimport x: interface\n```\n\nworld `w`'],
    ['interface i { type a = u|8; }', undefined],
  ]
  for (const [marked, wanted] of cases) test(marked, () => assert.equal(hover(marked), wanted))
})

describe('rename', () => {
  /** The texts afterwards, of those that change; or the reason why not. */
  const renamed = (
    path: string,
    marked: string,
    newName: string,
    more: Record<string, string> = {},
  ): unknown => {
    const session = new Session({ ...disk, ...more })
    const params = session.type(path, marked)
    const answer = session.ask('textDocument/rename', { ...params, newName }) as {
      changes?: Record<string, TextEdit[]>
      message?: string
    } | null
    if (answer === null || answer.message !== undefined) return answer?.message ?? null
    return Object.fromEntries(
      Object.entries(answer.changes!).map(([uri, edits]) => {
        const name = uri.replace('file://', '')
        const text =
          name === path ? marked.replace('|', '') : ({ ...disk, ...more } as Record<string, string>)[name]!
        const lines = new TextLines(text)
        const sorted = edits.toSorted((a, b) => lines.offset(b.range.start) - lines.offset(a.range.start))
        return [name, lines.changed(sorted.map(({ range, newText }) => ({ range, text: newText }))).text]
      }),
    )
  }

  test('in all files of the package, but not where it has another name', () => {
    const main = 'interface i { use types.{size, point as p}; f: func(a: si|ze) -> p; }'
    assert.deepEqual(renamed('/app/main.wit', main, 'len'), {
      '/app/main.wit': 'interface i { use types.{len, point as p}; f: func(a: len) -> p; }',
      '/app/types.wit': types.replaceAll('size', 'len').replace('type len = u64', 'type len = u64'),
    })
    const other = 'interface i { use types.{size as s}; f: func(a: |s); }'
    assert.deepEqual(renamed('/app/main.wit', other, 't'), {
      '/app/main.wit': 'interface i { use types.{size as t}; f: func(a: t); }',
    })
    const original = types.replace('size', 'si|ze')
    assert.deepEqual(
      renamed('/app/types.wit', original, 'len', { '/app/main.wit': other.replace('|', '') }),
      {
        '/app/types.wit': types.replaceAll('size', 'len'),
        '/app/main.wit': 'interface i { use types.{len as s}; f: func(a: s); }',
      },
    )
  })

  test('interfaces, with worlds and top-level uses', () => {
    const main = 'use types as t; interface i { use t.{size}; } world w { import typ|es; export e: types; }'
    assert.deepEqual(Object.keys(renamed('/app/main.wit', main, 'kinds') as object), [
      '/app/types.wit',
      '/app/main.wit',
    ])
    assert.equal(
      (renamed('/app/main.wit', main, 'kinds') as Record<string, string>)['/app/main.wit'],
      'use kinds as t; interface i { use t.{size}; } world w { import kinds; export e: kinds; }',
    )
  })

  test('keywords get their sign, and lose it', () => {
    const keyword = 'interface i { type a| = u8; f: func(x: a); }'
    assert.deepEqual(renamed('/app/main.wit', keyword, 'list'), {
      '/app/main.wit': 'interface i { type %list = u8; f: func(x: %list); }',
    })
    assert.deepEqual(renamed('/app/main.wit', 'interface i { type %li|st = u8; f: func(x: %list); }', 'a'), {
      '/app/main.wit': 'interface i { type a = u8; f: func(x: a); }',
    })
  })

  test('what has no other places, too', () => {
    assert.deepEqual(renamed('/app/main.wit', 'interface i { record r { ab|: u8 } }', 'c'), {
      '/app/main.wit': 'interface i { record r { c: u8 } }',
    })
    assert.equal(renamed('/app/main.wit', 'interface i { | }', 'c'), null)
  })

  test('what cannot be is refused with the reason', () => {
    const cases = [
      ['interface i { type a| = u8; }', 'Not Kebab', /`Not Kebab` is not in kebab case/],
      [
        'interface i { type a| = u8; type b = u8; }',
        'b',
        /^with the name `b`: name `b` is defined more than once$/,
      ],
      [
        'interface i { use types.{size}; type size2 = u8; f: func(a: si|ze); }',
        'size2',
        /with the name `size2`: name `size2` is defined more than once/,
      ],
      [
        'interface i { use dep:io/streams@0.2.0.{input-|stream}; }',
        'x',
        /`input-stream` is defined in a dependency, \/app\/deps\/io\/io\.wit: give it another name with `as`/,
      ],
      ['interface i { use dep:i|o/streams@0.2.0.{input-stream}; }', 'x', /a package is renamed by hand/],
      ['interface i { resource r { con|structor(); } }', 'x', /a constructor has no name/],
    ] as const
    for (const [marked, name, wanted] of cases)
      assert.match(String(renamed('/app/main.wit', marked, name)), wanted)
  })

  test('the editor is told what is renamed', () => {
    const session = new Session(disk)
    const params = session.type('/app/main.wit', 'interface i { type %li|st = u8; }')
    assert.deepEqual(session.ask('textDocument/prepareRename', params), {
      range: { start: { line: 0, character: 19 }, end: { line: 0, character: 24 } },
      placeholder: 'list',
    })
  })
})

test('references and highlights', () => {
  const session = new Session(disk)
  const marked = 'interface i { use types.{size}; f: func(a: si|ze) -> size; }'
  const params = session.type('/app/main.wit', marked)
  const all = [
    place('/app/types.wit', 3, 7, 4),
    place('/app/types.wit', 4, 20, 4),
    place('/app/types.wit', 4, 29, 4),
    place('/app/main.wit', 0, 25, 4),
    place('/app/main.wit', 0, 43, 4),
    place('/app/main.wit', 0, 52, 4),
  ]
  const sorted = (found: unknown): Location[] =>
    (found as Location[]).toSorted((a, b) => all.findIndex(same(a)) - all.findIndex(same(b)))
  const same = (a: Location) => (b: Location) => JSON.stringify(a) === JSON.stringify(b)
  assert.deepEqual(sorted(session.ask('textDocument/references', params)), all)
  const without = { ...params, context: { includeDeclaration: false } }
  assert.deepEqual(sorted(session.ask('textDocument/references', without)), all.slice(1))
  assert.equal((session.ask('textDocument/documentHighlight', params) as unknown[]).length, 3)
})

test('the outline', () => {
  const session = new Session()
  const text = `package my:app;
interface i {
  @since(version = 1.0.0)
  resource file { constructor(); read: func(); }
  record r { a: u8, b: u16, }
  f: func();
}
world w { import i; export run: func(); import x: interface { g: func(); } }
interface half {
  enum e { one, two }
  h: fu`
  const params = session.type('/app/main.wit', text)
  const lines = new TextLines(text)
  const shown = (symbols: readonly DocumentSymbol[], indent: string): string[] =>
    symbols.flatMap(({ name, detail, range, selectionRange, children }) => {
      const whole = text.slice(lines.offset(range.start), lines.offset(range.end))
      assert.ok(lines.offset(range.start) <= lines.offset(selectionRange.start))
      assert.ok(lines.offset(range.end) >= lines.offset(selectionRange.end))
      return [`${indent}${detail} ${name}: ${whole.replace(/\s+/g, ' ')}`, ...shown(children, `${indent}  `)]
    })
  assert.deepEqual(shown(session.ask('textDocument/documentSymbol', params) as DocumentSymbol[], ''), [
    'package my:app: package my:app;',
    `interface i: ${text.slice(text.indexOf('interface i'), text.indexOf('world')).trim().replace(/\s+/g, ' ')}`,
    '  resource file: @since(version = 1.0.0) resource file { constructor(); read: func(); }',
    '    constructor constructor: constructor();',
    '    method read: read: func();',
    '  record r: record r { a: u8, b: u16, }',
    '    field a: a: u8',
    '    field b: b: u16',
    '  function f: f: func();',
    'world w: world w { import i; export run: func(); import x: interface { g: func(); } }',
    '  export run: export run: func();',
    '  import x: import x: interface { g: func(); }',
    '    function g: g: func();',
    'interface half: interface half { enum e { one, two } h: fu',
    '  enum e: enum e { one, two }',
    '    case one: one',
    '    case two: two',
  ])
})

test('formatting', () => {
  const session = new Session()
  const params = session.type('/a.wit', 'package a:b;\ninterface  i{f:func();}')
  const [edit] = session.ask('textDocument/formatting', params) as TextEdit[]
  assert.equal(edit!.newText, 'package a:b;\n\ninterface i {\n  f: func();\n}\n')
  assert.deepEqual(edit!.range, { start: { line: 0, character: 0 }, end: { line: 1, character: 23 } })
  session.type('/a.wit', edit!.newText)
  assert.deepEqual(session.ask('textDocument/formatting', params), [])
  session.type('/a.wit', 'package a:b; interface {')
  assert.deepEqual(session.ask('textDocument/formatting', params), [])
})

describe('problems', () => {
  test('of all files that belong together, with both places of a clash', () => {
    const session = new Session({ ...disk, '/app/more.wit': 'interface i { f: func(a: sise); }' })
    session.type('/app/main.wit', 'interface i { use types.{size}; g: func(a: sze); }')
    const found = session.problems()
    assert.deepEqual(Object.keys(found).sort(), ['/app/main.wit', '/app/more.wit'])
    assert.deepEqual(found['/app/more.wit'], [
      {
        range: { start: { line: 0, character: 10 }, end: { line: 0, character: 11 } },
        severity: 1,
        source: 'tenon',
        message: 'duplicate item named `i`',
        relatedInformation: [{ location: place('/app/main.wit', 0, 10, 1), message: 'first defined here' }],
      },
    ])
    assert.deepEqual(
      (found['/app/main.wit'] as { message: string }[]).map(({ message }) => message),
      ['type `sze` does not exist\ndid you mean `size`?'],
    )
  })

  test('are taken back where they are gone, and where nothing is open any more', () => {
    const session = new Session(disk)
    const { textDocument } = session.type('/app/main.wit', 'interface i { f: func() -> x; }')
    assert.equal(session.problems()['/app/main.wit']?.length, 1)
    const range = { start: { line: 0, character: 27 }, end: { line: 0, character: 28 } }
    session.tell('textDocument/didChange', { textDocument, contentChanges: [{ range, text: 'u8' }] })
    assert.deepEqual(session.problems(), { '/app/main.wit': [] })
    session.tell('textDocument/didChange', { textDocument, contentChanges: [{ text: 'interface' }] })
    assert.equal(session.problems()['/app/main.wit']?.length, 1)
    session.tell('textDocument/didClose', { textDocument })
    assert.deepEqual(session.problems(), { '/app/main.wit': [] })
  })

  test('of what is on the disk, until the editor has it', () => {
    const session = new Session(disk)
    session.type('/app/main.wit', 'interface i { use types.{length}; }')
    assert.equal(session.problems()['/app/main.wit']?.length, 1)
    session.write('/app/types.wit', types.replace('size =', 'length ='))
    session.tell('workspace/didChangeWatchedFiles', { changes: [] })
    assert.deepEqual(Object.keys(session.problems()).sort(), ['/app/main.wit', '/app/types.wit'])
    session.type('/app/types.wit', types.replaceAll('size', 'length'))
    assert.deepEqual(session.problems(), { '/app/main.wit': [], '/app/types.wit': [] })
  })

  test('of a text that was never saved, of a dependency that is open, of packages side by side', () => {
    const session = new Session({
      '/flat/a.wit': 'package x:a; interface i { use x:b/j.{t}; }',
      '/flat/b.wit': 'package x:b; interface j { type t = u8; }',
    })
    session.type('untitled:Untitled-1', 'package a:b; interface i { f: func( }')
    assert.equal(session.problems()['untitled:Untitled-1']?.length, 1)
    session.type('/flat/a.wit', 'package x:a; interface i { use x:b/j.{t, u}; }')
    assert.equal(session.problems()['/flat/a.wit']?.length, 1)
    const other = new Session(disk)
    other.type('/app/deps/io/io.wit', `${io}interface {`)
    other.type('/app/main.wit', 'interface i { use dep:io/streams@0.2.0.{input-stream}; }')
    assert.deepEqual(Object.keys(other.problems()).sort(), ['/app/deps/io/io.wit', '/app/main.wit'])
  })
})

describe('the protocol', () => {
  test('what it can do, before all else', () => {
    const session = new Session()
    const [answer] = session.sent as [{ result: { capabilities: object; serverInfo: object } }]
    assert.deepEqual(answer.result.serverInfo, { name: 'tenon', version: '1.2.3' })
    assert.partialDeepStrictEqual(answer.result.capabilities, {
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: 2 },
      renameProvider: { prepareProvider: true },
    })
  })

  test('requests that cannot be answered are refused, and nothing else happens', () => {
    const session = new Session(disk)
    const code = (method: string, params: unknown): unknown =>
      (session.ask(method, params as object) as { code?: number } | null)?.code
    assert.equal(code('initialize', {}), -32600)
    assert.equal(code('textDocument/unknown', {}), -32601)
    assert.equal(code('textDocument/hover', {}), -32602)
    assert.equal(code('textDocument/rename', { textDocument: { uri: 'file:///app/types.wit' } }), -32602)
    assert.equal(
      code('textDocument/hover', { textDocument: { uri: 'file:///app/x.wit' }, position: {} }),
      -32602,
    )
    const position = { line: 0, character: 0 }
    assert.equal(
      code('textDocument/hover', { textDocument: { uri: 'file:///gone/no.wit' }, position }),
      -32803,
    )
    for (const message of ['{', '[]', '1', 'null', '{"id":1}', '{"method":1,"id":1}'])
      session.receive(message)
    const codes = session.sent.slice(-6).map(({ error }) => error?.code)
    assert.deepEqual(codes, [-32700, -32600, -32600, -32600, -32600, -32600])
    session.tell('textDocument/didChange', {
      textDocument: { uri: 'file:///never/opened.wit' },
      contentChanges: [],
    })
    session.tell('textDocument/didOpen', {})
    assert.match(JSON.stringify(session.sent.at(-1)), /window\/logMessage.*didOpen/)
    assert.equal(session.ask('shutdown', {}), null)
    assert.equal(
      code('textDocument/hover', { textDocument: { uri: 'file:///app/types.wit' }, position }),
      -32600,
    )
  })

  test('messages that no editor sends are refused, too, and change no text', () => {
    const session = new Session(disk)
    const { textDocument } = session.type('/app/main.wit', 'interface i {  }|')
    for (const method of ['constructor', 'toString', '__proto__', '__defineGetter__']) {
      assert.equal((session.ask(method, { textDocument }) as { code: number }).code, -32601)
      const count = session.sent.length
      session.tell(method, {})
      assert.equal(session.sent.length, count)
    }
    session.receive(`{"id":${'['.repeat(100_000)}${']'.repeat(100_000)},"method":"shutdown"}`)
    assert.equal(session.sent.at(-1)!.error?.code, -32600)
    const start = { line: 0, character: 0 }
    for (const change of [{}, { text: 1 }, { range: { start, end: start } }]) {
      session.tell('textDocument/didChange', { textDocument, contentChanges: [{ text: '' }, change] })
      assert.match(JSON.stringify(session.sent.at(-1)), /logMessage.*`text` is missing/)
    }
    const [edit] = session.ask('textDocument/formatting', { textDocument }) as TextEdit[]
    assert.equal(edit!.newText, 'interface i {}\n')
  })

  test('a client that says nothing of itself is served', () => {
    const sent: string[] = []
    const server = new Server({
      version: '1.2.3',
      files: { read: () => undefined, list: () => [] },
      packages: () => ({ find: () => undefined }),
      send: (message) => sent.push(message),
      exit: () => {},
      soon: () => {},
    })
    server.receive('{"id":1,"method":"initialize"}')
    assert.match(sent[0]!, /"capabilities"/)
  })

  test('answers take a time that grows with the text and no faster', () => {
    const session = new Session()
    const gates = session.type('/a.wit', `interface i {${'@a(b)'.repeat(50_000)}|`)
    const began = performance.now()
    session.ask('textDocument/completion', gates)
    // 40 s where each gate is looked for from the beginning.
    assert.ok(performance.now() - began < 5_000)
  })

  test('positions are UTF-16 units, and those that are nowhere are next to something', () => {
    const session = new Session()
    const params = session.type('/a.wit', 'package a:b; /* 🌊 */ interface i { type tt| = u8; }')
    assert.equal(
      (session.ask('textDocument/definition', params) as Location).range.start.character,
      'package a:b; /* 🌊 */ interface i { type '.length,
    )
    const { textDocument } = params
    for (const position of [
      { line: 99, character: 0 },
      { line: -1, character: 5 },
      { line: 0, character: 9_999 },
    ])
      assert.equal(session.ask('textDocument/definition', { textDocument, position }), null)
  })
})

test('dependencies in binary form are known, and have no text', () => {
  const { main } = resolveWit({ files: [{ name: 'io.wit', text: io }] })
  const session = new Session({ '/app/types.wit': types, '/app/deps/io.wasm': encode(encodePackage(main)) })
  const params = session.type('/app/main.wit', 'interface i { use dep:io/streams@0.2.0.{input-|stream}; }')
  assert.deepEqual(session.problems(), { '/app/main.wit': [] })
  assert.equal(session.ask('textDocument/definition', params), null)
  assert.equal(session.ask('textDocument/hover', params), null)
  assert.equal(session.ask('textDocument/rename', { ...params, newName: 'x' }), null)
  const used = 'interface i { use dep:io/streams@0.2.0.{input-stream}; f: func(a: input|-stream); }'
  assert.match(
    JSON.stringify(
      session.ask('textDocument/rename', { ...session.type('/app/main.wit', used), newName: 'x' }),
    ),
    /with the name `x`: type `x` does not exist/,
  )
  const asText = new Session({ '/app/types.wit': types, '/app/deps/io.wat': '(component' })
  asText.type('/app/main.wit', 'interface i { use types.{size}; }')
  assert.match(JSON.stringify(asText.problems()['/app/deps/io.wat']), /not a package in binary form/)
  const typing = session.type('/app/main.wit', 'interface i { use dep:io/streams@0.2.0.{|')
  assert.deepEqual(
    (session.ask('textDocument/completion', typing) as { label: string }[]).map(({ label }) => label),
    ['input-stream'],
  )
})
