/** Components and packages in binary form that nobody's tool writes: each is refused in words, or printed as WIT that can be read. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decode } from '../../src/binary/decode.ts'
import { encode } from '../../src/binary/encode.ts'
import type { Component } from '../../src/component/component.ts'
import { DecodeError, TenonError } from '../../src/errors.ts'
import { parseWat } from '../../src/wat/index.ts'
import { decodeWit } from '../../src/wit/decode-wit.ts'
import { encodePackage } from '../../src/wit/encode-package.ts'
import { mergePackages } from '../../src/wit/merge-packages.ts'
import { printWit } from '../../src/wit/print-wit.ts'
import { resolveWit } from '../../src/wit/resolve.ts'
import { targets } from '../../src/wit/targets.ts'
import { worldType } from '../../src/wit/world-type.ts'

const text = `package a:b@1.0.0;
interface i { record r { x: u8 } enum e { one } f: func(p: r); resource s { m: func(); } }
world w { import i; import g: func(); export inline: interface { h: func(); } }`

const parse = (wit: string) => resolveWit({ files: [{ name: 'a.wit', text: wit }] }, { features: 'all' })
const bytesOf = (wit: string): Uint8Array => encode(encodePackage(parse(wit).main))

/** The package of `text` with other docs: a text is the JSON behind the version. */
function withDocs(docs: string | Uint8Array, times = 1): Component {
  const component = encodePackage(parse(text).main)
  const bytes = typeof docs === 'string' ? new TextEncoder().encode(`\u0001${docs}`) : docs
  const range = { start: 0, end: bytes.length }
  const definitions = component.definitions.map((each) =>
    each.kind === 'custom' ? { ...each, range } : each,
  )
  const section = definitions.at(-1)!
  return decode(
    encode({ ...component, bytes, range, definitions: [...definitions, ...Array(times - 1).fill(section)] }),
  )
}

describe('docs that are wrong', () => {
  const cases: [what: string, docs: string | Uint8Array, says: RegExp][] = [
    ['nothing at all', new Uint8Array(), /the section is empty: wanted a version/],
    ['another version', new Uint8Array([7, 0x7b, 0x7d]), /version 7 is not known: wanted 0 or 1/],
    ['no JSON', '{"docs": ', /not JSON: /],
    ['no UTF-8', new Uint8Array([1, 0x22, 0xff, 0x22]), /not JSON: /],
    ['no object', '[]', /wanted an object/],
    ['null', 'null', /wanted an object/],
    ['an unknown property', '{"doc": "x"}', /not a property of this object .*package-docs › doc/],
    ['a property of all objects', '{"__proto__": {}}', /not a property of this object/],
    ['docs of another type', '{"docs": 1}', /wanted a text .*docs/],
    ['an unknown interface', '{"interfaces": {"j": {}}}', /missing interface `j`/],
    ['an interface for a world', '{"worlds": {"i": {}}}', /missing world `i`/],
    ['an unknown type', '{"interfaces": {"i": {"types": {"t": {}}}}}', /missing type `t`/],
    ['an unknown field', '{"interfaces": {"i": {"types": {"r": {"items": {"y": ""}}}}}}', /no part `y`/],
    ['an unknown case', '{"interfaces": {"i": {"types": {"e": {"items": {"two": ""}}}}}}', /no part `two`/],
    ['an unknown function', '{"interfaces": {"i": {"funcs": {"g": {}}}}}', /missing function `g`/],
    ['a function that is an interface', '{"worlds": {"w": {"funcs": {"inline": {}}}}}', /missing function/],
    ['an export that is an import', '{"worlds": {"w": {"func_exports": {"g": {}}}}}', /missing function `g`/],
    ['a gate of nothing', '{"worlds": {"w": {"interface_import_stability": {"j": {}}}}}', /wanted either/],
    [
      'a version that is none',
      '{"worlds": {"w": {"stability": {"stable": {"since": "1.0.0) world evil {"}}}}}',
      /wanted a version/,
    ],
    [
      'a feature that is none',
      '{"worlds": {"w": {"stability": {"unstable": {"feature": "x) import y"}}}}}',
      /wanted a name in kebab case/,
    ],
    [
      'two gates',
      '{"worlds": {"w": {"stability": {"stable": {"since": "1.0.0"}, "unstable": {"feature": "x"}}}}}',
      /wanted either/,
    ],
  ]
  for (const [what, docs, says] of cases) {
    it(what, () =>
      assert.throws(
        () => decodeWit(withDocs(docs)),
        (error) => error instanceof DecodeError && says.test(error.message),
      ),
    )
  }

  it('twice', () => assert.throws(() => decodeWit(withDocs('{}', 2)), /two sections of docs/))

  it('nested very deep', () => {
    const deep = `${'{"worlds":'.repeat(100_000)}1${'}'.repeat(100_000)}`
    assert.throws(() => decodeWit(withDocs(deep)), DecodeError)
  })

  it('of the first version of the format', () => {
    const json =
      '{"interfaces":{"i":{"funcs":{"f":"Does."}}},"worlds":{"w":{"interfaces":{"inline":{"docs":"In."}}}}}'
    const bytes = new TextEncoder().encode(`\0${json}`)
    const printed = printWit(decodeWit(withDocs(bytes)))
    assert.match(printed, /\/\/\/ Does\.\n {2}f: func/)
    assert.match(printed, /\/\/\/ In\.\n {2}export inline/)
  })

  it('with characters that may not stand in WIT, and lines that end one', () => {
    const docs = 'red \u001b[31m, \u202e turned, \r\n}\nworld evil {}'
    const printed = printWit(decodeWit(withDocs(JSON.stringify({ docs }))))
    assert.ok(!printed.includes('\u001b') && !printed.includes('\u202e'))
    assert.deepEqual([...parse(printed).main.worlds.keys()], ['w'])
  })
})

