/**
 * Random components, from their text to what comes of calls: the literal interpreter, the glue, adapters between
 * components, and modules that were transpiled do the same. `TENON_RUNS=20000` makes it thorough; `TENON_SEED=N` repeats a run.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '../support/fast-check.ts'
import { literal } from '../../src/abi/literal/literal.ts'
import { fused } from '../../src/compile/fuse/fused.ts'
import { glue } from '../../src/compile/glue/glue.ts'
import type { FunctionType } from '../../src/component/extern-type.ts'
import type { ValueType } from '../../src/component/value-type.ts'
import { ComponentError, Trap } from '../../src/errors.ts'
import { arbitraryValue } from '../../src/fuzz/arbitrary-value.ts'
import { mapHandles } from '../../src/fuzz/map-handles.ts'
import { Component, type Exports, type Imports, type Instance } from '../../src/index.ts'
import type { BackEnd } from '../../src/runtime/back-end.ts'
import { parseWat } from '../../src/wat/index.ts'
import { type Answer, respond } from '../support/arbitrary-call.ts'
import {
  arbitraryComponent,
  componentText,
  hostThing,
  type RandomComponent,
  withFaults,
} from '../support/arbitrary-component.ts'
import { loadTranspiled } from '../support/transpiled-component.ts'

const numRuns = Number(process.env.TENON_RUNS ?? 60)

/** Calls between components that no JavaScript stands between. */
let adapters = 0
const backEnds: readonly Way[] = [
  inMemory(literal),
  inMemory(glue),
  inMemory({
    ...fused,
    fuse: (calls) => {
      const made = fused.fuse!(calls)
      adapters += made.filter((one) => one !== undefined).length
      return made
    },
  }),
]

/** Every module is imported, and stays: a quarter of the cases. */
const transpiled: Way = { name: 'transpiled', load: (bytes) => loadTranspiled(bytes) }
let cases = 0

function ways(): readonly Way[] {
  return cases++ % 4 === 0 ? [...backEnds, transpiled] : backEnds
}

/** How a component is run. */
interface Way {
  readonly name: string
  load(bytes: Uint8Array): Promise<{ instantiate(imports: Imports): Promise<Runs> }>
}

type Runs = Disposable & Pick<Instance<Exports>, 'exports' | 'async'>

function inMemory(backEnd: BackEnd): Way {
  return { name: backEnd.name, load: async (bytes) => Component.fromBytes(bytes, { backEnd }) }
}

/** Handles in values are numbers here: of the host's things. */
interface Call {
  readonly function: number
  readonly args: readonly unknown[]
  readonly answer: Answer
}

interface Case {
  readonly component: RandomComponent
  readonly calls: readonly Call[]
}

const handle = () => fc.nat(1000)

const arbitraryCase: fc.Arbitrary<Case> = arbitraryComponent.chain(withCalls)

