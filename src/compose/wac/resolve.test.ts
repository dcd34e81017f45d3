import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { WacError } from '../../errors.ts'
import { parseWat } from '../../wat/index.ts'
import { resolveWit } from '../../wit/resolve.ts'
import { printExtern } from '../type-difference.ts'
import type { Composition } from '../composition.ts'
import type { FoundPackage, PackageFinder } from './package-finder.ts'
import { resolveWac, type WacOptions } from './resolve.ts'

/** Components as text, and packages of WIT. */
const packages: Readonly<Record<string, string>> = {
  'docs:adder': '(component (import "log" (func)) (export "go" (func 0)))',
  'docs:greeter':
    '(component (import "docs:greet/words@0.2.0" (instance (export "f" (func)))) (export "docs:greet/words@0.2.0" (instance 0)))',
  'docs:later': '(component (import "docs:greet/words@0.2.3" (instance (export "f" (func)))))',
  'docs:words':
    '(component (import "out" (func)) (instance (export "f" (func 0))) (export "docs:greet/words@0.2.3" (instance 0)))',
  'docs:two':
    '(component (import "a:b/log" (instance)) (import "c:d/log" (instance)) (import "e:f/out" (instance)))',
  'docs:both': '(component (import "x" (func (param "a" u8))) (import "y" (func (result string))))',
  'docs:greet': `package docs:greet@0.2.3;
    interface words { f: func(); }
    interface kinds { enum kind { a } resource r; g: func(k: kind) -> r; h: func(n: u8); }
    interface uses { use kinds.{r}; take: func(r: r); }
    world greeter { import words; export run: func(); }`,
}

const finder: PackageFinder = {
  find(name): FoundPackage | undefined {
    const text = packages[name]
    if (text === undefined) return undefined
    if (text.startsWith('(')) return { kind: 'component', component: parseWat(text) }
    return { kind: 'wit', package: resolveWit({ files: [{ name: `${name}.wit`, text }] }).main }
  },
  names: () => Object.keys(packages),
}

function compose(text: string, options: WacOptions = {}): Composition {
  return resolveWac({ name: 'x.wac', text: `package my:app;\n${text}` }, finder, options).composition
}

/** What a composition has: imports and exports with their types, and who gets what. */
function shape(composition: Composition): Record<string, unknown> {
  const names = composition.nodes.map((node, index) => node.label ?? `${index}`)
  return {
    imports: Array.from(composition.imports, ([name, { type }]) => `${name}: ${printExtern(type)}`),
    exports: Array.from(
      composition.exports,
      ([name, node]) => `${name}: ${printExtern(composition.typeOf(node))}`,
    ),
    edges: Array.from(
      composition.edges(),
      ({ from, to, name }) => `${names[from]} -> ${names[to]} as ${name}`,
    ),
  }
}

function refusal(text: string, options: WacOptions = {}): string {
  try {
    compose(text, options)
  } catch (error) {
    assert.ok(error instanceof WacError, String(error))
    return error.message
  }
  return assert.fail('it was not refused')
}

describe('names of arguments', () => {
  const edges = (text: string): unknown => shape(compose(text)).edges
  it('are those of interfaces, in a version that can take the place', () => {
    const text = 'import w: docs:greet/words@0.2.3; let g = new docs:greeter { w };'
    assert.deepEqual(edges(text), ['w -> g as docs:greet/words@0.2.0'])
  })
  it('are those of imports', () => {
    assert.deepEqual(edges('import l as log: func(); let a = new docs:adder { l };'), ['l -> a as log'])
  })
  it('are the ends of those of interfaces', () => {
    const text = 'import out: interface {}; let t = new docs:two { out, ... };'
    assert.deepEqual(edges(text), ['out -> t as e:f/out'])
    assert.deepEqual(edges('import i: interface {}; let t = new docs:two { out: i, ... };'), [
      'i -> t as e:f/out',
    ])
  })
  it('must be written where several end alike', () => {
    const message = refusal('import log: interface {}; let t = new docs:two { log, ... };')
    assert.match(message, /no import named `log`/)
    assert.match(message, /it could be "a:b\/log" or "c:d\/log": write the one that is meant, in quotes/)
    const text = 'import log: interface {}; let t = new docs:two { "c:d/log": log, ... };'
    assert.deepEqual(edges(text), ['log -> t as c:d/log'])
  })
  it('are those of an instance that is spread, in a version that can take the place', () => {
    const text = 'let w = new docs:words { ... }; let g = new docs:greeter { ...w };'
    assert.deepEqual(edges(text), ['w -> 1 as docs:greet/words@0.2.3', '1 -> g as docs:greet/words@0.2.0'])
  })
})

