import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assignShortNames, memberNames, shortNamesOf } from './names.ts'

test('short names by kind', () => {
  const cases = [
    ['get-value', 'function', ['getValue']],
    ['add', 'function', []],
    ['is-XML', 'function', ['isXml']],
    ['http-request', 'resource', ['HttpRequest']],
    ['add', 'instance', []],
    ['a:b/add', 'instance', ['add']],
    ['wasi:cli/terminal-input@0.2.6', 'instance', ['wasi:cli/terminal-input', 'terminalInput']],
    ['[method]blob.read', 'function', []],
  ] as const
  for (const [name, kind, expected] of cases) assert.deepEqual(shortNamesOf(name, kind), expected, name)
})

test('a short name that one member wants is its own', () => {
  const { short, collisions } = assignShortNames(new Map([['get-value', ['getValue']]]))
  assert.deepEqual(short.get('get-value'), ['getValue'])
  assert.deepEqual(collisions, [])
})

test('of two names that collide neither is made', () => {
  const { short, collisions } = assignShortNames(
    new Map([
      ['a:b/add', ['add']],
      ['c:d/add', ['add']],
    ]),
  )
  assert.deepEqual([...short.values()], [[], []])
  assert.deepEqual(collisions, [{ short: 'add', names: ['a:b/add', 'c:d/add'] }])
})

test('an exact name is stronger than a short one', () => {
  const { short, collisions } = assignShortNames(
    new Map([
      ['add', []],
      ['a:b/add', ['add']],
    ]),
  )
  assert.deepEqual(short.get('a:b/add'), [])
  assert.deepEqual(collisions, [{ short: 'add', names: ['add', 'a:b/add'] }])
})

test('two versions of one interface are reached by their full names only', () => {
  const names = ['a:b/c@1.0.0', 'a:b/c@2.0.0']
  const { short } = assignShortNames(new Map(names.map((name) => [name, shortNamesOf(name, 'instance')])))
  assert.deepEqual([...short.values()], [[], []])
})

test('names that JavaScript keeps for itself on classes', () => {
  assert.deepEqual(memberNames(['get-value', 'get']), [['get-value', 'getValue'], ['get']])
  const kept = ['constructor', 'prototype', 'name', 'length', 'then']
  assert.deepEqual(
    memberNames(kept),
    kept.map((name) => [`${name}_`]),
  )
})

test('of two members that would share a name neither has it', () => {
  assert.deepEqual(memberNames(['a1', 'a-1', 'b-1', 'b']), [['a1'], ['a-1'], ['b-1', 'b1'], ['b']])
  assert.deepEqual(memberNames(['x-1-2', 'x-12']), [['x-1-2'], ['x-12']])
})
