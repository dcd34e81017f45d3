import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  bool,
  borrow,
  enumeration,
  flags,
  func,
  list,
  map,
  option,
  own,
  record,
  resource,
  result,
  stream,
  string,
  tuple,
  u8,
  u32,
  u64,
  variant,
} from '../../test/support/type-builders.ts'
import type {
  ComponentType,
  ExternType,
  FunctionType,
  InstanceType,
  TypeExtern,
} from '../component/extern-type.ts'
import type { ResourceType, ValueType } from '../component/value-type.ts'
import { printFunction } from './print-function.ts'
import { briefType, printType } from './print-type.ts'
import { printWit } from './print-wit.ts'
import { type WorldNames, worldOf } from './world-of.ts'

type Items = Readonly<Record<string, ExternType>>
const instance = (items: Items): InstanceType => ({
  kind: 'instance',
  exports: new Map(Object.entries(items)),
})
const component = (imports: Items, exports: Items): ComponentType => ({
  kind: 'component',
  imports: new Map(Object.entries(imports)),
  exports: new Map(Object.entries(exports)),
})
const eq = (type: ValueType | ResourceType, aliasOf?: TypeExtern): TypeExtern => ({
  kind: 'type',
  bound: 'eq',
  type,
  ...(aliasOf && { aliasOf }),
})
const sub = (type: ResourceType): TypeExtern => ({ kind: 'type', bound: 'sub', type })
const asynchronous = (type: FunctionType): FunctionType => ({ ...type, async: true })

const printWorld = (type: ComponentType, names?: WorldNames) => printWit(worldOf(type, names))

const world = (text: string) => `package root:component;\n\nworld root {\n${text}}\n`

test('types in one line', () => {
  const types: [ValueType, string][] = [
    [list(u8), 'list<u8>'],
    [list(u8, 4), 'list<u8, 4>'],
    [tuple(u8, list(string)), 'tuple<u8, list<string>>'],
    [option(result()), 'option<result>'],
    [result(u8), 'result<u8>'],
    [result(undefined, string), 'result<_, string>'],
    [map(string, u8), 'map<string, u8>'],
    [stream(u8), 'stream<u8>'],
    [stream(), 'stream'],
    [own(resource('list')), '%list'],
    [borrow(resource('blob')), 'borrow<blob>'],
    [record({ a: u8, type: u8 }), 'record { a: u8, %type: u8 }'],
    [variant({ a: u8, b: undefined }), 'variant { a(u8), b }'],
    [flags('read', 'own'), 'flags { read, %own }'],
  ]
  for (const [type, text] of types) assert.equal(printType(type), text)
  assert.equal(
    printFunction(asynchronous(func([u8, string], bool))),
    'async func(p0: u8, p1: string) -> bool',
  )
})

test('a type whose text is far larger than itself is cut in messages', () => {
  let type: ValueType = u8
  for (let depth = 0; depth < 100; depth++) type = tuple(type, type)
  assert.ok(briefType(type).length <= 160)
})