describe('components that are no packages', () => {
  const type = (name: string, body: string): string =>
    `(type $${name} (component ${body})) (export "${name}" (type $${name}))`
  const cases: [what: string, wat: string, says: RegExp][] = [
    [
      'two exports in one type',
      type('a', '(export "x:y/a" (instance)) (export "x:y/b" (instance))'),
      /with 2 exports/,
    ],
    ['no export in it', type('a', ''), /with 0 exports/],
    ['a function in it', type('a', '(export "f" (func))'), /neither an instance nor a component/],
    ['another name', type('a', '(export "x:y/b" (instance))'), /`a` is exported as `x:y\/b`/],
    ['no full name', type('a', '(export "a" (instance))'), /`a` is exported as `a`/],
    [
      'two packages',
      type('a', '(export "x:y/a" (instance))') + type('b', '(export "x:z/b" (instance))'),
      /`x:z\/b` is not in package `x:y`/,
    ],
    [
      'an instance in an interface',
      type('a', '(export "x:y/a" (instance (export "in" (instance))))'),
      /`x:y\/a › x:y\/a › in` is an instance/,
    ],
  ]
  for (const [what, wat, says] of cases)
    it(what, () => assert.throws(() => decodeWit(decode(parseWat(`(component ${wat})`))), says))
})

describe('components whose types WIT has no words for', () => {
  const cases: [what: string, wat: string, wanted: readonly string[]][] = [
    ['a core module', '(import "m" (core module))', ['// import m: a core module, which WIT cannot say']],
    ['a component', '(import "c" (component))', ['// import c: a component, which WIT cannot say']],
    [
      'an instance in an instance',
      '(import "a:b/c" (instance (export "in" (instance)) (export "f" (func))))',
      ['  import a:b/c;', '    f: func();', '// import a:b/c › in: an instance, which WIT cannot say'],
    ],
    [
      'a dependency',
      '(import "unlocked-dep=<a:b>" (instance))',
      ['// import unlocked-dep=<a:b>: an instance of that name, which WIT cannot say'],
    ],
    [
      'a name that ends a line',
      '(import "url=<a\\nworld evil {\\1b[31m}>" (component))',
      ['// import url=<a\ufffdworld evil {\ufffd[31m}>: a component, which WIT cannot say'],
    ],
    [
      'names that are keywords',
      '(import "world" (func (param "type" u8))) (import "interface" (instance (export "enum" (type (sub resource)))))',
      ['  import %world: func(%type: u8);', '  import %interface: interface {', '    resource %enum;'],
    ],
    [
      'a version that stands for several',
      '(import "a:b/c@0.2" (versionsuffix ".6") (instance)) (import "a:b/d@1" (instance))',
      ['  import a:b/c@0.2.6;', '  import a:b/d@1.0.0;'],
    ],
    [
      'a type of an interface without a name',
      `(import "i" (instance $i (type $r (record (field "x" u8))) (export "r" (type (eq $r)))))
       (alias export $i "r" (type $r)) (import "f" (func (param "p" $r)))`,
      ['  record r {', '  import f: func(p: r);'],
    ],
    [
      'a resource type of an interface without a name',
      `(import "i" (instance $i (export "r" (type (sub resource)))))
       (alias export $i "r" (type $r)) (import "f" (func (param "p" (own $r))))`,
      ['  import f: func(p: r);', '// import f: the resource type of `r`, which WIT cannot say'],
    ],
    [
      'a resource type that a world exports',
      '(type $r (resource (rep i32))) (export "r" (type $r))',
      ['// export r: a resource type, which WIT cannot say'],
    ],
    [
      'an interface that is not the same on both sides',
      `(import "a:b/c" (instance $i (type $t u8) (export "t" (type $n (eq $t))) (export "f" (func (param "x" $n)))))
       (component $c (type $t u16) (export $n "t" (type $t)))
       (instance $o (instantiate $c)) (export "a:b/c" (instance $o))`,
      ['// export a:b/c › t: another type than before, which WIT cannot say'],
    ],
    [
      'a type and a function of the same name on two sides',
      '(import "t" (func)) (type $t u8) (export "t" (type $t))',
      ['  type t-2 = u8;', '  import t: func();'],
    ],
  ]
  for (const [what, wat, wanted] of cases) {
    it(what, () => {
      const printed = printWit(decodeWit(decode(parseWat(`(component ${wat})`))))
      const lines = printed.split('\n')
      for (const line of wanted) assert.ok(lines.includes(line), `${line}\n${printed}`)
      parse(printed)
    })
  }

  it('interfaces that use types of each other', () => {
    const wat = `(component
      (import "a:b/x" (instance $x (type $t u8) (export "t" (type (eq $t)))))
      (alias export $x "t" (type $t))
      (import "a:b/y" (instance $y (alias outer 1 $t (type $n)) (export "t" (type (eq $n)))
        (type $u u16) (export "u" (type (eq $u)))))
      (alias export $y "u" (type $u))
      (component $c (type $d u16) (import "in" (type $in (eq $d))) (export "u" (type $in)))
      (instance $o (instantiate $c (with "in" (type $u))))
      (export "a:b/x" (instance $o)))`
    assert.throws(
      () => decodeWit(decode(parseWat(wat))),
      (error) =>
        error instanceof TenonError && error.code === 'wit' && /use types of each other/.test(error.message),
    )
  })
})

