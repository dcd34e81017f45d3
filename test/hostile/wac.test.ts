/** Broken and hostile WAC: each text is refused where it is wrong, in a time that grows with the text and no faster. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FoundPackage } from '../../src/compose/wac/package-finder.ts'
import { resolveWac } from '../../src/compose/wac/resolve.ts'
import { limits } from '../../src/component/limits.ts'
import { TenonError, WacError } from '../../src/errors.ts'
import { parseWat } from '../../src/wat/index.ts'

interface Case {
  readonly name: string
  /** Behind the name of the document, which is line 1; bytes are the whole text. */
  readonly input: string | Uint8Array
  /** `line:column` of the first problem. */
  readonly at: string
  readonly says: RegExp
}

const deep = 100_000
const utf8 = new TextEncoder()

/** Each line with its number. */
const many = (count: number, line: (number: number) => string): string =>
  Array.from({ length: count }, (_, number) => line(number)).join('\n')

const cases: readonly Case[] = [
  { name: 'nothing', input: utf8.encode(''), at: '1:1', says: /expected keyword `package`, found the end/ },
  { name: 'no name', input: utf8.encode('let a = b;'), at: '1:1', says: /expected keyword `package`/ },
  { name: 'half a name', input: utf8.encode('package a;'), at: '1:10', says: /expected ':', found ';'/ },
  {
    name: 'a version that is none',
    input: utf8.encode('package a:b@1.2;'),
    at: '1:13',
    says: /`1.2` is not a valid/,
  },
  {
    name: 'a target that is no path',
    input: utf8.encode('package a:b targets c;'),
    at: '1:22',
    says: /expected ':'/,
  },
  { name: 'two names', input: 'package c:d;', at: '2:1', says: /expected `import`/ },
  {
    name: 'a comment that is not closed',
    input: 'let a = /* b;',
    at: '2:9',
    says: /unterminated block comment/,
  },
  { name: 'comments that open very deep', input: '/*'.repeat(deep), at: '2:1', says: /unterminated block/ },
  { name: 'a string that is not closed', input: 'let a = b["c];', at: '2:11', says: /unterminated string/ },
  {
    name: 'arguments that are not closed',
    input: 'let a = new c:d { b',
    at: '2:20',
    says: /found the end/,
  },
  { name: 'a parenthesis too many', input: 'let a = (b));', at: '2:12', says: /expected ';', found '\)'/ },
  {
    name: 'parentheses in parentheses',
    input: `let a = ${'('.repeat(deep)}`,
    at: '2:109',
    says: /nesting too deep/,
  },
  {
    name: 'instances in instances',
    input: `let a = ${'new c:d { log: '.repeat(deep)}`,
    at: '2:1509',
    says: /nesting too deep/,
  },
  {
    name: 'types in types',
    input: `type t = ${'list<'.repeat(deep)}`,
    at: '2:510',
    says: /type nesting too deep/,
  },
  {
    name: 'a long line of accesses',
    input: `let a = new c:d { ... }${'.go'.repeat(deep)};`,
    at: '2:9',
    says: /instance is required/,
  },
  { name: 'brackets', input: '['.repeat(deep), at: '2:1', says: /expected `import`, `let`/ },
  { name: 'dots', input: '.'.repeat(deep), at: '2:1', says: /expected `import`, `let`/ },
  {
    name: 'bytes that are no UTF-8',
    input: Uint8Array.of(...utf8.encode('package a:b;\n'), 0xff),
    at: '2:1',
    says: /not UTF-8/,
  },
  { name: 'a NUL', input: 'let a\0 = b;', at: '2:6', says: /control character U\+0000/ },
  { name: 'a change of direction', input: '// \u202e', at: '2:4', says: /bidirectional override U\+202E/ },
  {
    name: 'a change of direction in a name',
    input: 'export a as "b\u2066";',
    at: '2:15',
    says: /bidirectional override/,
  },
  { name: 'a name in capital letters', input: 'let isXml = b;', at: '2:5', says: /not in kebab case/ },
  { name: 'a let without a name', input: 'let = b;', at: '2:5', says: /expected an identifier/ },
  { name: 'an import without a type', input: 'import a;', at: '2:9', says: /expected ':'/ },
  { name: 'a resource alone', input: 'resource r;', at: '2:1', says: /only in an interface or a world/ },
  {
    name: 'a gate before an import',
    input: '@since(version = 1.0.0) import f: func();',
    at: '2:2',
    says: /gates are for types/,
  },
  { name: 'spread exports with a name', input: 'export a... as b;', at: '2:13', says: /keep their names/ },
  { name: 'a type of itself', input: 'type t = list<t>;', at: '2:15', says: /`t` depends on itself/ },
  {
    name: 'interfaces that use each other',
    input: 'interface a { use b.{t}; }\ninterface b { use a.{t}; }',
    at: '2:19',
    says: /undefined name `b`/,
  },
  {
    name: 'a world that includes itself',
    input: 'world w { include w; }',
    at: '2:19',
    says: /undefined name `w`/,
  },
  {
    name: 'an instance of itself',
    input: 'let a = new a:b {};',
    at: '2:13',
    says: /cannot instantiate the package being defined/,
  },
  {
    name: 'an argument that is itself',
    input: 'let a = new c:d { log: a };',
    at: '2:24',
    says: /undefined name `a`/,
  },
  {
    name: 'a name that is not there',
    input: 'import logger: func();\nlet a = new c:d { log: loger };',
    at: '3:24',
    says: /did you mean `logger`\?/,
  },
  {
    name: 'a name that is taken',
    input: 'import f: func();\nlet f = new c:d { ... };',
    at: '3:5',
    says: /`f` is already defined/,
  },
  {
    name: 'an export that is taken',
    input: 'import f: func();\nexport f as a;\nexport f as A;',
    at: '4:13',
    says: /duplicate export `A`/,
  },
  {
    name: 'a package that is not there',
    input: 'let a = new c:dd { ... };',
    at: '2:13',
    says: /unknown package `c:dd`[\s\S]*did you mean `c:d`\?/,
  },
  {
    name: 'a package that breaks',
    input: 'let a = new broken:bytes { ... };',
    at: '2:13',
    says: /failed to read package `broken:bytes`/,
  },
  {
    name: 'a package that is no component',
    input: 'let a = new core:module { ... };',
    at: '2:13',
    says: /found a core module/,
  },
  {
    name: 'an argument that is missing',
    input: 'let a = new c:d {};',
    at: '2:13',
    says: /missing instantiation argument `log`/,
  },
  {
    name: 'an argument too many',
    input: 'import f: func();\nlet a = new c:d { log: f, lag: f };',
    at: '3:27',
    says: /no import named `lag`[\s\S]*did you mean `log`\?/,
  },
  {
    name: 'an argument twice',
    input: 'import log: func();\nlet a = new c:d { log, "log": log };',
    at: '3:24',
    says: /duplicate instantiation argument/,
  },
  {
    name: 'an argument of another type',
    input: 'import log: func(a: u8);\nlet a = new c:d { log };',
    at: '3:19',
    says: /expected func\(\)\n.*found {4}func\(a: u8\)/,
  },
  {
    name: 'a type as an argument',
    input: 'type log = u8;\nlet a = new c:d { log };',
    at: '3:19',
    says: /the type u8 is no argument/,
  },
  {
    name: 'an interface as an argument',
    input: 'interface i {}\nlet a = new c:d { log: i };',
    at: '3:24',
    says: /an interface is no value/,
  },
  {
    name: 'an import that is left open elsewhere',
    input: 'let a = new c:d { ... };\nimport log: func();',
    at: '3:8',
    says: /conflicts with an item/,
  },
  {
    name: 'an export that nothing names',
    input: 'export new c:d { ... };',
    at: '2:8',
    says: /requires an `as` clause/,
  },
  {
    name: 'an import name of a method',
    input: 'import f as "[method]a.b": func();',
    at: '2:13',
    says: /import name `\[method\]a.b` is not valid/,
  },
  {
    name: 'very many imports',
    input: many(deep, (n) => `import q${n}: func();`),
    at: `${limits.compositionNodes + 2}:8`,
    says: /at most 5000 nodes/,
  },
  {
    name: 'very many problems',
    input: many(deep, (n) => `let q${n} = p${n};`),
    at: '2:10',
    says: /and 980 more/,
  },
  {
    name: 'interfaces that each bring along all before them',
    input: `interface q0 { type t = u8; }\n${many(deep, (n) => `interface q${n + 1} { use q${n}.{t}; }`)}`,
    at: '448:11',
    says: /at most 100000 imports and exports in all/,
  },
]