describe('worlds', () => {
  test('functions, and names that are keywords', () => {
    const type = component({ log: func([string]), list: func([]) }, { add: func([u8, u8], u8) })
    assert.equal(
      printWorld(type),
      world(`  import log: func(p0: string);
  import %list: func();

  export add: func(p0: u8, p1: u8) -> u8;
`),
    )
  })

  test('interfaces of other packages stand below, with resources and all sorts of types', () => {
    const blob = resource('blob')
    const duration: ValueType = { kind: 'u64' }
    const point = record({ x: u32, y: u32 })
    const first = eq(point)
    const items = instance({
      blob: sub(blob),
      duration: eq(duration),
      point: first,
      position: eq(record({ x: u32, y: u32 }), first),
      kind: eq(enumeration('a', 'from')),
      mode: eq(flags('read', 'write')),
      shape: eq(variant({ dot: point, none: undefined })),
      bytes: eq(list(u8)),
      handle: eq(own(blob)),
      '[constructor]blob': func([duration], own(blob)),
      '[method]blob.read': func([borrow(blob), u32], list(u8)),
      '[static]blob.merge': func([own(blob), own(blob)], own(blob)),
      wait: asynchronous(func([duration, u64])),
    })
    assert.equal(
      printWorld(component({ 'a:b/types@1.2.3': items }, {})),
      `${world('  import a:b/types@1.2.3;\n')}
package a:b@1.2.3 {
  interface types {
    resource blob {
      constructor(p0: duration);
      read: func(p1: u32) -> list<u8>;
      merge: static func(p0: blob, p1: blob) -> blob;
    }

    type duration = u64;

    record point {
      x: u32,
      y: u32,
    }

    type position = point;

    enum kind {
      a,
      %from,
    }

    flags mode {
      read,
      write,
    }

    variant shape {
      dot(point),
      none,
    }

    type bytes = list<u8>;

    type handle = own<blob>;

    wait: async func(p0: duration, p1: u64);
  }
}
`,
    )
  })

  test('types of other interfaces are used, under another name where needed', () => {
    const error = resource('error')
    const own1 = record({ code: u8 })
    const code = eq(own1)
    const type = component(
      {
        'w:io/error@0.2.0': instance({ error: sub(error), code }),
        'w:io/streams@0.2.0': instance({
          error: eq(error),
          'last-code': eq(own1, code),
          last: func([borrow(error)], own1),
        }),
        'w:fs/types@0.2.0': instance({
          'io-error': eq(error),
          error: eq(enumeration('a')),
          last: func([own(error)]),
        }),
      },
      {},
    )
    const text = printWorld(type)
    assert.match(text, /interface streams \{\n {4}use error\.\{error, code as last-code\};\n/)
    assert.match(text, / last: func\(p0: borrow<error>\) -> last-code;/)
    assert.match(text, /use w:io\/error@0\.2\.0\.\{error as io-error\};/)
    assert.match(text, / last: func\(p0: io-error\);/)
  })

  test('a type that is named nowhere in scope is used all the same, under a name that is free', () => {
    const error = resource('error')
    const type = component(
      { 'w:io/error': instance({ error: sub(error) }), error: func([]) },
      { fail: func([borrow(error)]) },
    )
    assert.equal(
      printWorld(type).split('\n\npackage')[0]!,
      world(`  use w:io/error.{error as error-2};

  import w:io/error;
  import error: func();

  export fail: func(p0: borrow<error-2>);
`).trimEnd(),
    )
  })

  test('an interface that is imported and exported is written once, as the union of both', () => {
    const mine = resource('blob')
    const theirs = resource('blob')
    const type = component(
      { 'a:b/c': instance({ blob: sub(theirs), get: func([], own(theirs)) }) },
      { 'a:b/c': instance({ blob: sub(mine), get: func([], own(mine)), put: func([own(mine)]) }) },
    )
    assert.equal(
      printWorld(type),
      `${world('  import a:b/c;\n\n  export a:b/c;\n')}
package a:b {
  interface c {
    resource blob;

    get: func() -> blob;

    put: func(p0: blob);
  }
}
`,
    )
  })

  test('types and resources of the world itself, and interfaces within it', () => {
    const point = record({ x: u32 })
    const thing = resource('thing')
    const type = component(
      {
        point: eq(point),
        thing: sub(thing),
        '[method]thing.at': func([borrow(thing)], point),
        host: instance({ tick: func([]) }),
      },
      { host: instance({ size: eq({ kind: 'u32' }), run: func([], u8) }), move: func([point, own(thing)]) },
    )
    assert.equal(
      printWorld(type, {
        package: { namespace: 'my', package: 'app', version: '1.0.0' },
        world: 'app',
      }),
      `package my:app@1.0.0;

world app {
  record point {
    x: u32,
  }

  resource thing {
    at: func() -> point;
  }

  import host: interface {
    tick: func();
  }

  export host: interface {
    type size = u32;

    run: func() -> u8;
  }
  export move: func(p0: point, p1: thing);
}
`,
    )
  })

  test('interfaces of the world’s own package stand beside it', () => {
    const type = component({ 'my:app/log': instance({ log: func([string]) }) }, {})
    assert.equal(
      printWorld(type, { package: { namespace: 'my', package: 'app', version: undefined } }),
      `package my:app;

interface log {
  log: func(p0: string);
}

world root {
  import log;
}
`,
    )
  })

  test('what WIT cannot say is a comment', () => {
    const type = component({ m: { kind: 'core-module', imports: [], exports: new Map() } }, {})
    assert.equal(
      printWorld(type),
      `package root:component;\n\nworld root {}\n\n// import m: a core module, which WIT cannot say\n`,
    )
  })
})