describe('expressions', () => {
  it('nest', () => {
    const text = 'export (new docs:greeter { words: new docs:words { ... }.words }).words as w;'
    assert.deepEqual(shape(compose(text)), {
      imports: ['out: func()'],
      exports: ['w: instance { f }'],
      edges: [
        '0 -> 1 as docs:greet/words@0.2.3',
        '1 -> 2 as docs:greet/words@0.2.0',
        '2 -> 3 as docs:greet/words@0.2.0',
      ],
    })
  })
  it('have words as names that are keywords elsewhere', () => {
    const text = 'import new: interface { %list: func(); }; let let = %new.list; export let as targets;'
    assert.deepEqual(shape(compose(text)).exports, ['targets: func()'])
  })
})

describe('imports', () => {
  it('of a lower version than is left open become those, for all who leave it open', () => {
    const text = `import w as "docs:greet/words@0.2.0": interface { f: func(); };
      let a = new docs:later { ... }; let b = new docs:later { ... }; let c = new docs:greeter { w };`
    assert.deepEqual(shape(compose(text)).imports, ['docs:greet/words@0.2.3: instance { f }'])
    assert.match(
      refusal(`${text} let d = new docs:greeter { ... };`),
      /conflicts with an item that docs:greeter/,
    )
  })
  it('bring along those whose types they use', () => {
    const { imports } = shape(compose('import uses: docs:greet/uses@0.2.3;'))
    assert.deepEqual(imports, [
      'docs:greet/kinds@0.2.3: instance { kind, r }',
      'docs:greet/uses@0.2.3: instance { r, take }',
    ])
  })
  it('are components where a world is named', () => {
    const { imports } = shape(compose('import c as c: docs:greet/greeter;'))
    assert.deepEqual(imports, ['c: component that imports { docs:greet/words@0.2.3 } and exports { run }'])
  })
  it('are functions of interfaces, where their types need no names', () => {
    assert.deepEqual(shape(compose('import h as h: docs:greet/kinds/h;')).imports, ['h: func(n: u8)'])
    const { imports } = shape(compose('import r as run: docs:greet/greeter/run;'))
    assert.deepEqual(imports, ['run: func()'])
    const message = refusal('import g as g: docs:greet/kinds/g;')
    assert.match(message, /import `g` mentions a type of kind enum, which is no import\n --> x\.wac:2:8/)
  })
  it('that are left open are one, in the highest version', () => {
    const text = `interface words { f: func(); }
      let a = new docs:greeter { ... };
      import w: docs:greet/words@0.2.3;
      let b = new docs:greeter { words: w };`
    assert.deepEqual(shape(compose(text)).imports, ['docs:greet/words@0.2.3: instance { f }'])
  })
})

describe('what WAC has not', () => {
  it('is asynchronous, and has streams, futures, maps and lists of fixed length', () => {
    const text = 'import f: async func(s: stream<u8>, m: map<string, u8>) -> future<list<u8, 4>>;'
    assert.deepEqual(shape(compose(text)).imports, [
      'f: async func(s: stream<u8>, m: map<string, u8>) -> future<list<u8, 4>>',
    ])
  })
  it('is left out where it is unstable', () => {
    const text = `package my:app@1.0.0;
      interface i {
        @since(version = 1.0.0) f: func();
        @unstable(feature = g) g: func();
        @since(version = 0.1.0) @deprecated(version = 1.0.0) h: func();
      }
      import j as i: i;`
    const importsWith = (options: WacOptions): unknown =>
      shape(resolveWac({ name: 'x.wac', text }, finder, options).composition).imports
    assert.deepEqual(importsWith({}), ['i: instance { f, h }'])
    assert.deepEqual(importsWith({ features: new Set(['g']) }), ['i: instance { f, g, h }'])
  })
  it('cannot be released before the document', () => {
    assert.match(
      refusal('@since(version = 1.0.0) interface i {}'),
      /feature gate with a version specifier, so it must have a version/,
    )
  })
})

