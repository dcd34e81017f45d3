/** Core modules and components that a transpiled component exports, and what can be done with them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assemble } from '../support/assemble.ts'
import { loadTranspiled, type TranspiledInstance } from '../support/transpiled-component.ts'

const load = async (text: string) => loadTranspiled(await assemble(`(component ${text})`))

interface ExportedComponent {
  instantiate(imports?: object): Promise<TranspiledInstance>
}

const exporter = `
  (component $C
    (import "m" (core module $M (export "get" (func (result i32)))))
    (component $Inner
      (import "plus" (func $plus (param "n" u32) (result u32)))
      (core func $plus (canon lower (func $plus)))
      (core instance $m (instantiate $M))
      (core module $N (import "" "plus" (func $plus (param i32) (result i32)))
        (import "" "get" (func $get (result i32)))
        (func (export "get") (result i32) (call $plus (call $get))))
      (core instance $n (instantiate $N (with "" (instance (export "plus" (func $plus)) (export "get" (func $m "get"))))))
      (func (export "get") (result u32) (canon lift (core func $n "get"))))
    (export "inner" (component $Inner))
    (export "module" (core module $M)))
  (core module $M1 (func (export "get") (result i32) i32.const 1))
  (core module $M2 (func (export "get") (result i32) i32.const 2))
  (instance $c1 (instantiate $C (with "m" (core module $M1))))
  (instance $c2 (instantiate $C (with "m" (core module $M2))))
  (export "one" (instance $c1)) (export "two" (instance $c2))`

const plus = (n: number): number => n + 10

test('an exported component is instantiated with what it captured and what it is given', async () => {
  using outer = await (await load(exporter)).instantiate()
  const { one, two } = outer.exports as Record<'one' | 'two', { inner: ExportedComponent; module: object }>
  assert.ok(one.module instanceof WebAssembly.Module)
  const first = await one.inner.instantiate({ plus })
  const second = await two.inner.instantiate({ plus: () => Promise.resolve(5) })
  assert.equal(first.exports.get(), 11)
  assert.equal(await second.async.get(), 5)
  await assert.rejects(one.inner.instantiate({}), {
    name: 'LinkError',
    message: /`plus`: wanted `func\(n: u32\) -> u32`/,
  })
  first.dispose()
  assert.throws(() => first.exports.get(), { code: 'instance-disposed' })
  assert.equal(await second.async.get(), 5)
})

test('and by another component, whose functions it calls', async () => {
  using outer = await (await load(exporter)).instantiate()
  const { inner } = outer.exports.two as { inner: ExportedComponent }
  const user = await load(`
    (import "c" (component $C
      (import "plus" (func (param "n" u32) (result u32)))
      (export "get" (func (result u32)))))
    (core module $P (func (export "plus") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 100))))
    (core instance $p (instantiate $P))
    (func $plus (param "n" u32) (result u32) (canon lift (core func $p "plus")))
    (instance $i (instantiate $C (with "plus" (func $plus))))
    (export "get" (func $i "get"))`)
  using instance = await user.instantiate({ c: inner })
  assert.equal(instance.exports.get(), 200)
  await assert.rejects(user.instantiate({ c: {} }), {
    name: 'LinkError',
    message: /wanted a component, found an object/,
  })
})
