/** Broken and hostile WIT: each is refused where it is wrong, in a time that grows with the text and no faster. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { WitError } from '../../src/errors.ts'
import type { WitFile } from '../../src/wit/package-sources.ts'
import { resolveWit } from '../../src/wit/resolve.ts'

/** Files where one string is too few. */
type Input = string | Uint8Array | readonly WitFile[]

interface Case {
  readonly name: string
  readonly input: Input
  /** `line:column` of the first problem. */
  readonly at: string
  readonly says: RegExp
}

const deep = 100_000
const head = 'package a:b@1.0.0;\n'
const inInterface = (text: string): string => `${head}interface i {\n${text}\n}`
const inWorld = (text: string): string => `${head}world w {\n${text}\n}`
const utf8 = new TextEncoder()

const cases: readonly Case[] = [
  { name: 'an empty file', input: '', at: '1:1', says: /no `package` header/ },
  { name: 'a comment alone', input: '// nothing', at: '1:1', says: /no `package` header/ },
  {
    name: 'a comment that is not closed',
    input: `${head}/* /* */`,
    at: '2:1',
    says: /unterminated block comment/,
  },
  {
    name: 'comments that open very deep',
    input: `${head}${'/*'.repeat(deep)}`,
    at: '2:1',
    says: /unterminated block/,
  },
  {
    name: 'a string that is not closed',
    input: inWorld('@external-id("abc'),
    at: '3:14',
    says: /unterminated string/,
  },
  {
    name: 'an interface that is not closed',
    input: `${head}interface i {`,
    at: '2:14',
    says: /expected '}', found the end/,
  },
  { name: 'a brace too many', input: `${head}interface i {}}`, at: '2:15', says: /expected `world`/ },
  {
    name: 'lists in lists',
    input: inInterface(`type t = ${'list<'.repeat(deep)}`),
    at: '3:510',
    says: /nesting too deep/,
  },
  {
    name: 'tuples in tuples',
    input: inInterface(`type t = ${'tuple<'.repeat(deep)}`),
    at: '3:610',
    says: /nesting too deep/,
  },
  {
    name: 'results in results',
    input: inInterface(`type t = ${'result<_,'.repeat(deep)}`),
    at: '3:910',
    says: /nesting too deep/,
  },
  {
    name: 'packages in packages',
    input: `${head}${'package a:b {'.repeat(deep)}`,
    at: '2:1301',
    says: /package nesting too deep/,
  },
  {
    name: 'types that contain each other in a long line',
    input: inInterface(
      Array.from({ length: 20_000 }, (_, i) => `type t${i} = list<t${i + 1}>;`).join('\n') +
        '\ntype t20000 = u8;',
    ),
    at: '19903:20',
    says: /nesting too deep/,
  },
  {
    name: 'types in a cycle of thousands',
    input: inInterface(
      Array.from({ length: 20_000 }, (_, i) => `type t${i} = list<t${(i + 1) % 20_000}>;`).join('\n'),
    ),
    at: '3:16',
    says: /`t1` depends on itself/,
  },
  {
    name: 'a type that contains itself',
    input: inInterface('record r { again: option<r> }'),
    at: '3:26',
    says: /`r` depends on itself/,
  },
  {
    name: 'interfaces that use each other',
    input: `${head}interface a { use b.{t}; type t = u8; }\ninterface b { use a.{t as s}; type t = u8; }`,
    at: '3:11',
    says: /`b` depends on itself/,
  },
  {
    name: 'interfaces in a cycle of thousands',
    input:
      head +
      Array.from(
        { length: 5000 },
        (_, i) => `interface a${i} { use a${(i + 1) % 5000}.{t as s}; type t = u8; }`,
      ).join('\n'),
    at: '3:11',
    says: /`a1` depends on itself/,
  },
  {
    name: 'a world that includes itself',
    input: inWorld('include w;'),
    at: '2:7',
    says: /`w` depends on itself/,
  },
  {
    name: 'packages that need each other',
    input: `${head}package c:d { interface i { use e:f/i.{t}; } }\npackage e:f { interface i { use c:d/i.{t}; } }`,
    at: '2:33',
    says: /dependency cycle/,
  },
  {
    name: 'a package that nobody has',
    input: inWorld('import wasi:clocks/now;'),
    at: '3:8',
    says: /'wasi:clocks' not found/,
  },
  {
    name: 'bytes that are not UTF-8',
    input: Uint8Array.from([...utf8.encode(`${head}// é `), 0xff, 0x0a]),
    at: '2:6',
    says: /not UTF-8/,
  },
  {
    name: 'UTF-8 that is cut off',
    input: Uint8Array.from([...utf8.encode(`${head}// `), 0xe2, 0x82]),
    at: '2:4',
    says: /not UTF-8/,
  },
  { name: 'UTF-16', input: Uint8Array.from([0xff, 0xfe, 0x70, 0x00]), at: '1:1', says: /not UTF-8/ },
  {
    name: 'half of a surrogate pair',
    input: `${head}// \ud800`,
    at: '2:4',
    says: /unpaired surrogate U\+D800/,
  },
  {
    name: 'text that runs backwards',
    input: `${head}// a \u202e b`,
    at: '2:6',
    says: /bidirectional override U\+202E/,
  },
  {
    name: 'an isolate in a string',
    input: inWorld('@external-id("\u2066") import f: func();'),
    at: '3:15',
    says: /bidirectional override U\+2066/,
  },
  {
    name: 'a file that is too large',
    input: new Uint8Array(2 ** 25 + 1).fill(0x20),
    at: '1:1',
    says: /this text is too large/,
  },
  {
    name: 'a text that is too large',
    input: ' '.repeat(2 ** 25 + 1),
    at: '1:1',
    says: /this text is too large/,
  },
  { name: 'a NUL', input: `${head}\0`, at: '2:1', says: /control character U\+0000/ },
  {
    name: 'an escape sequence of terminals',
    input: `${head}// \u001b[31m`,
    at: '2:4',
    says: /control character U\+001B/,
  },
  { name: 'a C1 control character', input: `${head}// \u009b`, at: '2:4', says: /control character U\+009B/ },
  {
    name: 'a deprecated character',
    input: `${head}// \u0149`,
    at: '2:4',
    says: /deprecated character U\+0149/,
  },
  {
    name: 'a character of no meaning',
    input: `${head}interface i { # }`,
    at: '2:15',
    says: /unexpected character `#`/,
  },
  {
    name: 'an emoji as a name',
    input: `${head}interface 🐈 {}`,
    at: '2:11',
    says: /unexpected character `🐈`/,
  },
  {
    name: 'letters of another script',
    input: `${head}interface имя {}`,
    at: '2:11',
    says: /not in kebab case/,
  },
  {
    name: 'snake case',
    input: inInterface('get_it: func();'),
    at: '3:1',
    says: /`get_it` is not in kebab case/,
  },
  {
    name: 'camel case',
    input: inInterface('getIt: func();'),
    at: '3:1',
    says: /`getIt` is not in kebab case/,
  },
  {
    name: 'a dash at the end',
    input: inInterface('get-: func();'),
    at: '3:1',
    says: /`get-` is not in kebab case/,
  },
  {
    name: 'a percent sign alone',
    input: inInterface('%: func();'),
    at: '3:1',
    says: /expected a name after `%`/,
  },
  {
    name: 'a keyword as a name',
    input: inInterface('record: func();'),
    at: '3:7',
    says: /expected an identifier, found ':'/,
  },
  {
    name: 'a version of two numbers',
    input: 'package a:b@1.0;',
    at: '1:16',
    says: /expected '\.', found ';'/,
  },
  { name: 'a version with a leading zero', input: 'package a:b@1.02.0;', at: '1:13', says: /leading zero/ },
  {
    name: 'a version too large',
    input: `package a:b@1.0.${'9'.repeat(30)};`,
    at: '1:13',
    says: /exceeds 2\^64/,
  },
  {
    name: 'a list of no elements',
    input: inInterface('type t = list<u8, 0>;'),
    at: '3:19',
    says: /invalid list length/,
  },
  {
    name: 'a list of too many elements',
    input: inInterface('type t = list<u8, 99999999999>;'),
    at: '3:19',
    says: /invalid list length/,
  },
  {
    name: 'an unknown attribute',
    input: inInterface('@inline f: func();'),
    at: '3:2',
    says: /unknown attribute `inline`/,
  },
  {
    name: 'a gate without a version of the package',
    input: 'package a:b;\ninterface i {\n@since(version = 1.0.0) f: func(); }',
    at: '3:25',
    says: /must have a version/,
  },
  {
    name: 'a gate twice',
    input: inInterface('@unstable(feature = a) @unstable(feature = b) f: func();'),
    at: '3:25',
    says: /cannot specify @unstable twice/,
  },
  {
    name: 'an escape that is none',
    input: inWorld('@external-id("a\\q") import f: func();'),
    at: '3:16',
    says: /invalid escape/,
  },
  {
    name: 'an escape beyond Unicode',
    input: inWorld('@external-id("\\u{110000}") import f: func();'),
    at: '3:15',
    says: /not a Unicode scalar/,
  },
  {
    name: 'escapes that are no UTF-8',
    input: inWorld('@external-id("\\ff") import f: func();'),
    at: '3:14',
    says: /not UTF-8/,
  },
  {
    name: 'two fields of one name',
    input: inInterface('record r { a: u8, A: u8 }'),
    at: '3:19',
    says: /field `A` is defined more than once/,
  },
  {
    name: 'a parameter called as the method has one',
    input: inInterface('resource r { m: func(self: u8); }'),
    at: '3:22',
    says: /param `self`/,
  },
  {
    name: 'an interface where a world is meant',
    input: `${inWorld('include i;')} interface i {}`,
    at: '3:9',
    says: /an interface, not a world/,
  },
  {
    name: 'a type that is misspelt',
    input: inInterface('record address { } f: func(a: adress);'),
    at: '3:31',
    says: /`adress` does not exist/,
  },
  {
    name: 'two packages in one folder',
    input: [
      { name: 'a.wit', text: 'package a:a;' },
      { name: 'b.wit', text: 'package b:b;' },
    ],
    at: '1:9',
    says: /does not match previous package name/,
  },
  {
    name: 'a package twice',
    input: `${head}package c:d {}\npackage c:d {}`,
    at: '3:9',
    says: /two different locations/,
  },
]

