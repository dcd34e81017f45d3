/** Names that try to be code, or to be what JavaScript keeps for itself. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachBackEnd } from '../support/load-component.ts'

/** What no component may be called; core modules may use any of it. */
const noKebab = [
  '__proto__',
  'a"b',
  'a`b',
  `$${'{globalThis.hacked=1}'}`,
  'a\nb',
  'a\u2028b',
  "a'b",
  'a\\b',
  'x.y',
  '*/b',
  '',
]
const reserved = [
  'constructor',
  'then',
  'to-string',
  'prototype',
  'has-own-property',
  'async',
  'value-of',
  'a-1',
  'arguments',
  'eval',
  'await',
]

/** As the text format writes it. */
function quoted(name: string): string {
  const escaped = [...new TextEncoder().encode(name)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`)
  return `"${escaped.join('')}"`
}

const exporting = (name: string): string => `
  (core module $M (func (export "f") (result i32) (i32.const 1)))
  (core instance $m (instantiate $M))
  (func (export ${quoted(name)}) (result u32) (canon lift (core func $m "f")))`

const records = (name: string): string => `
  (type $r' (record (field ${quoted(name)} u32))) (export $r "the-record" (type $r'))
  (core module $M (func (export "f") (param i32) (result i32) (local.get 0)))
  (core instance $m (instantiate $M))
  (func (export "f") (param "x" $r) (result $r) (canon lift (core func $m "f")))`

const core = (name: string): string => `
  (core module $A (func (export ${quoted(name)}) (result i32) (i32.const 7)))
  (core instance $a (instantiate $A))
  (core module $M (import ${quoted(name)} ${quoted(name)} (func $f (result i32))) (export ${quoted(name)} (func $f)))
  (core instance $m (instantiate $M (with ${quoted(name)} (instance (export ${quoted(name)} (func $a ${quoted(name)}))))))
  (func (export "f") (result u32) (canon lift (core func $m ${quoted(name)})))`

function camel(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

eachBackEnd('a name', (load, transpiled) => {
  for (const name of noKebab) {
    test(`${JSON.stringify(name)} is refused, but by core modules`, async () => {
      await assert.rejects(load(exporting(name)), { code: 'validation' })
      await assert.rejects(load(records(name)), { code: 'validation' })
      assert.equal((await (await load(core(name))).instantiate()).exports.f(), 7)
      assert.equal('hacked' in globalThis, false)
    })
  }

  for (const name of reserved) {
    test(`\`${name}\` is a name like others`, async () => {
      const { exports } = await (await load(exporting(name))).instantiate()
      assert.equal(exports[name](), 1)
      assert.equal(exports[camel(name)](), 1)
      const { f } = (await (await load(records(name))).instantiate()).exports
      const record = f({ [camel(name)]: 5 }) as object
      assert.deepEqual(Object.entries(record), [[camel(name), 5]])
      assert.equal(Object.getPrototypeOf(record), Object.prototype)
      assert.equal((await (await load(core(name))).instantiate()).exports.f(), 7)
    })
  }

  test('two exports that collide in camelCase have no short name', {
    skip: transpiled && 'collisions are said when it is transpiled',
  }, async () => {
    const component = await load(`
      (core module $M (func (export "f") (result i32) (i32.const 1)) (func (export "g") (result i32) (i32.const 2)))
      (core instance $m (instantiate $M))
      (func (export "a1") (result u32) (canon lift (core func $m "f")))
      (func (export "a-1") (result u32) (canon lift (core func $m "g")))`)
    const { exports } = await component.instantiate()
    assert.deepEqual([exports.a1(), exports['a-1']()], [1, 2])
    assert.deepEqual(component.collisions, [{ short: 'a1', names: ['a1', 'a-1'] }])
  })
})
