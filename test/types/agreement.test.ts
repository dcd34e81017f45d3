/**
 * Declarations against what the runtime does: values of every type go through components, and what comes out, printed as TypeScript, has to
 * have the type that was declared, with no property more or less; the names of what is exported have to be those that are declared.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { generateTypes } from '../../src/bindgen/declarations/generate-types.ts'
import { decode } from '../../src/binary/decode.ts'
import { readWitSources } from '../../src/cli/read-wit.ts'
import { camelCase } from '../../src/component/js-name.ts'
import type { FunctionType } from '../../src/component/extern-type.ts'
import { ComponentError } from '../../src/errors.ts'
import { arbitraryValue } from '../../src/fuzz/arbitrary-value.ts'
import { Component } from '../../src/index.ts'
import { parseWat } from '../../src/wat/index.ts'
import { decodeWit } from '../../src/wit/decode-wit.ts'
import { resolveWit } from '../../src/wit/resolve.ts'
import { componentText } from '../support/arbitrary-component.ts'
import { arbitraryFunctionType } from '../support/arbitrary-type.ts'
import fc from '../support/fast-check.ts'
import { shown, standalone, typeCheck } from './type-check.ts'
import { valueText, valueTextHead } from './value-text.ts'

/** What is declared of a component, and a program that claims some lines of it. */
function check(bytes: Uint8Array, head: string, lines: readonly string[]): void {
  const world = decodeWit(decode(bytes), { world: 'sample' }).world!
  const files = new Map(Array.from(generateTypes(world), ([path, text]) => [`types/${path}`, text]))
  const program = [
    `import type { Sample } from './types/sample.js'`,
    same,
    valueTextHead,
    head,
    ...lines.map((line) => `{ ${line} }`),
  ]
  files.set('program.ts', program.join('\n'))
  assert.deepEqual(shown(typeCheck(files, options)), [])
}

const same = `type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false`

/** The names of a type are these, and no others. */
function namesLine(type: string, names: readonly (string | symbol)[]): string {
  const strings = names.filter((name) => typeof name === 'string').map((name) => JSON.stringify(name))
  return `const names: Same<keyof (${type}) & string, ${strings.join(' | ') || 'never'}> = true`
}

const level = {
  pointer: 'i32',
  stringEncoding: 'utf8',
  postReturn: false,
  generous: true,
  inside: false,
  relays: [],
} as const

const options = { ...standalone, lib: ['es2024', 'esnext.iterator', 'dom'] }

interface Sample {
  readonly type: FunctionType
  readonly calls: readonly { readonly args: readonly unknown[]; readonly answer: unknown }[]
}

const arbitrarySample: fc.Arbitrary<Sample> = arbitraryFunctionType({ depth: 3, borrows: false }).chain(
  (type) => {
    const { result, parameters } = type
    const call = fc.record({
      args: fc.tuple(...parameters.map((one) => arbitraryValue(one.type))),
      answer: result === undefined ? fc.constant(undefined) : arbitraryValue(result),
    })
    return fc.record({ type: fc.constant(type), calls: fc.array(call, { minLength: 3, maxLength: 3 }) })
  },
)

test('random values of random types', async () => {
  const samples = fc.sample(arbitrarySample, 40)
  const functions = samples.map(({ type }) => type)
  const bytes = parseWat(componentText({ functions, levels: [level] }))

  const received: unknown[][] = []
  let answer: unknown
  const names = samples.map((_, i) => `f${i}`)
  const implementation = (...args: unknown[]): unknown => {
    received.push(args)
    return answer
  }
  // Under the names that the declarations ask for.
  const host = {
    HostThing: class HostThing {},
    ...Object.fromEntries(names.map((name) => [name, implementation])),
  }
  using instance = await Component.fromBytes(bytes).instantiate({ api: host })
  const { api } = instance.exports

  const lines: string[] = [namesLine(`Sample['exports']['api']`, Reflect.ownKeys(api))]
  for (const [i, { type, calls }] of samples.entries()) {
    const [exported, imported] = ['exports', 'imports'].map((side) => `Sample['${side}']['api']['f${i}']`)
    for (const call of calls) {
      const wanted =
        type.result?.kind === 'result' ? (call.answer as { tag: string; val: unknown }) : undefined
      answer = wanted ? wanted.val : call.answer
      if (wanted?.tag === 'err') answer = Promise.reject(new ComponentError(wanted.val))
      const outcome = await instance.async.api[`f${i}`](...call.args).then(
        (value: unknown) => ({ value }),
        (error: unknown) => assert.ok(error instanceof ComponentError),
      )
      const args = call.args.map(valueText).join(', ')
      // What was passed may be passed, and what was received has the type that was declared.
      lines.push(`void ((f: ${exported}) => f(${args}))`)
      lines.push(`const received: Parameters<${imported}> = [${received.at(-1)!.map(valueText).join(', ')}]`)
      if (outcome === undefined) continue
      lines.push(`const result: ReturnType<${exported}> = ${valueText(outcome.value)}`)
      lines.push(`const given: ReturnType<${imported}> = ${valueText(answer)}`)
    }
  }
  assert.equal(received.length, 120)
  check(bytes, '', lines)
})