function withCalls(component: RandomComponent): fc.Arbitrary<Case> {
  return fc.record({
    component: fc.constant(component),
    calls: fc.array(
      fc.nat(component.functions.length - 1).chain((index) => {
        const type = component.functions[index]!
        return fc.record({
          function: fc.constant(index),
          args: fc.tuple(...type.parameters.map((one) => arbitraryValue(one.type, { handle }))),
          answer: arbitraryAnswer(type),
        })
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
}

function arbitraryAnswer({ result }: FunctionType): fc.Arbitrary<Answer> {
  if (result === undefined) return fc.constant({ kind: 'returns', value: undefined })
  return arbitraryValue(result, { handle }).map((value): Answer => {
    if (result.kind !== 'result') return { kind: 'returns', value }
    const { tag, val } = value as { tag: 'ok' | 'err'; val: unknown }
    return tag === 'ok' ? { kind: 'returns', value: val } : { kind: 'throws', payload: val }
  })
}

class HostThing {
  readonly id: number

  constructor(id: number) {
    this.id = id
  }
}

const live = (value: unknown, type: ValueType) => mapHandles(value, type, (id) => new HostThing(id as number))
const plain = (value: unknown, type: ValueType) => mapHandles(value, type, (thing) => (thing as HostThing).id)

/** Of a function's own `result` only one side is returned or thrown. */
function mapAnswer(answer: Answer, result: ValueType | undefined, map: typeof live): Answer {
  if (result === undefined) return answer
  const { ok, error } = result.kind === 'result' ? result : { ok: result, error: undefined }
  if (answer.kind === 'throws') return { kind: 'throws', payload: error && map(answer.payload, error) }
  return { kind: 'returns', value: ok && map(answer.value, ok) }
}

/** What a call came to, and what the host saw of it. */
interface Observed {
  readonly outcome: unknown
  readonly received: readonly unknown[] | undefined
}

async function observe(
  bytes: Uint8Array,
  backEnd: Way,
  { component, calls }: Case,
  view: 'exports' | 'async',
) {
  let received: readonly unknown[] | undefined
  let answer: Answer | undefined
  const functions = component.functions.map((type, index) => {
    const implementation = (...args: unknown[]): unknown => {
      received = type.parameters.map((one, at) => plain(args[at], one.type))
      return respond(mapAnswer(answer!, type.result, live))
    }
    return [`f-${index}`, implementation] as const
  })
  const api = { ...Object.fromEntries(functions), [hostThing.name!]: HostThing }
  const loaded = await backEnd.load(bytes)
  using instance = await loaded.instantiate({ api })
  const exported = instance[view].api as Record<string, (...args: unknown[]) => unknown>
  const observed: Observed[] = []
  for (const call of calls) {
    const type = component.functions[call.function]!
    received = undefined
    answer = call.answer
    const args = type.parameters.map((one, at) => live(call.args[at], one.type))
    const outcome = await outcomeOf(() => exported[`f-${call.function}`]!(...args), type)
    observed.push({ outcome, received })
  }
  return { observed, things: await exerciseThings(exported), posts: await exported.posts!() }
}

async function outcomeOf(call: () => unknown, type: FunctionType): Promise<unknown> {
  try {
    return mapAnswer({ kind: 'returns', value: await call() }, type.result, plain)
  } catch (error) {
    if (error instanceof ComponentError)
      return mapAnswer({ kind: 'throws', payload: error.payload }, type.result, plain)
    if (error instanceof Trap) return trapCode(error)
    throw error
  }
}

/** The resource that the first level implements: made, lent, given away and dropped, through all levels. */
async function exerciseThings(exported: Record<string, (...args: unknown[]) => unknown>) {
  const first = await exported['make-thing']!(0xffff_fff0)
  const second = (await exported['make-thing']!(7)) as Disposable
  const lent = [await exported['get-thing']!(first), await exported['get-thing']!(second)]
  const taken = await exported['take-thing']!(first)
  second[Symbol.dispose]()
  return { lent, taken, dropped: await exported.dropped!() }
}

/** What has to come of it, whatever is in between. */
function expected({ component, calls }: Case) {
  const observed = calls.map(({ args, answer }): Observed => ({ outcome: answer, received: args }))
  const things = { lent: [0xffff_fff0, 7], taken: 0xffff_fff0, dropped: 2 }
  // Two things are made, two are lent, one is taken, and `dropped` is asked once, before `posts`.
  const made = calls.length + 6
  const posts = component.levels.reduce((sum, { postReturn }) => sum + (postReturn ? made : 0), 0)
  return { observed, things, posts }
}

test('random components do the same with every back end when guests pass on what is wrong', async () => {
  const seen = { traps: 0, calls: 0 }
  await fc.assert(
    fc.asyncProperty(arbitraryComponent.chain(withFaults).chain(withCalls), async (one) => {
      const bytes = parseWat(componentText(one.component))
      const [first, ...others] = await Promise.all(
        ways().map((backEnd) => observe(bytes, backEnd, one, 'exports').catch(trapCode)),
      )
      for (const other of others) assert.deepEqual(other, first)
      seen.calls++
      if (JSON.stringify(first, (_, value) => (typeof value === 'bigint' ? 0 : value)).includes('"trap"'))
        seen.traps++
    }),
    { numRuns },
  )
  assert.ok(seen.traps > 0 && seen.traps < seen.calls, JSON.stringify(seen))
})

/** What does not come from a call of `f`: the component is of no use any more. */
function trapCode(error: unknown): unknown {
  if (error instanceof Trap) return { trap: error.code }
  throw error
}

for (const view of ['exports', 'async'] as const) {
  test(`random components do the same with every back end (${view})`, async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCase, async (one) => {
        const bytes = parseWat(componentText(one.component))
        for (const backEnd of ways()) {
          assert.deepEqual(await observe(bytes, backEnd, one, view), expected(one), backEnd.name)
        }
      }),
      { numRuns },
    )
  })
}

test('most of these calls are fused', () => {
  assert.ok(adapters > numRuns, `${adapters} adapters`)
})
