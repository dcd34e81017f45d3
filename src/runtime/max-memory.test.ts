import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assemble } from '../../test/support/assemble.ts'
import { eachBackEndInMemory, loadComponent } from '../../test/support/load-component.ts'
import { Component, type Instance, Linker } from '../index.ts'

const page = 65_536

/** A component that grows its memory page by page, as far as it goes: `(memory …)` as given. */
const growing = (memory: string, index = 'i32'): string => `
  (core module $M (memory (export "memory") ${memory})
    (func (export "grow") (result i32)
      (loop $l (br_if $l (${index}.ne (memory.grow (${index}.const 1)) (${index}.const -1))))
      ${index === 'i32' ? '(memory.size)' : '(i32.wrap_i64 (memory.size))'}))
  (core instance $m (instantiate $M))
  (func (export "grow") (result u32) (canon lift (core func $m "grow")))`

eachBackEndInMemory('maxMemory', (load) => {
  const cases: readonly (readonly [memory: string, pages: number, bytes: number, index?: string])[] = [
    ['1', 1, page],
    ['1', 1, 2 * page - 1],
    ['1', 5, 5 * page],
    ['0', 3, 3 * page],
    ['2 4', 4, 100 * page],
    ['2 4', 3, 3 * page],
    ['3 3', 3, 10 * page],
    ['1 4 shared', 2, 2 * page],
    ['i64 1', 7, 7 * page, 'i64'],
    ['i64 1 3', 3, 7 * page, 'i64'],
  ]
  for (const [memory, pages, maxMemory, index] of cases) {
    test(`(memory ${memory}) grows to ${pages} pages in ${maxMemory} bytes`, async () => {
      const component = await load(growing(memory, index))
      for (let i = 0; i < 2; i++) {
        using instance = await component.instantiate({}, { maxMemory })
        assert.equal(instance.exports.grow(), pages)
        assert.equal(instance.statistics.memoryBytes, pages * page)
      }
    })
  }

  test('may be more than any engine has', async () => {
    for (const [memory, index] of [
      ['1 2', 'i32'],
      ['i64 1 2', 'i64'],
    ] as const) {
      const component = await load(growing(memory, index))
      using instance = await component.instantiate({}, { maxMemory: Number.MAX_SAFE_INTEGER })
      assert.equal(instance.exports.grow(), 2)
    }
    for (const memory of ['1', 'i64 1']) {
      const component = await load(`(core module $M (memory ${memory})) (core instance (instantiate $M))`)
      using instance = await component.instantiate({}, { maxMemory: Number.MAX_SAFE_INTEGER })
      assert.equal(instance.statistics.memoryBytes, page)
    }
  })

  test('is of each instance: the component is compiled once', async () => {
    const component = await load(growing('1'))
    for (const pages of [3, 1, 5]) {
      using instance = await component.instantiate({}, { maxMemory: pages * page })
      assert.equal(instance.exports.grow(), pages)
    }
    using free = await component.instantiate()
    assert.equal(free.statistics.memoryBytes, page)
  })

  test('what memories begin with is set aside; the rest goes to the first ones that may grow', async () => {
    const component = await load(`
      (component $A ${growing('1 3')}) (component $B ${growing('2')}) (component $C ${growing('1')})
      (instance $a (instantiate $A)) (instance $b (instantiate $B)) (instance $c (instantiate $C))
      (export "a" (instance $a)) (export "b" (instance $b)) (export "c" (instance $c))`)
    const { exports } = await component.instantiate({}, { maxMemory: 10 * page })
    assert.deepEqual([exports.c.grow(), exports.b.grow(), exports.a.grow()], [1, 6, 3])
  })

  test('and memories that are handed on keep the type that they are imported with', async () => {
    const component = await load(`
      (core module $M (memory (export "memory") 1 10))
      (core instance $m (instantiate $M))
      (core module $N (import "m" "memory" (memory 1 10))
        (func (export "grow") (result i32) (drop (memory.grow (i32.const 5))) (memory.size)))
      (core instance $n (instantiate $N (with "m" (instance $m))))
      (func (export "grow") (result u32) (canon lift (core func $n "grow")))`)
    const { exports } = await component.instantiate({}, { maxMemory: 6 * page })
    assert.equal(exports.grow(), 6)
    const less = await component.instantiate({}, { maxMemory: 5 * page })
    assert.equal(less.exports.grow(), 1)
  })

  test('that is too little says what asks for how much', async () => {
    const component = await load(`
      (component $A ${growing('2')}) (component $B ${growing('3 9')})
      (instance (instantiate $A)) (instance (instantiate $B))`)
    const error = {
      name: 'TenonError',
      code: 'limit',
      message: /core module 1 defines 196608\); allow at least 327680$/,
    }
    await assert.rejects(component.instantiate({}, { maxMemory: 5 * page - 1 }), error)
    await component.instantiate({}, { maxMemory: 5 * page })
  })

  test('counts components that are only known at run time, and what comes out of them', async () => {
    const inner = await load(`(component $C ${growing('2')}) (export "c" (component $C))`)
    const outer = await load(`
      (import "inner" (component $Inner (export "c" (component (export "grow" (func (result u32)))))))
      (component $D ${growing('1')})
      (instance $d (instantiate $D))
      (instance $i (instantiate $Inner))
      (alias export $i "c" (component $c))
      (instance $x (instantiate $c)) (instance $y (instantiate $c))
      (export "d" (instance $d)) (export "x" (instance $x)) (export "y" (instance $y))`)
    const linker = new Linker().define('inner', inner).maxMemory(7 * page)
    const { exports } = await linker.instantiate(outer)
    assert.deepEqual([exports.y.grow(), exports.x.grow(), exports.d.grow()], [2, 2, 3])
    await assert.rejects(linker.maxMemory(5 * page - 1).instantiate(outer), { code: 'limit' })
    await linker.instantiate(outer, { maxMemory: 5 * page })
  })

  test('counts what a component is given as an argument, and what sub-components capture', async () => {
    const component = await load(`
      (component $A ${growing('1')})
      (core module $M (memory (export "memory") 2)
        (func (export "grow") (result i32) (drop (memory.grow (i32.const 1))) (memory.size)))
      (component $B
        (import "a" (component $A (export "grow" (func (result u32)))))
        (import "m" (core module $M (export "grow" (func (result i32)))))
        (instance $a (instantiate $A))
        (core instance $m (instantiate $M))
        (func (export "grow-module") (result u32) (canon lift (core func $m "grow")))
        (func (export "grow") (alias export $a "grow")))
      (export $b "b" (component $B))
      (instance $i (instantiate $b (with "a" (component $A)) (with "m" (core module $M))))
      (func (export "grow") (alias export $i "grow"))
      (func (export "grow-module") (alias export $i "grow-module"))`)
    await assert.rejects(component.instantiate({}, { maxMemory: 3 * page - 1 }), { code: 'limit' })
    const { exports } = await component.instantiate({}, { maxMemory: 4 * page })
    assert.equal(exports.grow() + exports.growModule(), 4)
  })

  test('that is no number of bytes', async () => {
    const component = await load(growing('1'))
    for (const maxMemory of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '64MiB', null, 1n]) {
      const options = { maxMemory: maxMemory as number }
      await assert.rejects(component.instantiate({}, options), TypeError, String(maxMemory))
    }
  })
})

