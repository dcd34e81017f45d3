/** Instances that nobody disposes: their memories serve others once the collector finds them, and not before. */
import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { assemble } from '../../test/support/assemble.ts'
import { collectGarbage } from '../../test/support/collect-garbage.ts'
import { loadTranspiled } from '../../test/support/transpiled-component.ts'
import type { MemoryType } from '../binary/rewrite-core-module.ts'
import { Composition } from '../compose/composition.ts'
import { Component, type Instance, Linker } from '../index.ts'
import { LiveComposition } from '../live/live-composition.ts'
import { type TakenMemory, takeMemory as takeFrom } from './memory-pool.ts'
import { anyMemory } from './memory-source.ts'

/** Each test has a kind of memory of its own. */
let pages = 20_000
beforeEach(() => {
  pages++
})

/** Keeps one number in its memory, and makes cells that do. */
const cellText = (): string => `(component
  (import "wait" (func $wait))
  (core module $M
    (import "host" "wait" (func $wait))
    (import "host" "new" (func $new (param i32) (result i32)))
    (memory (export "memory") 1 ${pages})
    (func (export "set") (param i32) (i32.store (i32.const 64) (local.get 0)))
    (func (export "get") (result i32) (i32.load (i32.const 64)))
    (func (export "get-later") (result i32) (call $wait) (i32.load (i32.const 64)))
    (func (export "fail") (unreachable))
    (func (export "make") (param i32) (result i32) (i32.store (i32.const 64) (local.get 0)) (call $new (i32.const 64)))
    (func (export "read") (param i32) (result i32) (i32.load (local.get 0))))
  (type $cell' (resource (rep i32)))
  (core func $new (canon resource.new $cell'))
  (core func $wait (canon lower (func $wait)))
  (core instance $m (instantiate $M (with "host" (instance (export "new" (func $new)) (export "wait" (func $wait))))))
  (func (export "set") (param "n" u32) (canon lift (core func $m "set")))
  (func (export "get") (result u32) (canon lift (core func $m "get")))
  (func (export "get-later") (result u32) (canon lift (core func $m "get-later")))
  (func (export "fail") (canon lift (core func $m "fail")))
  (export $cell "cell" (type $cell'))
  (func (export "[constructor]cell") (param "n" u32) (result (own $cell)) (canon lift (core func $m "make")))
  (func (export "[method]cell.read") (param "self" (borrow $cell)) (result u32) (canon lift (core func $m "read"))))`

/** Keeps one number, and neither imports nor makes anything. */
const closedText = (): string => `(component
  (core module $M
    (memory 1 ${pages})
    (func (export "set") (param i32) (i32.store (i32.const 64) (local.get 0)))
    (func (export "get") (result i32) (i32.load (i32.const 64))))
  (core instance $m (instantiate $M))
  (func (export "set") (param "n" u32) (canon lift (core func $m "set")))
  (func (export "get") (result u32) (canon lift (core func $m "get"))))`

/** Calls what it imports. */
const callerText = `(component
  (import "get" (func $get (result u32)))
  (core func $get (canon lower (func $get)))
  (core module $M (import "host" "get" (func $get (result i32))) (func (export "ask") (result i32) (call $get)))
  (core instance $m (instantiate $M (with "host" (instance (export "get" (func $get))))))
  (func (export "ask") (result u32) (canon lift (core func $m "ask"))))`

/** Makes a cell, and keeps the handle. */
const ownerText = `(component
  (import "cell" (type $cell (sub resource)))
  (import "[constructor]cell" (func $make (param "n" u32) (result (own $cell))))
  (import "[method]cell.read" (func $read (param "self" (borrow $cell)) (result u32)))
  (core func $make (canon lower (func $make)))
  (core func $read (canon lower (func $read)))
  (core module $M
    (import "host" "make" (func $make (param i32) (result i32)))
    (import "host" "read" (func $read (param i32) (result i32)))
    (global $handle (mut i32) (i32.const 0))
    (func (export "keep") (param i32) (global.set $handle (call $make (local.get 0))))
    (func (export "ask") (result i32) (call $read (global.get $handle))))
  (core instance $m (instantiate $M (with "host" (instance (export "make" (func $make)) (export "read" (func $read))))))
  (func (export "keep") (param "n" u32) (canon lift (core func $m "keep")))
  (func (export "ask") (result u32) (canon lift (core func $m "ask"))))`

interface Cells {
  set(n: number): void
  get(): number
  getLater(): number
  fail(): void
  readonly Cell: new (n: number) => { read(): number }
}

interface Caller {
  ask(): number
}

interface Owner extends Caller {
  keep(n: number): void
}

const wait = (): void => {}

/** Makes instances of a component: a loaded one, or one that was transpiled. */
type Make = <E extends object>(text: string, imports?: object) => Promise<Instance<E>>

