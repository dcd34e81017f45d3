import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { decode } from '../binary/index.ts'
import { compile } from '../compile/compile.ts'
import { LinkError } from '../errors.ts'
import type { BackEnd } from './back-end.ts'
import { Execution } from './execution.ts'
import { hostFunction, traitsOf } from './host-function.ts'
import { type Imports, type LinkOptions, linkImports } from './imports.ts'
import { ModuleStore } from './module-store.ts'
import { Program } from './program.ts'

const noBackEnd: BackEnd = {
  name: 'literal',
  lift: () => assert.fail('nothing is lifted'),
  lower: () => assert.fail('nothing is lowered'),
}

/** Links a component that only imports, and returns the functions that were bound, by label. */
async function link(text: string, imports: Imports, options?: LinkOptions) {
  const bytes = await assemble(`(component ${text})`)
  const plan = compile(decode(bytes))
  const binder = linkImports(plan.imports, imports, options)
  const execution = new Execution(
    new Program(plan, noBackEnd, new ModuleStore(() => bytes, plan.modules)),
    'test',
    undefined,
  )
  binder(execution)
  return {
    execution,
    callee(index = 0): (...args: unknown[]) => unknown {
      const value = execution.functions[index]!
      assert.ok(value.target === undefined)
      return value.call as (...args: unknown[]) => unknown
    },
  }
}

const failure = async (linking: Promise<unknown>): Promise<LinkError> => {
  const error = await linking.then(
    () => assert.fail('it was linked'),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof LinkError, String(error))
  return error
}

const one = (name: string): string => `(import "${name}" (instance (export "get-value" (func (result u32)))))`

test('interfaces by version: exact, then the highest on the track, then without version', async (t) => {
  const give = (value: number) => ({ getValue: () => value })
  const cases: readonly (readonly [title: string, imported: string, given: Imports, expected: number])[] = [
    ['exact', 'a:b/c@0.2.3', { 'a:b/c@0.2.9': give(1), 'a:b/c@0.2.3': give(2), 'a:b/c': give(3) }, 2],
    ['highest compatible', 'a:b/c@0.2.3', { 'a:b/c@0.2.10': give(1), 'a:b/c@0.2.9': give(2) }, 1],
    ['lower than wanted', 'a:b/c@0.2.3', { 'a:b/c@0.2.0': give(1) }, 1],
    ['the track itself', 'a:b/c@1.2.3', { 'a:b/c@1': give(1) }, 1],
    ['another track is not compatible', 'a:b/c@0.2.3', { 'a:b/c@0.3.0': give(1), 'a:b/c': give(2) }, 2],
    ['a release is not a pre-release', 'a:b/c@0.2.0', { 'a:b/c@0.2.1-rc.1': give(1), 'a:b/c': give(2) }, 2],
    ['without version', 'a:b/c', { 'a:b/c': give(1) }, 1],
  ]
  for (const [title, imported, given, expected] of cases) {
    await t.test(title, async () => assert.equal((await link(one(imported), given)).callee()(), expected))
  }
})

test('members and world-level functions by exact name or camelCase', async () => {
  for (const name of ['get-value', 'getValue']) {
    assert.equal((await link(one('a:b/c'), { 'a:b/c': { [name]: () => 1 } })).callee()(), 1)
    assert.equal((await link('(import "get-value" (func))', { [name]: () => 2 })).callee()(), 2)
  }
})

test('what nobody observes is called as it was given', async () => {
  const getValue = () => 1
  assert.equal((await link(one('a:b/c'), { 'a:b/c': { getValue } })).callee(), getValue)
})

test('of imports that collide in camelCase only exact names work', async () => {
  const text = '(import "a1" (func)) (import "a-1" (func))'
  const bound = await link(text, { a1: () => 1, 'a-1': () => 2 })
  assert.deepEqual([bound.callee(0)(), bound.callee(1)()], [1, 2])
  assert.deepEqual(
    (await failure(link(text, { a1: () => 1 }))).problems.map(({ name }) => name),
    ['a-1'],
  )
})

test('inherited properties of objects and functions are no imports', async () => {
  const error = await failure(link('(import "to-string" (func)) (import "constructor" (func))', {}))
  assert.equal(error.problems.length, 2)
})

const connection = `(import "t:k/db" (instance
  (export "connection" (type $c (sub resource)))
  (export "[constructor]connection" (func (result (own $c))))
  (export "[method]connection.get-it" (func (param "self" (borrow $c)) (param "key" string) (result string)))
  (export "[method]connection.name" (func (param "self" (borrow $c)) (result string)))
  (export "[static]connection.open-one" (func (param "key" string) (result (own $c))))))`

