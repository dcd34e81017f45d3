import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type ResolvedWit, resolveWit } from '../resolve.ts'
import { semverCheck } from './semver-check.ts'

const read = (text: string, version = '@1.2.3'): ResolvedWit =>
  resolveWit(
    { files: [{ name: 'a.wit', text: `package a:b${version};\n${text}` }] },
    { features: new Set(['on']) },
  )

/** Messages without what is the same in all, breaks first, additions with a `+`. */
function check(old: string, updated: string, world?: string): string[] {
  const { breaks, additions } = semverCheck(
    read(old),
    read(updated, '@1.2.4'),
    world === undefined ? {} : { world },
  )
  const shorten = ({ message }: { message: string }): string =>
    message.replaceAll(/ of (?:world )?`a:b\/[a-z]+`/g, '').replaceAll('`', '')
  return [...breaks.map(shorten), ...additions.map((each) => `+ ${shorten(each)}`)]
}

const i = (text: string): string => `interface i { ${text} }`

interface Case {
  readonly old: string
  readonly new: string
  readonly changes: readonly string[]
}

const members: Readonly<Record<string, Case>> = {
  nothing: { old: 'f: func();', new: '/// docs\nf: func();', changes: [] },
  'another order': { old: 'f: func(); type t = u8;', new: 'type t = u8; f: func();', changes: [] },
  'a function less': { old: 'f: func(); g: func();', new: 'f: func();', changes: ['function g was removed'] },
  'a function more': { old: 'f: func();', new: 'f: func(); g: func();', changes: ['+ function g was added'] },
  'a type less': { old: 'type t = u8;', new: '', changes: ['type t was removed'] },
  'a type more': { old: '', new: 'type t = u8;', changes: ['+ type t was added'] },
  'a parameter more': {
    old: 'f: func();',
    new: 'f: func(a: u8);',
    changes: ['function f changed: parameter a was added'],
  },
  'a parameter called otherwise': {
    old: 'f: func(a: u8, b: u8);',
    new: 'f: func(a: u8, c: u8);',
    changes: ['function f changed: parameter b is called c now'],
  },
  'a parameter of another type and name': {
    old: 'f: func(a: u8);',
    new: 'f: func(b: u16);',
    changes: ['function f changed: parameter a was removed', 'function f changed: parameter b was added'],
  },
  'parameters in another order': {
    old: 'f: func(a: u8, b: u8);',
    new: 'f: func(b: u8, a: u8);',
    changes: ['function f changed: the parameters are in another order'],
  },
  'a result': {
    old: 'f: func(); g: func() -> u8; h: func() -> u8;',
    new: 'f: func() -> u8; g: func(); h: func() -> list<u8>;',
    changes: [
      'function f changed: it has a result now: u8',
      'function g changed: it has no result any more: that was u8',
      'function h changed: its result was u8 and is list<u8>',
    ],
  },
  async: {
    old: 'f: func(); g: async func();',
    new: 'f: async func(); g: func();',
    changes: ['function f changed: it is async now', 'function g changed: it is not async any more'],
  },
  'a name for a type that was written out': {
    old: 'f: func(a: list<u8>);',
    new: 'type bytes = list<u8>; f: func(a: bytes);',
    changes: ['+ type bytes was added'],
  },
  'a type that changes is told once': {
    old: 'type t = u8; type s = t; record r { a: s } f: func(a: t, b: list<r>);',
    new: 'type t = u16; type s = t; record r { a: s } f: func(a: t, b: list<r>);',
    changes: ['type t changed: it was u8 and is u16'],
  },
  fields: {
    old: 'record r { a: u8, b: u8, c: u8 }',
    new: 'record r { a: u8, c: u16, d: u8 }',
    changes: [
      'type r changed: field b was removed',
      'type r changed: field d was added',
      'type r changed: field c was u8 and is u16',
    ],
  },
  cases: {
    old: 'variant v { a, b(u8) } enum e { a, b } flags f { a, b }',
    new: 'variant v { a(u8), b } enum e { b, a } flags f { a, b, c }',
    changes: [
      'type v changed: case a was nothing and is u8',
      'type v changed: case b was u8 and is nothing',
      'type e changed: the cases are in another order',
      'type f changed: flag c was added',
    ],
  },
  'a type of another sort': {
    old: 'record r { a: u8 } type t = tuple<u8>; resource x; type l = list<u8, 3>;',
    new: 'enum r { a } type t = tuple<u8, u8>; type x = u8; type l = list<u8, 4>;',
    changes: [
      'type r changed: a record became an enum',
      'type t changed: it was tuple<u8> and is tuple<u8, u8>',
      'type x changed: a resource became a u8',
      'type l changed: it was list<u8, 3> and is list<u8, 4>',
    ],
  },
  'names that mean something else': {
    old: 'record r { a: u8 } record s { a: u8 } f: func(a: r, b: s);',
    new: 'record r { a: u8 } record s { a: u8 } f: func(a: s, b: r);',
    changes: [],
  },
  resources: {
    old: 'resource r { constructor(a: u8); m: func(); s: static func(); } resource q; f: func(a: r, b: borrow<r>);',
    new: 'resource r { constructor(a: u16); s: static func(); n: func(); } resource q; f: func(a: q, b: r);',
    changes: [
      'function r.m was removed',
      'function r constructor changed: parameter a was u8 and is u16',
      'function f changed: parameter a was r and is q',
      'function f changed: parameter b was borrow<r> and is r',
      '+ function r.n was added',
    ],
  },
  'what is unstable': {
    old: 'f: func(); @unstable(feature = x) g: func(); @unstable(feature = on) h: func();',
    new: 'f: func(); @unstable(feature = x) g: func(a: u8);',
    changes: ['function h was removed'],
  },
}

