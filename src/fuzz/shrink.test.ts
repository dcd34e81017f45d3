import assert from 'node:assert/strict'
import { test } from 'node:test'
import { func, list, s32, string, u8 } from '../../test/support/type-builders.ts'
import type { FunctionType } from '../component/extern-type.ts'
import { shrink } from './shrink.ts'
import type { Step } from './step.ts'
import type { Target } from './target.ts'

const target = (type: FunctionType): Target => ({
  function: { interface: undefined, name: 'f', type },
  name: 'f',
  consumes: [],
  produces: [],
  wanted: true,
})
const targets = [target(func([s32, string])), target(func([list(u8)]))]
const call = (index: number, ...args: unknown[]): Step => ({ kind: 'call', target: index, args })
const plenty = { attempts: 5_000, failures: 5_000, time: 60 }

test('steps that do not matter are left away, arguments become simple', async () => {
  const steps = [
    call(0, 17, 'before'),
    call(1, Uint8Array.of(9, 9, 9)),
    call(0, 123_456, 'grün \u{1f600}'),
    { kind: 'drop', resource: 0, pick: 3 } as const,
    call(1, new Uint8Array(3000).fill(7)),
    call(0, -5, 'x'),
  ]
  const fails = async (candidate: readonly Step[]) => {
    const big = candidate.findIndex((step) => step.kind === 'call' && Number(step.args[0]) > 1000)
    const long = candidate.findIndex(
      (step) => step.kind === 'call' && step.target === 1 && (step.args[0] as Uint8Array).length > 200,
    )
    return big !== -1 && long > big
  }
  const shrunk = await shrink(steps, targets, fails, plenty)
  assert.deepEqual(shrunk.steps, [call(0, 1001, ''), call(1, new Uint8Array(201))])
})

test('a list in which one element matters', async () => {
  const bytes = Uint8Array.from({ length: 600 }, (_, at) => (at * 7) % 251)
  const fails = async ([step]: readonly Step[]) =>
    step?.kind === 'call' && step.args[0] instanceof Uint8Array && step.args[0].includes(200)
  assert.deepEqual(await shrink([call(1, bytes)], targets, fails, plenty), {
    steps: [call(1, Uint8Array.of(200))],
    complete: true,
  })
})

test('patience ends', async () => {
  let asked = 0
  const fails = async () => {
    asked++
    return true
  }
  const steps = [call(0, 99, 'abc'), call(0, 98, 'def')]
  const { complete } = await shrink(steps, targets, fails, { attempts: 100, failures: 3, time: 60 })
  assert.deepEqual([asked, complete], [3, false])
  const late = await shrink(steps, targets, fails, { attempts: 100, failures: 100, time: 0 })
  assert.deepEqual([asked, late], [3, { steps, complete: false }])
})
