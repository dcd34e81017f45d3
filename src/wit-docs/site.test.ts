import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ValueType } from '../component/value-type.ts'
import type { WitInterface, WitPackage } from '../wit/package.ts'
import { resolveWit } from '../wit/resolve.ts'
import { renderSite } from './site.ts'
import { problemsOf } from './testing/check-pages.ts'

const site = (text: string, ...dependencies: string[]): ReadonlyMap<string, string> => {
  const files = (one: string, index: number) => [{ name: `${index}.wit`, text: one }]
  const [main, ...others] = [text, ...dependencies].map(files)
  return renderSite(resolveWit({ files: main!, dependencies: others }, { features: 'all' }).packages)
}

/** Of one page: without tags, in one line. */
const textOf = (page: string | undefined): string =>
  page!
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replace(/\s+/g, ' ')

describe('pages of an interface', () => {
  const files = site(
    `package a:b@1.0.0;
/// What it *is*, see \`file.read\`, \`mode::append\` and \`c:d/e\`.
interface files {
  use c:d/e.{size, blob as bytes};
  /// How.
  enum mode { /// At the end.
    append, over }
  @deprecated(version = 1.0.0)
  @since(version = 0.9.0)
  record point { x: s32, %type: option<mode> }
  resource file {
    constructor(name: string) -> result<file, mode>;
    %constructor: func();
    @unstable(feature = fast)
    read: async func(length: size, into: borrow<bytes>, a: list<tuple<u8, char>, 4>, b: map<string, point>) -> result<_, mode>;
    open: static func() -> own<bytes>;
  }
  type names = list<point>;
  copy: func(%from: borrow<file>, to: stream<u8>) -> future;
}`,
    'package c:d; /** Sizes. */ interface e { type size = u64; resource blob; }',
  )
  const page = files.get('a/b@1.0.0/interface.files.html')!
  const other = files.get('c/d/interface.e.html')!

  test('every page is whole, and every link leads somewhere', () => assert.deepEqual(problemsOf(files), []))

  test('text is WIT, with names that lead to what they name', () => {
    for (const line of [
      'use c:d/e .{ size , blob as bytes};',
      'enum mode { append , over , }',
      'record point { x : s32 , %type : option < mode >, }',
      'constructor (name: string ) -> result < file , mode >;',
      '%constructor : func ();',
      'read : async func ( length: size , into: borrow < bytes >, a: list < tuple < u8 , char >, 4>, b: map < string , point >, ) -> result <_, mode >;',
      'open : static func () -> bytes ;',
      'type names = list < point >;',
      'copy : func (%from: borrow < file >, to: stream < u8 >) -> future ;',
    ])
      assert.ok(textOf(page).includes(line), `${line} is not in ${textOf(page)}`)
    assert.match(page, /<a href="\.\.\/\.\.\/c\/d\/interface\.e\.html#size">size<\/a>/)
    assert.match(page, /borrow<\/span>&lt;<a href="\.\.\/\.\.\/c\/d\/interface\.e\.html#blob">bytes<\/a>/)
  })

  test('anchors are names', () => {
    const ids = Array.from(page.matchAll(/ id="([^"]*)"/g), ([, id]) => id)
    assert.deepEqual(ids.slice(2, -1), [
      'mode',
      'mode.append',
      'mode.over',
      'point',
      'point.x',
      'point.type',
      'file',
      'file.constructor',
      'file..constructor',
      'file.read',
      'file.open',
      'names',
      'copy',
    ])
  })

  test('docs are Markdown; code in them leads to what it names', () => {
    assert.ok(page.includes('<p>What it <em>is</em>, see <a href="#file.read"><code>file.read</code></a>'))
    assert.ok(page.includes('<a href="#mode.append"><code>mode::append</code></a>'))
    assert.ok(page.includes('<a href="../../c/d/interface.e.html"><code>c:d/e</code></a>'))
  })

  test('gates are badges', () => {
    for (const text of ['since 0.9.0', 'deprecated since 1.0.0', 'unstable: fast'])
      assert.ok(textOf(page).includes(text))
  })

  test('who uses a type, and who uses an interface', () => {
    assert.match(
      textOf(page),
      /How\. append At the end\. over Used by point , file\.constructor , file\.read/,
    )
    assert.match(textOf(other), /Used by file\.read in a:b\/files@1\.0\.0/)
    assert.match(textOf(other), /Interfaces that use its types a:b\/files@1\.0\.0/)
  })

  test('the same packages make the same files', () => {
    const text = 'package x:y; interface i { f: func(); }'
    assert.deepEqual(site(text), site(text))
  })
})

test('very many interfaces are listed on one page only', () => {
  const many = Array.from({ length: 1_000 }, (_, index) => `interface i${index} { f: func(); }`)
  const files = site(`package a:b; ${many.join(' ')}`)
  const sizes = [...files].map(([path, { length }]) => (path.includes('interface.') ? length : 0))
  assert.ok(Math.max(...sizes) < 5_000)
  assert.match(textOf(files.get('a/b/interface.i7.html')), /All 1000 of the package/)
  assert.match(files.get('a/b/index.html')!, /interface\.i999\.html/)
})