const packages: Readonly<Record<string, Uint8Array>> = {
  'c:d': parseWat('(component (import "log" (func)) (export "go" (func 0)))'),
  'broken:bytes': Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, 99),
  'core:module': parseWat('(module)'),
}

const finder = {
  find(name: string): FoundPackage | undefined {
    const component = packages[name]
    return component && { kind: 'component', component }
  },
  names: () => Object.keys(packages),
}

describe('WAC that is wrong', () => {
  it('is of many kinds', () => assert.ok(cases.length >= 50, `${cases.length}`))
  for (const { name, input, at, says } of cases) {
    it(name, () => {
      const text = typeof input === 'string' ? `package a:b;\n${input}` : input
      const started = performance.now()
      const error = refusalOf(text)
      const took = performance.now() - started
      const { source, span } = error.diagnostics[0]!.labels[0]!
      const { line, column } = source.position(span.start)
      assert.match(error.message, says)
      assert.equal(`${line}:${column}`, at, error.message.slice(0, 1_000))
      // Generous: other tests run at the same time.
      assert.ok(took < 20_000, `it took ${took} ms`)
    })
  }

  it('is refused by the package that it is, whatever a finder throws', () => {
    const throwing = {
      find: (): undefined => {
        throw new TenonError('file', 'deps/c/d.wasm: permission denied')
      },
    }
    const file = { name: 'x.wac', text: 'package a:b; let x = new c:d {};' }
    assert.throws(
      () => resolveWac(file, throwing),
      /failed to read package `c:d`: deps\/c\/d\.wasm: permission denied/,
    )
  })
})

function refusalOf(text: string | Uint8Array): WacError {
  try {
    resolveWac({ name: 'x.wac', text }, finder)
  } catch (error) {
    assert.ok(error instanceof WacError, String(error))
    return error
  }
  return assert.fail('it was not refused')
}