/** What the declarations let pass, by function of `worlds/values.wit`: of each type all that it may be. */
const passed: Readonly<Record<string, readonly string[]>> = {
  ofList: [
    '[1, 2]',
    'new Set([1])',
    'new Uint16Array(2)',
    'new Uint8Array(2)',
    '(function* () { yield 7 })()',
  ],
  ofLongs: ['[1n]', 'new BigInt64Array(2)', 'new Map([["a", 1n]]).values()'],
  ofStrings: ['["a"]', 'new Set(["a"])', '"a b".matchAll(/./g).map(String)'],
  ofBytes: ['new Uint8Array(3)'],
  ofArray: ['[1, 2, 3, 4]', 'new Uint8Array(4)'],
  ofPerson: ['{ name: "Ada", tags: [] }', '{ name: "", age: undefined, tags: ["a"], homePage: "b" }'],
  ofPeople: ['[{ name: "Ada", tags: [] }]', 'new Set([{ name: "Ada", tags: [] }])'],
  ofShape: [
    '{ tag: "nothing" }',
    '{ tag: "labelled" }',
    '{ tag: "circle", val: 1 }',
    '{ tag: "nothing", val: undefined }',
  ],
  ofColor: ['"red"', '"dark-blue"'],
  ofPermissions: ['{}', '{ read: true, canExecute: undefined }'],
  ofTuple: ['["a", 1n, undefined]', '["a", 1n, true] as const'],
  ofPair: ['["a", 1n]'],
  ofOption: ['undefined', '"a"'],
  ofNested: ['{ tag: "none" }', '{ tag: "some" }', '{ tag: "some", val: 1 }'],
  ofOutcome: ['[{ tag: "ok", val: 1 }]', 'new Set([{ tag: "err" as const, val: "" }])'],
  ofMap: ['new Map([["a", 1]])', '[["a", 1], ["b", 2]]', 'Object.entries({ a: 1 })'],
  ofSize: ['1n'],
  ofF32: ['1.5'],
  ofChar: ['"a"'],
}

/** Refused by TypeScript, and not by the runtime: what named types are wider than, and what nobody would notice. */
const stricter = [
  'ofBytes([1])',
  "ofPerson({ name: 'Ada', tags: [], agee: 1 })",
  "ofPerson({ name: 'Ada', tags: [], 'home-page': '' })",
  "ofShape({ tag: 'nothing', val: 1 })",
  'ofPermissions({ execute: true })',
]