test('a world shows what it imports and exports', () => {
  const files = site(
    `package a:b;
interface i { type t = u8; }
interface j { use i.{t}; f: func() -> t; }
/// All.
world w {
  use i.{t};
  record r { t: t }
  import j;
  import inner: interface { type x = u8; g: func() -> x; }
  import g: func(r: r);
  export g: func() -> r;
  export j;
  /// Second.
  @external-id("x<y")
  export second: j;
}
world bigger { include w with { r as s } }`,
  )
  assert.deepEqual(problemsOf(files), [])
  const page = textOf(files.get('a/b/world.w.html'))
  assert.match(
    page,
    /Imports Interfaces a:b\/i a:b\/j use i \.\{ t \}; record r # record r { t : t , } Used by g , g function g # g : func \(r: r \); interface inner # type x # .* g : func \(\) -> x ; Exports/,
  )
  assert.match(
    page,
    /Exports Interfaces a:b\/j second : a:b\/j external id: x<y Second\. function g # g : func \(\) -> r ;/,
  )
  const lender = textOf(files.get('a/b/interface.i.html'))
  assert.match(lender, /Interfaces that use its types a:b\/j Worlds that import it a:b\/w a:b\/bigger/)
  assert.match(textOf(files.get('a/b/interface.j.html')), /Worlds that export it a:b\/w a:b\/bigger/)
  assert.match(textOf(files.get('a/b/world.bigger.html')), /record s # record s { t : t , }/)
})

describe('what a package says is text', () => {
  const nasty = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'`{{x}}<!-- </pre>'
  const packageOf = (name: string, docs: string): WitPackage => {
    const home = { namespace: name, package: name, version: name }
    const own: WitInterface = {
      kind: 'interface',
      name,
      package: home,
      docs,
      stability: { kind: 'unstable', feature: name, deprecated: name },
      types: new Map(),
      functions: new Map(),
    }
    const parameters = [{ name, type: { kind: 'record', fields: [{ name, type: { kind: 'u8' } }] } as const }]
    const type = { kind: 'function', async: false, parameters, result: undefined } as const
    const run = { kind: 'function', name, type, docs, stability: undefined, externalId: name } as const
    const functions = new Map([[name, run]])
    const item = {
      kind: 'interface',
      label: name,
      docs,
      stability: undefined,
      externalId: undefined,
    } as const
    const world = {
      kind: 'world',
      name,
      package: home,
      docs,
      stability: undefined,
      imports: new Map([[name, { ...item, interface: { ...own, functions } }]]),
      exports: new Map([[name, run]]),
    } as const
    return {
      name: home,
      docs,
      interfaces: new Map([[name, { ...own, functions }]]),
      worlds: new Map([[name, world]]),
    }
  }

  for (const name of [nasty, '../../../etc/passwd', '..', 'a\u202eb\u0000c', 'x#y?z%41', '\ud800'])
    test(`as a name: ${JSON.stringify(name)}`, () => {
      const files = renderSite([packageOf(name, nasty)])
      assert.deepEqual(problemsOf(files), [])
      for (const [path, text] of files) {
        assert.doesNotMatch(path, /(^|\/)\.|[^a-z0-9@=+._/-]/, path)
        if (path.endsWith('.html')) assert.doesNotMatch(text, /<script>|<img|<!--|\u202e/)
      }
    })

  test('types that share their parts', () => {
    let type: ValueType = { kind: 'u8' }
    for (let depth = 0; depth < 60; depth++) type = { kind: 'tuple', types: [type, type] }
    const home = { namespace: 'a', package: 'b', version: undefined }
    const plain = { docs: undefined, stability: undefined, externalId: undefined }
    const parameters = [{ name: 'p', type }]
    const f = { kind: 'function', async: false, parameters, result: type } as const
    const functions = new Map([['f', { kind: 'function', name: 'f', type: f, ...plain } as const]])
    const one: WitInterface = {
      kind: 'interface',
      name: 'i',
      package: home,
      types: new Map(),
      functions,
      ...plain,
    }
    const files = renderSite([
      { name: home, docs: undefined, interfaces: new Map([['i', one]]), worlds: new Map() },
    ])
    const page = files.get('a/b/interface.i.html')!
    assert.ok(page.length < 1_000_000)
    assert.match(page, /…/)
  })

  test('names that differ in case are different files', () => {
    const { main } = resolveWit({
      files: [{ name: 'a.wit', text: 'package a:b; interface abc {} interface ABC {}' }],
    })
    const paths = [...renderSite([main]).keys()].map((path) => path.toLowerCase())
    assert.equal(new Set(paths).size, paths.length)
  })

  test('the index of the search is data, whatever is in it', () => {
    const script = renderSite([packageOf('a', `${nasty}\u2028],[`)]).get('assets/search-index.js')!
    const target: { tenonSearchIndex?: unknown[][] } = {}
    new Function('globalThis', script)(target)
    assert.equal(target.tenonSearchIndex!.length, 5)
    assert.ok(target.tenonSearchIndex!.every((entry) => entry.length === 5))
  })
})