describe('another version of an interface', () => {
  for (const [name, { old, new: updated, changes }] of Object.entries(members)) {
    it(name, () => assert.deepEqual(check(i(old), i(updated)), changes))
  }
})

const packages: Readonly<Record<string, Case>> = {
  'an interface or a world less': {
    old: 'interface i {} world w {}',
    new: '',
    changes: ['interface a:b/i was removed', 'world a:b/w was removed'],
  },
  'an interface or a world more': {
    old: '',
    new: 'interface i {} world w {}',
    changes: ['+ interface a:b/i was added', '+ world a:b/w was added'],
  },
  imports: {
    old: 'world w { import f: func(); import g: func(); import i: interface {} }',
    new: 'world w { import f: func(a: u8); import h: func(); import i: func(); }',
    changes: [
      'import g was removed',
      'import i changed: it was an interface and is a function',
      'function f changed: parameter a was added',
      '+ import h was added',
    ],
  },
  exports: {
    old: 'world w { export f: func(); export g: func(); export i: interface { f: func(); g: func(); type t = u8; } }',
    new: 'world w { export f: func(a: u8); export h: func(); export i: interface { g: func(); h: func(); type s = u8; } }',
    changes: [
      'export h was added',
      'function f changed: parameter a was added',
      'type s#i was added',
      'function h#i was added',
      '+ export g was removed',
      '+ type t#i was removed',
      '+ function f#i was removed',
    ],
  },
  'an interface that is exported': {
    old: 'interface i { f: func(); } world w { export i; }',
    new: 'interface i { f: func(); g: func(); } world w { export i; }',
    changes: ['function g was added'],
  },
  'types of a world': {
    old: 'world w { type t = u8; record r { a: u8 } export f: func(a: r); }',
    new: 'world w { type s = u8; record r { a: t } type t = u16; export f: func(a: r); }',
    changes: [
      'type t changed: it was u8 and is u16',
      'type r changed: field a was u8 and is t',
      '+ type s was added',
    ],
  },
  'a resource that moved': {
    old: 'interface i { resource r; } world v { import i; } world w { export i; }',
    new: 'interface j { resource r; } interface i { use j.{r}; } world v { import i; } world w { export i; }',
    changes: [
      'type r changed: it is another name of `a:b/j#r` now',
      '+ interface a:b/j was added',
      '+ import a:b/j@1.2.4 was added',
      '+ import a:b/j@1.2.4 was added',
    ],
  },
  'a resource that came to be its own': {
    old: 'interface j { resource r; } interface i { use j.{r}; f: func(a: r); }',
    new: 'interface j { resource r; } interface i { resource r; f: func(a: r); }',
    changes: [
      'type r changed: it was another name of `a:b/j#r` and is a resource of its own',
      'function f changed: parameter a is r as before, which means another type now',
    ],
  },
  'resources of what is exported no more': {
    old: 'interface i { resource r; } interface j { use i.{r}; } world w { export i; export j; }',
    new: 'interface i { resource r; } interface j { use i.{r}; } world w { export j; }',
    changes: [
      'export a:b/j changed: it uses resources of the `a:b/i` that the world imports now',
      '+ import a:b/i@1.2.4 was added',
      '+ export a:b/i@1.2.3 was removed',
    ],
  },
}