test('what may be passed, and what may not', async () => {
  const [world] = resolveWit(readWitSources(`${import.meta.dirname}/worlds/values.wit`)).main.worlds.values()
  const values = world!.exports.get('test:values/values@0.2.1')
  assert.ok(values?.kind === 'interface')
  const names = Object.keys(passed)
  const functions = [...values.interface.functions.values()]
  const types = names.map((name) => functions.find((one) => camelCase(one.name) === name)!.type)
  const bytes = parseWat(componentText({ functions: types, levels: [level] }))
  const same = Object.fromEntries(names.map((_, i) => [`f${i}`, (value: unknown) => value]))
  using instance = await Component.fromBytes(bytes).instantiate({
    api: { HostThing: class HostThing {}, ...same },
  })
  const call = (name: string, source: string): unknown => {
    const value: unknown = new Function(`return [${source.replace(/ as const/g, '')}]`)()
    return instance.exports.api[`f${names.indexOf(name)}`](...(value as unknown[]))
  }

  const lines = names.flatMap((name) =>
    passed[name]!.flatMap((source) => [
      `void ((values: Values) => values.${name}(${source}))`,
      `const result: ReturnType<Values['${name}']> = ${valueText(call(name, source))}`,
    ]),
  )
  const files = new Map(Array.from(generateTypes(world!), ([path, text]) => [`types/${path}`, text]))
  const head = `import type { TestValuesValues } from './types/every-type.js'\ntype Values = TestValuesValues.Values`
  files.set('program.ts', [head, valueTextHead, ...lines.map((line) => `{ ${line} }`)].join('\n'))
  assert.deepEqual(shown(typeCheck(files, options)), [])

  const wrong = readFileSync(`${import.meta.dirname}/programs/wrong/exports.ts`, 'utf8')
  let refused = 0
  for (const [, text, name, source] of wrong.matchAll(/^ {2}values\.((of\w+)\((.*)\)) \/\/~/gm)) {
    if (!names.includes(name!) || stricter.includes(text!)) continue
    refused++
    assert.throws(() => call(name!, source!), { name: 'TypeError' }, text)
  }
  assert.ok(refused >= 20, `${refused}`)
})

/** Interfaces and functions whose short names collide, a class with all that a class can have, a resource of the host's. */
const named = `(component
  (import "host" (instance $host
    (export "thing-1" (type $thing (sub resource)))
    (export "[method]thing-1.get-it" (func (param "self" (borrow $thing)) (result u32)))
    (export "take-1" (func (param "thing" (own $thing))))
    (export "take1" (func))
    (export "call-me" (func))))
  (alias export $host "thing-1" (type $thing))
  (core module $M
    (func (export "f") (result i32) i32.const 7)
    (func (export "g") (param i32) (result i32) local.get 0))
  (core instance $m (instantiate $M))
  (func $f (result u32) (canon lift (core func $m "f")))
  (component $C
    (core module $M
      (func (export "f") (result i32) i32.const 7)
      (func (export "g") (param i32) (result i32) local.get 0))
    (core instance $m (instantiate $M))
    (type $r' (resource (rep i32)))
    (export $r "big-blob" (type $r'))
    (core func $new (canon resource.new $r))
    (core module $N
      (import "" "new" (func $new (param i32) (result i32)))
      (func (export "new") (param i32) (result i32) (call $new (local.get 0))))
    (core instance $n (instantiate $N (with "" (instance (export "new" (func $new))))))
    ${[
      ['[constructor]big-blob', '(param "init" u32) (result (own $r))', '$n "new"'],
      ['[static]big-blob.of-it', '(param "init" u32) (result (own $r))', '$n "new"'],
      ['[static]big-blob.name', '(param "init" u32) (result u32)', '$m "g"'],
      ...['get-it', 'plain', 'a1', 'a-1', 'length', 'then'].map((name) => [
        `[method]big-blob.${name}`,
        '(param "self" (borrow $r)) (result u32)',
        '$m "g"',
      ]),
      ['is-XML', '(result u32)', '$m "f"'],
    ]
      .map(([name, type, core]) => `(func (export "${name}") ${type} (canon lift (core func ${core})))`)
      .join('\n')})
  (instance $c (instantiate $C))
  (export "a:b/one@1.2.0" (instance $c))
  (export "a:b/two@1.0.0" (instance $c))
  (export "a:c/two@1.0.0" (instance $c))
  (export "x-1" (func $f)) (export "x1" (func $f)) (export "get-value" (func $f)) (export "default" (func $f))
)`

