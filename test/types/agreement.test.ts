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
import { shown, typeCheck, withTenon } from './type-check.ts'
import { valueText } from './value-text.ts'

/** What is declared of a component, and a program that claims some lines of it. */
function check(bytes: Uint8Array, head: string, lines: readonly string[]): void {
  const world = decodeWit(decode(bytes), { world: 'sample' }).world!
  const files = new Map(Array.from(generateTypes(world), ([path, text]) => [`types/${path}`, text]))
  const program = [`import type { Sample } from './types/sample.js'`, same, head, ...lines.map((line) => `{ ${line} }`)]
  files.set('program.ts', program.join('\n'))
  assert.deepEqual(shown(typeCheck(files, withTenon)), [])
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

const arbitrarySample: fc.Arbitrary<Sample> = arbitraryFunctionType({ depth: 3, borrows: false }).chain((type) => {
  const { result, parameters } = type
  const call = fc.record({
    args: fc.tuple(...parameters.map((one) => arbitraryValue(one.type))),
    answer: result === undefined ? fc.constant(undefined) : arbitraryValue(result),
  })
  return fc.record({ type: fc.constant(type), calls: fc.array(call, { minLength: 3, maxLength: 3 }) })
})

test('random values of random types', async () => {
  const samples = fc.sample(arbitrarySample, 40)
  const functions = samples.map(({ type }) => type)
  const level = { pointer: 'i32', stringEncoding: 'utf8', postReturn: false, generous: true, inside: false, relays: [] } as const
  const bytes = parseWat(componentText({ functions, levels: [level] }))

  const received: unknown[][] = []
  let answer: unknown
  const names = samples.map((_, i) => `f${i}`)
  const implementation = (...args: unknown[]): unknown => {
    received.push(args)
    return answer
  }
  // Under the names that the declarations ask for.
  const host = { HostThing: class HostThing {}, ...Object.fromEntries(names.map((name) => [name, implementation])) }
  using instance = await Component.fromBytes(bytes).instantiate({ api: host })
  const { api } = instance.exports

  const lines: string[] = [namesLine(`Sample['exports']['api']`, Reflect.ownKeys(api))]
  for (const [i, { type, calls }] of samples.entries()) {
    const [exported, imported] = ['exports', 'imports'].map((side) => `Sample['${side}']['api']['f${i}']`)
    for (const call of calls) {
      const wanted = type.result?.kind === 'result' ? (call.answer as { tag: string; val: unknown }) : undefined
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