describe('types that are far larger than their text', () => {
  const doubling = (letter: string, first: string): string =>
    Array.from(
      { length: 90 },
      (_, i) =>
        `type ${letter}${i} = tuple<${i === 0 ? `${first}, u8` : `${letter}${i - 1}, ${letter}${i - 1}`}>;`,
    ).join('\n')
  const packageOf = (letter: string, first: string) =>
    parse(
      `package a:b; interface i { ${doubling(letter, first)} type x = ${letter}89; f: func(x: x); } world w { import i; }`,
    )

  it('are merged', () => {
    const [one] = mergePackages([packageOf('a', 'u8').main], [packageOf('b', 'u8').main])
    assert.equal(one!.interfaces.get('i')!.types.size, 181)
    assert.throws(
      () => mergePackages([packageOf('a', 'u8').main], [packageOf('b', 'u16').main]),
      /interface `i`: type `x`: it is another type there/,
    )
  })

  it('are compared with those of a component', () => {
    const [world, other] = ['u8', 'u16'].map((first) => packageOf('a', first).main.worlds.get('w')!)
    assert.deepEqual(targets(worldType(world!), world!), [])
    assert.deepEqual(
      targets(worldType(world!), other!).map(({ path }) => path),
      [['a:b/i', 'a0', 'tuple field 0']],
    )
  })
})

describe('packages that are large', () => {
  const within = (milliseconds: number, work: () => void): void => {
    const started = performance.now()
    work()
    assert.ok(performance.now() - started < milliseconds)
  }

  it('100,000 types and functions of one interface', () => {
    const types = Array.from(
      { length: 50_000 },
      (_, i) => `type t${i} = list<${i === 0 ? 'u8' : `t${i % 90}`}>;`,
    )
    const functions = Array.from({ length: 50_000 }, (_, i) => `run${i}: func(x: t${i});`)
    const bytes = bytesOf(
      `package a:b; interface i { ${types.slice(90).join('\n')} ${flat()} ${functions.join('\n')} }`,
    )
    within(20_000, () => {
      const { main } = decodeWit(decode(bytes))
      assert.equal(main.interfaces.get('i')!.functions.size, 50_000)
      assert.equal(main.interfaces.get('i')!.types.size, 50_000)
      printWit({ main, packages: [main] })
    })

    /** What the others are made of. */
    function flat(): string {
      return Array.from({ length: 90 }, (_, i) => `type t${i} = u8;`).join('\n')
    }
  })

  it('200 interfaces, each of which uses the one before it', () => {
    const interfaces = Array.from(
      { length: 200 },
      (_, i) => `interface i${i} { ${i === 0 ? 'type t = u8; resource r;' : `use i${i - 1}.{t, r};`} }`,
    )
    const wit = `package a:b; ${interfaces.join('\n')} world w { export i199; }`
    within(20_000, () => {
      const { main } = decodeWit(decode(bytesOf(wit)))
      assert.equal(printWit({ main, packages: [main] }), printWit(parse(wit)))
    })
  })

  it('a world of 20,000 functions, compared with itself', () => {
    const items = Array.from(
      { length: 20_000 },
      (_, i) => `export run${i}: func(x: list<u${8 << (i % 3)}>) -> string;`,
    )
    const world = parse(`package a:b; world w { ${items.join('\n')} }`).main.worlds.get('w')!
    within(10_000, () => assert.deepEqual(targets(worldType(world), world), []))
  })

  it('a world and a component that have no name in common', () => {
    const world = (letter: string) => {
      const items = Array.from({ length: 5_000 }, (_, i) => `export ${letter}${i}: func();`)
      return parse(`package a:b; world w { ${items.join('\n')} }`).main.worlds.get('w')!
    }
    within(20_000, () => assert.equal(targets(worldType(world('x')), world('y')).length, 5_000))
  })
})