test('names', async () => {
  const bytes = parseWat(named)
  class Thing1 {
    getIt(): number {
      return 1
    }
  }
  const host = { Thing1, take1() {}, 'take-1'() {}, callMe() {} }
  using instance = await Component.fromBytes(bytes).instantiate({ host })
  const { exports } = instance
  const { one } = exports
  const statics = ['length', 'name', 'prototype']
  const handle = one.BigBlob.ofIt(7)
  assert.equal(handle.getIt(), 7)
  check(bytes, '', [
    namesLine(`Sample['exports']`, Reflect.ownKeys(exports)),
    namesLine(`Sample['imports']['host']`, Object.keys(host)),
    namesLine(`Sample['exports']['one']`, Reflect.ownKeys(one)),
    namesLine(
      `Omit<Sample['exports']['one']['BigBlob'], 'prototype'>`,
      Reflect.ownKeys(one.BigBlob).filter((name) => !statics.includes(name as string)),
    ),
    namesLine(
      `InstanceType<Sample['exports']['one']['BigBlob']>`,
      Reflect.ownKeys(one.BigBlob.prototype).filter((name) => name !== 'constructor'),
    ),
    namesLine(`InstanceType<Sample['exports']['one']['BigBlob']>['async']`, Reflect.ownKeys(handle.async)),
  ])
})

/** Handles pass through as they are: what is passed in comes out. */
const asynchronous = `(component
  (core module $M (func (export "same") (param i32) (result i32) local.get 0))
  (core instance $m (instantiate $M))
  ${[
    ['bytes', '(stream u8)'],
    ['words', '(stream string)'],
    ['longs', '(stream s64)'],
    ['nothing', '(stream)'],
    ['word', '(future string)'],
    ['done', '(future)'],
    ['context', 'error-context'],
  ]
    .map(
      ([name, type]) =>
        `(func (export "${name}") (param "value" ${type}) (result ${type}) (canon lift (core func $m "same")))`,
    )
    .join('\n')})`

test('streams, futures and error contexts', async () => {
  const bytes = parseWat(asynchronous)
  using instance = await Component.fromBytes(bytes).instantiate()
  const { exports } = instance
  const streams = {
    bytes: [[1, 2], new Uint8Array([3])],
    words: ['a', 'b'],
    longs: [[1n], 2n],
    nothing: [undefined, undefined],
  }
  const lines: string[] = []
  for (const [name, elements] of Object.entries(streams)) {
    const type = `Sample['exports']['${name}']`
    lines.push(`void ((f: ${type}) => f(${valueText(elements)}))`)
    const stream = exports[name](elements)
    assert.ok(stream instanceof ReadableStream)
    for await (const chunk of stream) {
      lines.push(`const chunk: Chunk<ReturnType<${type}>> = ${valueText(chunk)}`)
    }
  }
  assert.ok(lines.length > 8)
  for (const [name, value] of [
    ['word', 'a'],
    ['done', undefined],
  ] as const) {
    const future = exports[name](Promise.resolve(value))
    assert.ok(future instanceof Promise)
    lines.push(
      `const brought: Awaited<ReturnType<Sample['exports']['${name}']>> = ${valueText(await future)}`,
    )
  }
  const context = exports.context(new Error('why'))
  const again = exports.context(context)
  lines.push(namesLine(`ReturnType<Sample['exports']['context']>`, ['debugMessage']))
  assert.deepEqual([context.debugMessage, again.debugMessage], ['why', 'why'])
  check(bytes, 'type Chunk<S> = S extends ReadableStream<infer C> ? C : never', lines)
})

/** What it imports of an interface is less than what it exports. */
const between = `(component
  (import "a:b/c" (instance $c (export "get-it" (func (result u32)))))
  (core func $get (canon lower (func $c "get-it")))
  (core module $M
    (import "" "get" (func $get (result i32)))
    (func (export "get") (result i32) call $get)
    (func (export "set") (param i32)))
  (core instance $m (instantiate $M (with "" (instance (export "get" (func $get))))))
  (func $get' (result u32) (canon lift (core func $m "get")))
  (func $set (param "to" u32) (canon lift (core func $m "set")))
  (instance $o (export "get-it" (func $get')) (export "set-it" (func $set)))
  (export "a:b/c" (instance $o)))`

test('an interface that is imported in part, and exported', async () => {
  const bytes = parseWat(between)
  const host = { getIt: () => 7 }
  using instance = await Component.fromBytes(bytes).instantiate({ 'a:b/c': host })
  assert.equal(instance.exports.c.getIt(), 7)
  check(bytes, '', [
    namesLine(`Sample['imports']['a:b/c']`, Object.keys(host)),
    namesLine(`Sample['exports']['c']`, Reflect.ownKeys(instance.exports.c)),
  ])
})
