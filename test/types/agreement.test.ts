/**
 * Declarations against what the runtime does: values of every type go through components, and what comes out, printed as TypeScript, has to
 * have the type that was declared, with no property more or less; the names of what is exported have to be those that are declared.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateTypes } from '../../src/bindgen/declarations/generate-types.ts'
import { decode } from '../../src/binary/decode.ts'
import type { FunctionType } from '../../src/component/extern-type.ts'
import { ComponentError } from '../../src/errors.ts'
import { arbitraryValue } from '../../src/fuzz/arbitrary-value.ts'
import { Component } from '../../src/index.ts'
import { parseWat } from '../../src/wat/index.ts'
import { decodeWit } from '../../src/wit/decode-wit.ts'
import { componentText } from '../support/arbitrary-component.ts'
import { arbitraryFunctionType } from '../support/arbitrary-type.ts'
import fc from '../support/fast-check.ts'
import { shown, standalone, typeCheck } from './type-check.ts'
import { valueText } from './value-text.ts'

/** What is declared of a component, and a program that claims some lines of it. */
function check(bytes: Uint8Array, head: string, lines: readonly string[]): void {
  const world = decodeWit(decode(bytes), { world: 'sample' }).world!
  const files = new Map(Array.from(generateTypes(world), ([path, text]) => [`types/${path}`, text]))
  const program = [
    `import type { Sample } from './types/sample.js'`,
    same,
    head,
    ...lines.map((line) => `{ ${line} }`),
  ]
  files.set('program.ts', program.join('\n'))
  assert.deepEqual(shown(typeCheck(files, { ...standalone, lib: ['es2024', 'dom'] })), [])
}

const same = `type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false`

/** The names of a type are these, and no others. */
function namesLine(type: string, names: readonly (string | symbol)[]): string {
  const strings = names.filter((name) => typeof name === 'string').map((name) => JSON.stringify(name))
  return `const names: Same<keyof (${type}) & string, ${strings.join(' | ') || 'never'}> = true`
}

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
  const level = {
    pointer: 'i32',
    stringEncoding: 'utf8',
    postReturn: false,
    generous: true,
    inside: false,
    relays: [],
  } as const
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