const ways: Readonly<Record<string, Make>> = {
  loaded: async <E extends object>(text: string, imports = {}) =>
    Component.fromBytes(await assemble(text)).instantiate<E>({ ...imports }),
  transpiled: async <E extends object>(text: string, imports = {}) => {
    const made: unknown = await (await loadTranspiled(await assemble(text))).instantiate({ ...imports })
    return made as Instance<E>
  },
}

async function cells(make: Make, imports = { wait }): Promise<Instance<Cells>> {
  const instance = await make<Cells>(cellText(), imports)
  instance.exports.set(7)
  return instance
}

const type = (): MemoryType => ({
  initial: 1,
  maximum: pages,
  shared: false,
  index64: false,
  pageSizeLog2: 16,
})

/** A memory of this test's kind that comes back, if one does: finalizers run after a collection, and the next one empties the pool. */
async function comesBack(): Promise<TakenMemory | undefined> {
  for (let round = 0; round < 12; round++) {
    await collectGarbage(() => false, 1)
    await sleep(2)
    const taken = takeFrom(type(), pages, anyMemory)
    if (taken.uses > 0) return taken
  }
  return undefined
}

for (const [way, make] of Object.entries(ways)) {
  describe(`the memory of an instance that nobody disposes, ${way}`, () => {
    test('serves others when nobody holds anything of it any more', async () => {
      await cells(make)
      assert.ok(await comesBack())
    })

    test('serves others, too, where a start function could have waited', async () => {
      const start = '(func $start (call $wait)) (start $start) (func (export "set")'
      const text = cellText().replace('(func (export "set")', start)
      await (async () => make(text, { wait }))()
      assert.ok(await comesBack())
    })

    test('is zeroed then', async () => {
      await cells(make)
      const taken = (await comesBack()) ?? assert.fail('it did not come back')
      assert.equal(new DataView(taken.memory.buffer).getUint32(64, true), 0)
    })

    const held: Readonly<Record<string, () => Promise<() => number | Promise<number>>>> = {
      'an export': async () => (await cells(make)).exports.get,
      'an export of a component that imports nothing': async () => {
        const { exports } = await make<Pick<Cells, 'set' | 'get'>>(closedText())
        exports.set(7)
        return exports.get
      },
      'the promise view of an export': async () => (await cells(make)).async.get,
      'the exports': async () => {
        const { exports } = await cells(make)
        return () => exports.get()
      },
      'a handle': async () => {
        const { exports } = await cells(make)
        const cell = new exports.Cell(7)
        return () => cell.read()
      },
      'a method of a handle’s class': async () => {
        const { Cell } = (await cells(make)).exports
        return () => new Cell(7).read()
      },
      'an instance that calls it from wasm': async () => {
        const { get } = (await cells(make)).exports
        return (await make<Caller>(callerText, { get })).exports.ask
      },
      'an instance that owns a handle of it': async () => {
        const { Cell } = (await cells(make)).exports
        const owner = await make<Owner>(ownerText, { cell: Cell })
        owner.exports.keep(7)
        return owner.exports.ask
      },
      'an instance that a linker gave it to': async () => {
        const linker = new Linker().define('get', (await cells(make)).exports.get)
        const caller = Component.fromBytes(await assemble(callerText))
        return (await linker.instantiate<Caller>(caller)).exports.ask
      },
    }

    for (const [what, hold] of Object.entries(held)) {
      test(`stays its own while somebody holds ${what}`, async () => {
        const read = await hold()
        assert.equal(await comesBack(), undefined)
        assert.equal(await read(), 7)
      })
    }

    test('stays its own while a call of it waits', async () => {
      const { promise: waiting, resolve: goOn } = Promise.withResolvers<void>()
      const answer = (await cells(make, { wait: () => waiting })).async.getLater()
      assert.equal(await comesBack(), undefined)
      goOn()
      assert.equal(await answer, 7)
    })

    test('serves nobody after a trap', async () => {
      const { fail } = (await cells(make)).exports
      assert.throws(fail)
      await (async () => {})()
      assert.equal(await comesBack(), undefined)
    })

    test('serves nobody after a call that waits for ever', async () => {
      void (await cells(make, { wait: () => new Promise(() => {}) })).async.getLater()
      assert.equal(await comesBack(), undefined)
    })
  })
}

test('the memory of an instance that nobody disposes stays its own while a composition may exchange it', async () => {
  let graph = new Composition()
    .add('a:cells', await assemble(cellText()))
    .add('a:caller', await assemble(callerText))
  const [withCells, cell] = graph.instantiate('a:cells')
  const [withGet, get] = withCells.alias(cell, 'get')
  const [withCaller, caller] = withGet.instantiate('a:caller', new Map([['get', get]]))
  const [withAsk, ask] = withCaller.alias(caller, 'ask')
  const [withSet, set] = withAsk.alias(cell, 'set')
  graph = withSet.export(ask, 'ask').export(set, 'set')
  const { exports } = await LiveComposition.instantiate<{ ask(): number; set(n: number): void }>(
    graph,
    { wait },
    { swappable: [cell] },
  )
  exports.set(7)
  assert.equal(await comesBack(), undefined)
  assert.equal(exports.ask(), 7)
})
