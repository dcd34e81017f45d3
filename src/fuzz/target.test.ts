import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  borrow,
  func,
  list,
  own,
  resource,
  stream,
  string,
  tuple,
  u8,
} from '../../test/support/type-builders.ts'
import type { ComponentType, ExternType } from '../component/extern-type.ts'
import { Sessions } from './session.ts'
import { findTargets } from './target.ts'

const file = resource('file')
const key = resource('key')
const lock = resource('lock')

const api: ExternType = {
  kind: 'instance',
  exports: new Map<string, ExternType>([
    ['document', { kind: 'type', bound: 'sub', type: file }],
    ['open', func([borrow(key)], own(file))],
    ['read', func([borrow(file)], string)],
    ['unlock', func([borrow(lock)], own(key))],
    ['pipe', func([list(tuple(u8, stream(u8)))])],
  ]),
}
const component = (exports: [string, ExternType][]): ComponentType => ({
  kind: 'component',
  imports: new Map(),
  exports: new Map([['a:b/api', api], ...exports]),
})
const makeKey: [string, ExternType] = ['make-key', func([], own(key))]
const names = (targets: ReturnType<typeof findTargets>) => targets.targets.map(({ name }) => name)

test('what nobody makes handles for is skipped, with the reason', () => {
  const found = findTargets(component([]), () => true)
  assert.deepEqual(names(found), [])
  assert.deepEqual(found.skipped, [
    { name: 'a:b/api.open', reason: 'needs a handle of key, which no function that can be called returns' },
    {
      name: 'a:b/api.read',
      reason: 'needs a handle of document, which no function that can be called returns',
    },
    {
      name: 'a:b/api.unlock',
      reason: 'needs a handle of lock, which no function that can be called returns',
    },
    { name: 'a:b/api.pipe', reason: 'takes a stream' },
  ])
})

test('who wants one function gets those that make its handles', () => {
  const found = findTargets(component([makeKey]), ({ name }) => name === 'read')
  assert.deepEqual(names(found), ['a:b/api.open', 'a:b/api.read', 'make-key'])
  assert.deepEqual(
    found.targets.map(({ wanted }) => wanted),
    [false, true, false],
  )
  assert.deepEqual(found.skipped, [])
})

test('sessions are the same for the same seed, and come to what lies behind other calls', () => {
  const found = findTargets(component([makeKey]), () => true)
  const steps = (seed: number) => [...new Sessions(found).steps(seed, 0, new Set())]
  assert.deepEqual(steps(1), steps(1))
  assert.notDeepEqual(steps(1), steps(2))
  const called = new Set(steps(1).map((step) => (step.kind === 'call' ? step.target : 'drop')))
  assert.equal(called.size, 4)
})