describe('broken WIT', () => {
  it('is of more than fifty kinds', () => assert.ok(cases.length > 50))
  for (const { name, input, at, says } of cases) {
    it(name, () => {
      const { message, place, notes } = refuse(input)
      assert.match(message, says)
      assert.equal(place, at, `${message}; ${notes.join('; ')}`)
    })
  }

  it('is reported with all that is wrong', () => {
    const { all } = refuse(
      `${head}interface i { f: fun(); g: func() -> lst; }\nworld w { import ; export j; }\ninterface k { type }`,
    )
    assert.deepEqual(all, ['2:18', '3:18', '4:20'])
  })

  it('says what a name may have meant', () => {
    assert.match(
      refuse(inInterface('record address { } f: func(a: adress);')).notes[0]!,
      /did you mean `address`\?/,
    )
    assert.match(refuse(`${inWorld('import clokc;')} interface clock {}`).notes[0]!, /did you mean `clock`\?/)
    assert.match(refuse(inInterface('type t = float32;')).notes[0]!, /WIT calls it `f32`/)
  })

  it('shows both where two things clash', () => {
    const { labels } = refuse(inInterface('type t = u8;\ntype t = u16;'))
    assert.deepEqual(labels, ['4:6', '3:6'])
  })

  it('is refused soon where thousands of names are misspelt', () => {
    const types = Array.from({ length: 10_000 }, (_, i) => `type some-rather-long-name-${i} = u8;`).join('\n')
    const uses = Array.from({ length: 2_000 }, (_, i) => `g${i + 100}: func(a: sone-rether-lung-name-${i});`)
    const before = process.cpuUsage()
    const { all, notes } = refuse(inInterface(`${types}\n${uses.join('\n')}`))
    assert.equal(all.length, 1000)
    assert.match(notes[0]!, /did you mean/)
    assert.ok(process.cpuUsage(before).user < 20_000_000)
  })

  it('is refused at a thousand problems', () => {
    const { all } = refuse(inInterface('f: fun();\n'.repeat(5000)))
    assert.equal(all.length, 1000)
  })
})