describe('another version of a package', () => {
  for (const [name, { old, new: updated, changes }] of Object.entries(packages)) {
    it(name, () => assert.deepEqual(check(old, updated).map(plain), changes.map(plain)))
  }
  function plain(change: string): string {
    return change
      .replaceAll('`', '')
      .replaceAll(/ of a:b\/w#i| of a:b\/w/g, '')
      .replaceAll('#i was', ' was')
  }
})

describe('other packages', () => {
  const version = (own: string, other: string, text = 'f: func();', use = ''): ResolvedWit =>
    resolveWit({
      files: [
        {
          name: 'a.wit',
          text: `package a:b@${own}; interface j { ${use} } world w { import c:d/i@${other}; } package c:d@${other} { interface i { ${text} } }`,
        },
      ],
    })
  const messages = (old: ResolvedWit, updated: ResolvedWit): string[] =>
    semverCheck(old, updated).breaks.map(({ message, reason }) => `${message}: ${reason}`)

  it('may be of another version that takes their place', () => {
    assert.deepEqual(
      messages(version('1.0.0', '0.2.0'), version('1.0.1', '0.2.1', 'f: func(); g: func();')),
      [],
    )
  })
  it('and of no other', () => {
    assert.deepEqual(messages(version('1.0.0', '0.2.0'), version('2.0.0', '0.3.0')), [
      'import `c:d/i@0.2.0` of world `a:b/w` was removed: components made for the old version import it, and `c:d/i@0.3.0` does not take its place',
    ])
  })
  it('are compared as far as they are used', () => {
    const uses = (text: string) =>
      resolveWit({
        files: [
          {
            name: 'a.wit',
            text: `package a:b; interface j { use c:d/i.{t}; g: func(a: t); } package c:d { interface i { ${text} } }`,
          },
        ],
      })
    const [old, updated] = [uses('type t = u8; f: func();'), uses('type t = u16;')]
    assert.deepEqual(messages(old, updated), [
      'type `t` of `c:d/i` changed: it was u8 and is u16: both sides have to agree on it',
    ])
  })
})

describe('the verdict', () => {
  const of = (old: string, updated: string, texts: [string, string] = ['', '']) =>
    semverCheck(read(texts[0], old), read(texts[1], updated))
  const broken: [string, string] = ['interface i {}', '']
  const grown: [string, string] = ['', 'interface i {}']

  it('says which version is needed', () => {
    const cases: readonly [string, [string, string], string | undefined, boolean | undefined][] = [
      ['@1.2.3 @1.2.4', broken, '2.0.0', false],
      ['@1.2.3 @2.0.0', broken, '2.0.0', true],
      ['@1.2.3 @1.3.0', grown, '1.3.0', true],
      ['@1.2.3 @1.2.4', grown, '1.3.0', false],
      ['@1.2.3 @1.2.3', ['', ''], '1.2.3', true],
      ['@0.2.3 @0.2.4', broken, '0.3.0', false],
      ['@0.2.3 @0.2.4', grown, '0.2.4', true],
      ['@0.0.3 @0.0.4', broken, '0.0.4', true],
      ['@0.3.0-rc.1 @0.3.0', broken, '0.3.0', true],
      [' ', broken, undefined, undefined],
    ]
    for (const [versions, texts, least, enough] of cases) {
      const [old, updated] = versions.split(' ')
      const report = of(old!, updated!, texts)
      assert.deepEqual([report.leastVersion, report.isVersionEnough], [least, enough], versions)
      assert.equal(report.compatible, texts !== broken)
    }
  })

  it('is about one package', () => {
    const other = resolveWit({ files: [{ name: 'a.wit', text: 'package c:d;' }] })
    assert.throws(() => semverCheck(read(''), other), /packages of different names.*`a:b@1\.2\.3` and `c:d`/)
  })

  it('is about a world, if one is named', () => {
    const worlds = read('interface i {} world prev { import i; } world new { import i; import f: func(); }')
    assert.equal(semverCheck(worlds, worlds, { world: 'prev', newWorld: 'new' }).bump, 'minor')
    assert.equal(semverCheck(worlds, worlds, { world: 'new', newWorld: 'prev' }).compatible, false)
    assert.throws(() => semverCheck(worlds, worlds, { world: 'pref' }), /did you mean `prev`/)
  })

  it('lets a component export a resource of somebody else where a new one is wanted', () => {
    const world = (text: string): ResolvedWit =>
      read(
        `interface j { resource r; } interface i { ${text} f: func(a: r) -> r; } world w { import j; export i; }`,
      )
    const [own, used] = [world('resource r;'), world('use j.{r};')]
    assert.equal(semverCheck(used, own, { world: 'w' }).compatible, true)
    assert.equal(semverCheck(own, used, { world: 'w' }).compatible, false)
    assert.equal(semverCheck(used, own).compatible, false)
  })

  it('does not take a resource that is exported for one that is imported', () => {
    const world = (resource: string, used: string): ResolvedWit =>
      read(`interface j { resource r; } interface i { ${resource} } interface k { use ${used}.{r}; f: func(a: r); }
        world w { import j; import i; export i; import k; }`)
    const [old, updated] = [world('use j.{r};', 'j'), world('resource r;', 'i')]
    const messages = semverCheck(old, updated, { world: 'w' }).breaks.map(({ message }) => message)
    assert.ok(
      messages.some((message) => message.startsWith('function `f` of `a:b/k`')),
      messages.join('\n'),
    )
  })

  it('takes time that grows with the packages', () => {
    const version = (size: number, text: string): string => {
      const chain = Array.from({ length: size }, (_, n) => {
        const use = n === 0 ? 'resource r;' : `use i${n - 1}.{r};`
        return `interface i${n} { ${use} f: func(a: borrow<r>${text}); }`
      })
      const imports = Array.from({ length: size }, (_, n) => `import i${n};`)
      return `${chain.join('\n')} world w { ${imports.join(' ')} } world v { export i${size - 1}; ${imports.join(' ')} }`
    }
    const run = (size: number): number => {
      const [old, updated] = [read(version(size, '')), read(version(size, ', b: u8'), '@1.2.4')]
      const before = process.cpuUsage()
      assert.ok(semverCheck(old, updated).breaks.length >= size)
      return process.cpuUsage(before).user / 1000
    }
    run(200)
    const once = run(400)
    assert.ok(run(4_000) < 40 * Math.max(once, 20))
  })

  it('and not with how large types would be when written out', () => {
    const deep = Array.from(
      { length: 90 },
      (_, n) => `type t${n} = tuple<${n === 0 ? 'u8, u8' : `t${n - 1}, t${n - 1}`}>;`,
    )
    const renamed = deep.map((line) => line.replaceAll(/\bt(\d)/g, 'x$1'))
    const [old, updated] = [deep, renamed].map((types, index) =>
      i(`${types.join(' ')} f: func(a: ${index === 0 ? 't' : 'x'}89);`),
    )
    assert.equal(check(old!, updated!).filter((message) => message.startsWith('function')).length, 0)
  })
})