class Connection {
  key = ''
  static openOne(key: string): Connection {
    const made = new this()
    made.key = key
    return made
  }
  getIt(key: string): string {
    return `${this.key}:${key}`
  }
  name_(): string {
    return 'reserved'
  }
}

test('a resource is a class: new, methods with this, statics, reserved names', async () => {
  const { callee, execution } = await link(connection, { 't:k/db': { Connection } })
  assert.ok(callee(0)() instanceof Connection)
  const opened = callee(3)('k')
  assert.equal(callee(1)(opened, 'x'), 'k:x')
  assert.equal(callee(2)(opened), 'reserved')
  assert.equal(execution.resources[0]!.class, Connection)
})

test('methods are found on the object: subclasses override them', async () => {
  class Louder extends Connection {
    override getIt(key: string): string {
      return super.getIt(key).toUpperCase()
    }
  }
  const { callee } = await link(connection, { 't:k/db': { Connection } })
  assert.equal(callee(1)(new Louder(), 'x'), ':X')
})

test('traits of functions and methods reach the lower', async () => {
  class Traits extends Connection {}
  const getIt = hostFunction({ borrowsBytes: true, sync: () => 'sync' }, () => 'async')
  Object.assign(Traits.prototype, { getIt })
  const { callee } = await link(connection, { 't:k/db': { Connection: Traits } })
  const says = traitsOf(callee(1))
  assert.equal(says.borrowsBytes, true)
  assert.equal((says.sync as (self: object) => string)(new Traits()), 'sync')
  assert.equal(traitsOf(callee(0)).blocks, false, 'a constructor cannot wait')
  const log = hostFunction({ blocks: false }, () => {})
  assert.equal((await link('(import "log" (func))', { log })).callee(), log)
})

test('functions of an object that is an instance of a class are called on it', async () => {
  class Clock {
    #now = 42
    getValue(): number {
      return this.#now
    }
  }
  assert.equal((await link(one('a:b/c'), { 'a:b/c': new Clock() })).callee()(), 42)
})

test('everything that is missing or mistyped is said at once', async () => {
  const error = await failure(
    link(`${connection} ${one('a:b/missing@1.0.0')} (import "log" (func)) (import "m" (core module))`, {
      't:k/db': {
        Connection: class {
          getValue = 1
        },
      },
      'a:b/missin@1.0.0': {},
      log: 'no function',
      m: {},
    }),
  )
  assert.deepEqual(
    error.problems.map(({ name, actual, candidates }) => [name, actual, candidates]),
    [
      ['t:k/db#[method]connection.get-it', undefined, []],
      ['t:k/db#[method]connection.name', undefined, []],
      ['t:k/db#[static]connection.open-one', undefined, []],
      ['a:b/missing@1.0.0', undefined, ['a:b/missin@1.0.0']],
      ['log', 'a string', []],
      ['m', 'an object', []],
    ],
  )
  assert.match(error.message, /^6 imports are missing or mistyped:\n/)
  assert.match(
    error.message,
    /`a:b\/missing@1\.0\.0`: wanted instance, nothing was given; did you mean `a:b\/missin@1\.0\.0`\?/,
  )
})

test('a missing class is said once, and not of each method', async () => {
  const error = await failure(link(connection, { 't:k/db': {} }))
  assert.deepEqual(
    error.problems.map(({ name }) => name),
    ['t:k/db#connection'],
  )
})

test('unknown imports as traps', async () => {
  const bound = await link(`${connection} ${one('a:b/c')} (import "log" (func))`, {}, { trapUnknown: true })
  for (let i = 0; i < 6; i++) {
    assert.throws(() => bound.callee(i)(), { name: 'Trap', code: 'import-trapped' })
  }
})

test('an interface under a plain name, which says what it implements', async () => {
  const { item, ...rest } = compile(decode(await assemble(`(component ${one('label')})`))).imports[0]!
  const implementing = [{ ...rest, item, implements: 'a:b/c@1.0.0' }]
  linkImports(implementing, { label: { getValue: () => 1 } })
  linkImports(implementing, { 'a:b/c@1.1.0': { getValue: () => 1 } })
  assert.throws(() => linkImports(implementing, { 'a:b/c@2.0.0': {} }), LinkError)
})