describe('large WIT', () => {
  const shapes: Readonly<Record<string, (size: number) => string>> = {
    'a record of many fields': (size) =>
      inInterface(`record r { ${Array.from({ length: size }, (_, i) => `n${i}: u8`)} }`),
    'a function of many parameters': (size) =>
      inInterface(`f: func(${Array.from({ length: size }, (_, i) => `p${i}: u8`)});`),
    'many functions': (size) =>
      inInterface(Array.from({ length: size }, (_, i) => `n${i}: func();`).join('\n')),
    'types in reverse order': (size) =>
      inInterface(
        `${Array.from(
          { length: size },
          (_, i) => `type t${i} = list<${i % 50 === 49 ? 'u8' : `t${i + 1}`}>;`,
        ).join('\n')}\ntype t${size} = u8;`,
      ),
    'interfaces in a long line': (size) =>
      head +
      Array.from(
        { length: size },
        (_, i) => `interface i${i} { ${i === 0 ? 'resource r;' : `use i${i - 1}.{r};`} }`,
      ).join('\n') +
      `\nworld w { export i${size - 1}; }`,
    'packages in a long line': (size) =>
      head +
      Array.from(
        { length: size },
        (_, i) => `package a:p${i} { interface i { ${i === 0 ? 'resource r;' : `use a:p${i - 1}/i.{r};`} } }`,
      ).join('\n'),
    'many comments': (size) => inInterface('/// a\n// b\n/* c */'.repeat(size)),
    'many exports': (size) =>
      head +
      Array.from({ length: size }, (_, i) => `interface i${i} {}`).join('\n') +
      inWorld(Array.from({ length: size }, (_, i) => `export i${i};`).join('\n')).slice(head.length),
  }
  for (const [name, shape] of Object.entries(shapes)) {
    it(name, () => {
      const small = shape(2_000)
      const large = shape(20_000)
      run(small)
      const once = run(small)
      // Ten times as large: a square would be a hundred times as long. The least of the time is kept below what can be measured.
      assert.ok(run(large) < 40 * Math.max(once, 20), 'the time grows faster than the text')
    })
  }

  it('documentation of more lines than a call takes arguments', () => {
    const size = 200_000
    const docs = `${Array.from({ length: size }, () => '  ///  a\n').join('')}interface i {}`
    const { main } = resolveWit({ files: [{ name: 'a.wit', text: `package a:b;\n${docs}` }] })
    assert.ok(main.interfaces.get('i')!.docs === Array(size).fill('a').join('\n'))
  })

  /** Milliseconds of this thread's own work. */
  function run(text: string): number {
    const before = process.threadCpuUsage?.() ?? process.cpuUsage()
    resolveWit({ files: [{ name: 'a.wit', text }] })
    const after = process.threadCpuUsage?.() ?? process.cpuUsage()
    return (after.user - before.user) / 1000
  }
})

interface Refusal {
  readonly message: string
  readonly place: string
  readonly labels: readonly string[]
  readonly notes: readonly string[]
  /** The places of all problems. */
  readonly all: readonly string[]
}

function refuse(input: Input): Refusal {
  const isText = typeof input === 'string' || input instanceof Uint8Array
  const files: readonly WitFile[] = isText ? [{ name: 'a.wit', text: input }] : input
  try {
    resolveWit({ files })
  } catch (error) {
    assert.ok(error instanceof WitError, String(error))
    const places = error.diagnostics.map(({ labels }) =>
      labels.map(({ source, span }) => {
        const { line, column } = source.position(span.start)
        return `${line}:${column}`
      }),
    )
    const { message, notes } = error.diagnostics[0]!
    return { message, notes, place: places[0]![0]!, labels: places[0]!, all: places.map(([first]) => first!) }
  }
  return assert.fail('it was not refused')
}