describe('types', () => {
  it('are exported under the name of the first export, in place of their own', () => {
    const { exports } = shape(compose('type a = u8; export a as b; export a as c;'))
    assert.deepEqual(exports, ['b: type u8', 'c: type u8'])
  })
  it('are those of functions, too', () => {
    const text = `type f = func(n: u8);
      type g = f;
      interface i { type h = func(); type k = h; a: k; }
      world w { import b: g; import i; }
      import j as i: i; import c: g;`
    const { imports } = shape(compose(text))
    assert.deepEqual(imports, ['i: instance { a }', 'c: func(n: u8)'])
  })
  it('of the document are no types of imports', () => {
    const message = refusal('record r { a: u8 } import f: func(l: list<option<r>>);')
    assert.match(message, /import `f` mentions the record `r`, which is no import\n --> x\.wac:2:27/)
    assert.match(message, /put the function and its types into an `interface`, and import that/)
    const world = refusal('record r { a: u8 } type f = func(b: r); world w { import f: f; }')
    assert.match(world, /`f` mentions the record `r`, which is no type of the world\n --> x\.wac:2:61/)
  })
})

describe('problems', () => {
  it('are collected, and what is broken is not complained of again', () => {
    const message = refusal(
      'let a = new no:thing {}; let b = new no:thing { a }; export a; export b.c; export d;',
    )
    const headlines = message.split('\n').filter((line) => /^(unknown|undefined)/.test(line))
    assert.deepEqual(headlines, ['unknown package `no:thing`', 'undefined name `d`'])
  })
  it('that are read are no more than there are', () => {
    const message = refusal(
      'let a = new docs:adder { log: 3 }; let b = new docs:adder { , }; export a b; export c;',
    )
    const headlines = message.split('\n').filter((line) => /^(expected|undefined)/.test(line))
    assert.equal(headlines.length, 3, message)
  })
  it('are all arguments of wrong types', () => {
    const message = refusal('import f: func(); let b = new docs:both { x: f, y: f };')
    assert.match(message, /mismatched instantiation argument `x`\n --> x\.wac:2:43/)
    assert.match(message, /expected func\(a: u8\)\n.*found {4}func\(\)/)
    assert.match(message, /mismatched instantiation argument `y`\n --> x\.wac:2:49/)
  })
  it('say what would fit where an argument is missing', () => {
    const message = refusal(
      'import f: func(); let w = new docs:words { out: f }; let a = new docs:adder {}; let g = new docs:greeter {};',
    )
    assert.match(message, /missing instantiation argument `log` for package `docs:adder`/)
    assert.match(message, /= fits: `log: f`/)
    assert.match(message, /= fits: `"docs:greet\/words@0\.2\.0": w\["docs:greet\/words@0\.2\.3"\]`/)
  })
  it('say nothing of what would fit after much was tried', () => {
    const imports = Array.from({ length: 50 }, (_, index) => `import g${index}: func();`)
    const instances = Array.from({ length: 10 }, (_, index) => `let b${index} = new docs:both {};`)
    const message = refusal([...imports, ...instances].join(' '))
    assert.equal(message.match(/missing instantiation argument `x`/g)?.length, 10)
    assert.equal(message.match(/nothing here fits `x`/g)?.length, 2)
  })
  it('are functions of resources that are exported alone', () => {
    const message = refusal('import i: interface { resource r { m: func(); } }; export i...;')
    assert.match(
      message,
      /`\[method\]r\.m` is a function of a resource, and is exported with its instance only/,
    )
  })
  it('suggest packages and exports', () => {
    assert.match(refusal('let a = new docs:ader { ... };'), /did you mean `docs:adder`\?/)
    assert.match(refusal('let a = new docs:adder { ... }; export a.goo;'), /did you mean `go`\?/)
  })
  it('are compositions that do not fit their target', () => {
    const text = (rest: string): string => `package my:app targets docs:greet/greeter;\n${rest}`
    const resolve = (rest: string) => (): unknown => resolveWac({ name: 'x.wac', text: text(rest) }, finder)
    resolve('let a = new docs:greeter { ... }; export a.words.f as run;')()
    assert.throws(
      resolve('import f: func();'),
      /requires an export named `run`[\s\S]*does not have an import named `f`/,
    )
    assert.throws(
      resolve('import w: docs:greet/words; export w.f as run;'),
      /it has `docs:greet\/words@0\.2\.3`/,
    )
    assert.throws(
      resolve('let a = new docs:greeter { ... }; export a as run;'),
      /export `run` has a mismatched type[\s\S]*in the world {8}func\(\)\n.*in the composition {2}instance/,
    )
  })
})