describe('maxMemory and core modules that the host gives', () => {
  const module =
    '(module (memory 1) (func (export "grow") (result i32) (drop (memory.grow (i32.const 9))) (memory.size)))'
  const user = `
    (import "m" (core module $M (export "grow" (func (result i32)))))
    (core instance $m (instantiate $M))
    (func (export "grow") (result u32) (canon lift (core func $m "grow")))`

  test('as bytes', async () => {
    const component = await loadComponent(user)
    const m = await assemble(module)
    const { exports } = await component.instantiate({ m }, { maxMemory: 5 * page })
    assert.equal(exports.grow(), 1)
    assert.equal((await component.instantiate({ m }, { maxMemory: 10 * page })).exports.grow(), 10)
  })

  test('compiled: nobody can see what memories they define', async () => {
    const component = await loadComponent(user)
    const m = new WebAssembly.Module(Uint8Array.from(await assemble(module)))
    assert.equal((await component.instantiate({ m })).exports.grow(), 10)
    await assert.rejects(component.instantiate({ m }, { maxMemory: 5 * page }), {
      name: 'LinkError',
      message: /core module `m`.*give its bytes/,
    })
  })

  test('compiled by another component, as it was in its file', async () => {
    const provider = await loadComponent(
      `(core module $M ${module.slice('(module '.length)} (export "m" (core module $M))`,
    )
    const instance: Instance = await provider.instantiate()
    const { m } = instance.exports
    assert.deepEqual(WebAssembly.Module.imports(m), [])
    assert.deepEqual(
      WebAssembly.Module.exports(m).map(({ name }) => name),
      ['grow'],
    )
    const component = await loadComponent(user)
    const { exports } = await component.instantiate({ m }, { maxMemory: 5 * page })
    assert.equal(exports.grow(), 1)
  })
})

test('maxMemory and an example', async () => {
  const component = await Component.load('examples/adder/rust/adder.wasm')
  const { memoryBytes } = (await component.instantiate()).statistics
  await assert.rejects(component.instantiate({}, { maxMemory: memoryBytes - 1 }), {
    message: `${memoryBytes - 1} bytes of memory are too few: the memories of adder begin with ${memoryBytes} (core module 0 defines them); allow at least ${memoryBytes}`,
  })
  const instance = await component.instantiate({}, { maxMemory: memoryBytes })
  assert.equal(instance.exports.add(1, 2), 3)
  instance.dispose()
  assert.equal(instance.statistics.memoryBytes, 0)
})
