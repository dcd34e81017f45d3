import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { collectGarbage } from '../../test/support/collect-garbage.ts'
import { Composition } from '../compose/composition.ts'
import type { NodeId } from '../compose/composition-node.ts'
import { plug } from '../compose/plug.ts'
import { CompositionError } from '../errors.ts'
import { hostFunction, LinkError, Linker } from '../index.ts'
import { canSuspend } from '../runtime/switch.ts'
import { wasi } from '../wasi/index.ts'
import { parseWat } from '../wat/index.ts'
import { LiveComposition } from './live-composition.ts'

const component = (text: string): Uint8Array => parseWat(`(component ${text})`)

/** Its own instance of exports, as `w:w/worker`. */
const asWorker = (functions: string, names: readonly string[]): string => `
  ${functions}
  (component $Shell
    ${names.map((name) => `(import "${name}" (func $${name} ${workerTypes[name]}))`).join('\n')}
    ${names.map((name) => `(export "${name}" (func $${name}))`).join('\n')})
  (instance $shell (instantiate $Shell ${names.map((name) => `(with "${name}" (func $${name}'))`).join(' ')}))
  (export "w:w/worker" (instance $shell))`

const workerTypes: Readonly<Record<string, string>> = {
  version: '(result u32)',
  work: 'async (param "x" u32) (result u32)',
  nap: '(param "x" u32) (result u32)',
}

/** Answers with what the host says, and its own number times 10,000; `work` is a task, `nap` waits in the middle of the call. */
function worker(version: number): Uint8Array {
  return component(
    asWorker(
      `(import "ask" (func $ask async (param "x" u32) (result u32)))
      (import "sleep" (func $sleep (param "x" u32) (result u32)))
      (core func $ask' (canon lower (func $ask)))
      (core func $sleep' (canon lower (func $sleep)))
      (core func $return (canon task.return (result u32)))
      (core module $M
        (import "" "ask" (func $ask (param i32) (result i32)))
        (import "" "sleep" (func $sleep (param i32) (result i32)))
        (import "" "return" (func $return (param i32)))
        (func $tag (param i32) (result i32) (i32.add (local.get 0) (i32.const ${version * 10_000})))
        (func (export "version") (result i32) (i32.const ${version}))
        (func (export "work") (param i32) (call $return (call $tag (call $ask (local.get 0)))))
        (func (export "nap") (param i32) (result i32) (call $tag (call $sleep (local.get 0)))))
      (core instance $m (instantiate $M (with "" (instance
        (export "ask" (func $ask')) (export "sleep" (func $sleep')) (export "return" (func $return))))))
      (func $version' ${workerTypes.version} (canon lift (core func $m "version")))
      (func $work' ${workerTypes.work} (canon lift (core func $m "work") async))
      (func $nap' ${workerTypes.nap} (canon lift (core func $m "nap")))`,
      ['version', 'work', 'nap'],
    ),
  )
}

/** Calls the worker, and nothing else. */
const front = component(`
  (import "w:w/worker" (instance $w
    (export "version" (func ${workerTypes.version}))
    (export "work" (func ${workerTypes.work}))
    (export "nap" (func ${workerTypes.nap}))))
  (core func $version (canon lower (func $w "version")))
  (core func $work (canon lower (func $w "work")))
  (core func $nap (canon lower (func $w "nap")))
  (core func $return (canon task.return (result u32)))
  (core module $M
    (import "" "version" (func $version (result i32)))
    (import "" "work" (func $work (param i32) (result i32)))
    (import "" "nap" (func $nap (param i32) (result i32)))
    (import "" "return" (func $return (param i32)))
    (func (export "version") (result i32) (call $version))
    (func (export "nap") (param i32) (result i32) (call $nap (local.get 0)))
    (func (export "work") (param i32) (call $return (call $work (local.get 0)))))
  (core instance $m (instantiate $M (with "" (instance (export "version" (func $version))
    (export "work" (func $work)) (export "nap" (func $nap)) (export "return" (func $return))))))
  (func (export "version") ${workerTypes.version} (canon lift (core func $m "version")))
  (func (export "nap") ${workerTypes.nap} (canon lift (core func $m "nap")))
  (func (export "work") ${workerTypes.work} (canon lift (core func $m "work") async))`)

function graphOf(): { readonly graph: Composition; readonly part: NodeId } {
  const [made, part] = new Composition()
    .add('a:worker-0', worker(0))
    .add('a:front', front)
    .instantiate('a:worker-0')
  let [graph, id] = made.alias(part, 'w:w/worker')
  ;[graph, id] = graph.instantiate('a:front', { 'w:w/worker': id })
  for (const name of ['version', 'nap', 'work']) {
    const [aliased, item] = graph.alias(id, name)
    graph = aliased.export(item, name)
  }
  return { graph, part }
}

const replacement = (version: number): { name: string; component: Uint8Array } => ({
  name: `a:worker-${version}`,
  component: worker(version),
})

/** Host functions that answer when told to. */
class Answers {
  readonly waiting: { readonly x: number; readonly resolve: (x: number) => void }[] = []
  readonly imports: { ask(x: number): Promise<number>; sleep(x: number): Promise<number> } = {
    ask: (x) => this.#wait(x),
    sleep: (x) => this.#wait(x),
  }

  #wait(x: number): Promise<number> {
    return new Promise((resolve) => this.waiting.push({ x, resolve }))
  }

  answer(count = this.waiting.length): void {
    for (const { x, resolve } of this.waiting.splice(0, count)) resolve(x)
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

suite('a live composition', () => {
  test('is like the component that it would be written as', async () => {
    const { graph } = graphOf()
    const linker = new Linker().define({ ask: (x: number) => x, sleep: (x: number) => x + 1 })
    const live = await LiveComposition.instantiate(graph, linker)
    assert.equal(live.exports.version(), 0)
    assert.equal(live.exports.nap(1), 2)
    assert.equal(await live.exports.work(5), 5)
    live.dispose()
    assert.throws(() => live.exports.version(), /disposed/)
  })

  test('exchanges a part: the next call goes to the new one', async () => {
    const { graph, part } = graphOf()
    const sleep = hostFunction({ blocks: false }, (x: number) => x + 1)
    const live = await LiveComposition.instantiate(
      graph,
      { ask: (x: number) => x, sleep },
      { swappable: [part] },
    )
    for (let version = 1; version < 5; version++) {
      const { ended } = await live.swap(part, replacement(version))
      await ended
      assert.equal(live.exports.version(), version)
      assert.equal(live.exports.nap(1), version * 10_000 + 2)
      assert.equal(await live.exports.work(5), version * 10_000 + 5)
      assert.equal(live.retiring, 0)
    }
    live.dispose()
  })

  test('a call of a part that can be exchanged passes no JavaScript', async () => {
    // Above and below the part, which calls what the host gives: frames of all three are one stack.
    const pass = component(`
      (import "f" (func $f (result u32)))
      (core func $f (canon lower (func $f)))
      (core module $M (import "" "f" (func $f (result i32)))
        (func (export "f") (result i32) (i32.add (call $f) (i32.const 1))))
      (core instance $m (instantiate $M (with "" (instance (export "f" (func $f))))))
      (func (export "f") (result u32) (canon lift (core func $m "f")))`)
    let [graph, id] = new Composition().add('a:pass', pass).instantiate('a:pass')
    ;[graph, id] = graph.alias(id, 'f')
    let part: NodeId
    ;[graph, part] = graph.instantiate('a:pass', { f: id })
    ;[graph, id] = graph.alias(part, 'f')
    ;[graph, id] = graph.instantiate('a:pass', { f: id })
    ;[graph, id] = graph.alias(id, 'f')
    let lines: readonly string[] = []
    const f = hostFunction({ blocks: false }, () => {
      lines = new Error('here').stack!.split('\n').slice(1)
      return 0
    })
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 50
    const live = await LiveComposition.instantiate(graph.export(id, 'f'), { f }, { swappable: [part] })
    for (const expected of [3, 3]) {
      assert.equal(live.exports.f(), expected)
      const isWasm = lines.map((line) => line.includes('wasm://'))
      const inside = isWasm.slice(isWasm.indexOf(true), isWasm.lastIndexOf(true) + 1)
      // Three components, an adapter between each two, and the place of the one that can be exchanged.
      assert.deepEqual(inside, Array(6).fill(true))
      await (await live.swap(part, { name: 'a:other', component: pass })).ended
    }
    Error.stackTraceLimit = limit
    live.dispose()
  })

  test('what is left open says so, and nothing is left behind', async () => {
    const { graph, part } = graphOf()
    await assert.rejects(
      LiveComposition.instantiate(graph, { ask: (x: number) => x }, { swappable: [part] }),
      LinkError,
    )
  })

  test('1,000 calls are under way while a part is exchanged 100 times', { skip: !canSuspend }, async () => {
    const { graph, part } = graphOf()
    const answers = new Answers()
    const live = await LiveComposition.instantiate(graph, answers.imports, { swappable: [part] })
    const calls: Promise<number>[] = []
    const ends: Promise<void>[] = []
    let disposed = 0
    for (let version = 0; version < 100; version++) {
      for (let i = 0; i < 10; i++) calls.push(live.exports.work(calls.length))
      while (answers.waiting.length < calls.length) await turn()
      const { ended } = await live.swap(part, replacement(version + 1))
      ends.push(ended.then(() => void disposed++))
    }
    assert.equal(answers.waiting.length, 1000)
    assert.deepEqual([live.retiring, disposed], [100, 0])
    // All but one call of each old part, the last ones first; then the parts are still there.
    const order = answers.waiting.splice(0).reverse()
    answers.waiting.push(...order.filter(({ x }) => x % 10 !== 3), ...order.filter(({ x }) => x % 10 === 3))
    answers.answer(900)
    for (let i = 0; i < 20; i++) await turn()
    assert.deepEqual([live.retiring, disposed], [100, 0])
    answers.answer(50)
    await Promise.all(ends.slice(50))
    assert.deepEqual([live.retiring, disposed], [50, 50])
    answers.answer()
    const expected = calls.map((_, x) => Math.floor(x / 10) * 10_000 + x)
    assert.deepEqual(await Promise.all(calls), expected)
    await Promise.all(ends)
    assert.deepEqual([live.retiring, disposed], [0, 100])
    assert.equal(live.exports.version(), 100)
    live.dispose()
  })

  test('calls that wait for their turn go where they were made', { skip: !canSuspend }, async () => {
    const { graph, part } = graphOf()
    // The part itself: calls of the host, one after the other because each waits in the middle of its stack.
    const [alone, worker] = graph.alias(part, 'w:w/worker')
    const answers = new Answers()
    const live = await LiveComposition.instantiate(alone.export(worker, 'w:w/worker'), answers.imports, {
      swappable: [part],
    })
    const { nap } = (live.async as Record<string, Record<string, (x: number) => Promise<number>>>)[
      'w:w/worker'
    ]!
    const before = [nap!(1), nap!(2), nap!(3)]
    await turn()
    const { ended } = await live.swap(part, replacement(7))
    const after = nap!(4)
    // Of the old part one at a time, and the new one's beside them.
    for (const expected of [2, 1, 1]) {
      while (answers.waiting.length < expected) await turn()
      answers.answer()
    }
    assert.deepEqual(await Promise.all([...before, after]), [1, 2, 3, 70_004])
    await ended
    live.dispose()
  })

  test('a caller that waits in the middle of its stack comes back from the old part', {
    skip: !canSuspend,
  }, async () => {
    const { graph, part } = graphOf()
    const answers = new Answers()
    const live = await LiveComposition.instantiate(graph, answers.imports, { swappable: [part] })
    const { nap } = live.async as Record<string, (x: number) => Promise<number>>
    const first = nap!(1)
    await turn()
    const { ended } = await live.swap(part, replacement(3))
    // It waits for the first: the caller is one instance with one stack.
    const second = nap!(2)
    await turn()
    assert.deepEqual(
      answers.waiting.map(({ x }) => x),
      [1],
    )
    answers.answer()
    assert.equal(await first, 1)
    await ended
    while (answers.waiting.length === 0) await turn()
    answers.answer()
    assert.equal(await second, 30_002)
    live.dispose()
  })

  test('exchanges wait for each other, and one that fails leaves the part as it was', async () => {
    const { graph, part } = graphOf()
    const live = await LiveComposition.instantiate(
      graph,
      { ask: (x: number) => x, sleep: (x: number) => x },
      { swappable: [part] },
    )
    const needy = component(
      `(import "more" (func)) ${asWorker(
        `(core module $M (func (export "f") (result i32) unreachable) (func (export "g") (param i32) (result i32) unreachable)
        (func (export "h") (param i32)))
      (core instance $m (instantiate $M))
      (func $version' ${workerTypes.version} (canon lift (core func $m "f")))
      (func $nap' ${workerTypes.nap} (canon lift (core func $m "g")))
      (func $work' ${workerTypes.work} (canon lift (core func $m "h") async))`,
        ['version', 'work', 'nap'],
      )}`,
    )
    const [first, failed, last] = await Promise.allSettled([
      live.swap(part, replacement(1)),
      live.swap(part, { name: 'a:needy', component: needy }),
      live.swap(part, replacement(2)),
    ])
    assert.deepEqual([first.status, failed.status, last.status], ['fulfilled', 'rejected', 'fulfilled'])
    assert.ok((failed as PromiseRejectedResult).reason instanceof LinkError)
    assert.equal(live.exports.version(), 2)
    live.dispose()
    await assert.rejects(live.swap(part, replacement(3)), /disposed/)
    // Not even instantiated: it would run, or say what it misses.
    await assert.rejects(live.swap(part, { name: 'a:needy', component: needy }), /disposed/)
  })

  test('what is beside the part stays as it was, also what it has handles of', async () => {
    const guest = (name: string): { name: string; component: Uint8Array } => ({
      name: `a:${name}`,
      component: readFileSync(`examples/${name}/rust/${name}.wasm`),
    })
    const { composition } = plug(guest('kv-store'), [guest('kv-database')])
    const instances = [...composition.nodes.entries()].filter(([, node]) => node.kind === 'instance')
    const idOf = (name: string): NodeId =>
      instances.find(([, node]) => node.kind === 'instance' && node.package === name)![0] as NodeId
    const [store, database] = [idOf('a:kv-store'), idOf('a:kv-database')]
    // The store alone, then both: each is a tree of its own then, and connections go from one to the other.
    for (const swappable of [[store], [store, database]]) {
      const live = await LiveComposition.instantiate(composition, wasi(), { swappable })
      const replace = live.exports['replace-value'] as (key: string, value: string) => string | undefined
      assert.equal(replace('a', '1'), undefined)
      await (await live.swap(store, { ...guest('kv-store'), name: 'a:again' })).ended
      assert.equal(replace('a', '2'), '1')
      if (swappable.includes(database)) {
        await (await live.swap(database, { ...guest('kv-database'), name: 'a:empty' })).ended
        assert.equal(replace('a', '3'), undefined)
      }
      live.dispose()
    }
  })

  test('a replacement that does not fit is refused, and the old part stays', async () => {
    const { graph, part } = graphOf()
    const live = await LiveComposition.instantiate(
      graph,
      { ask: (x: number) => x, sleep: (x: number) => x },
      { swappable: [part] },
    )
    await assert.rejects(live.swap(part, { name: 'a:none', component: component('') }), (error) => {
      assert.ok(error instanceof CompositionError)
      assert.equal(error.problem, 'missing')
      assert.match(
        error.message,
        /a:none cannot take the place of the instance of a:worker-0: its export `w:w\/worker` is missing/,
      )
      return true
    })
    await assert.rejects(live.swap(1 as NodeId, replacement(1)), /cannot be exchanged\nsay so when/)
    assert.equal(live.exports.version(), 0)
    live.dispose()
  })

  test('a part whose resources live is not exchanged', async () => {
    const counter = (start: number): Uint8Array =>
      component(`
        (component $C
          (core module $D (func (export "drop") (param i32)))
          (core instance $d (instantiate $D))
          (type $r (resource (rep i32) (dtor (core func $d "drop"))))
          (export $e "counter" (type $r))
          (core func $new (canon resource.new $r))
          (core module $M (import "" "new" (func $new (param i32) (result i32)))
            (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
            (func (export "get") (param i32) (result i32) (i32.add (local.get 0) (i32.const ${start})))
            (func (export "start") (result i32) (i32.const ${start})))
          (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
          (func (export "[constructor]counter") (param "n" u32) (result (own $e)) (canon lift (core func $m "make")))
          (func (export "[method]counter.get") (param "self" (borrow $e)) (result u32) (canon lift (core func $m "get")))
          (func (export "[static]counter.start") (result u32) (canon lift (core func $m "start"))))
        (instance $c (instantiate $C))
        (export "w:w/counters" (instance $c))`)
    const user = component(`
      (import "w:w/counters" (instance $i
        (export "counter" (type $r (sub resource)))
        (export "[constructor]counter" (func (param "n" u32) (result (own $r))))
        (export "[method]counter.get" (func (param "self" (borrow $r)) (result u32)))
        (export "[static]counter.start" (func (result u32)))))
      (alias export $i "counter" (type $r))
      (core func $make (canon lower (func $i "[constructor]counter")))
      (core func $get (canon lower (func $i "[method]counter.get")))
      (core func $start (canon lower (func $i "[static]counter.start")))
      (core func $drop (canon resource.drop $r))
      (core module $M
        (import "" "make" (func $make (param i32) (result i32)))
        (import "" "get" (func $get (param i32) (result i32)))
        (import "" "start" (func $start (result i32)))
        (import "" "drop" (func $drop (param i32)))
        (global $h (mut i32) (i32.const 0))
        (func (export "take") (param i32) (result i32)
          (global.set $h (call $make (local.get 0)))
          (i32.add (call $get (global.get $h)) (call $start)))
        (func (export "leave") (call $drop (global.get $h))))
      (core instance $m (instantiate $M (with "" (instance (export "make" (func $make))
        (export "get" (func $get)) (export "start" (func $start)) (export "drop" (func $drop))))))
      (func (export "take") (param "n" u32) (result u32) (canon lift (core func $m "take")))
      (func (export "leave") (canon lift (core func $m "leave")))`)
    const [made, part] = new Composition()
      .add('a:counter', counter(100))
      .add('a:user', user)
      .instantiate('a:counter')
    let [graph, id] = made.alias(part, 'w:w/counters')
    ;[graph, id] = graph.instantiate('a:user', { 'w:w/counters': id })
    for (const name of ['take', 'leave']) {
      const [aliased, item] = graph.alias(id, name)
      graph = aliased.export(item, name)
    }
    const live = await LiveComposition.instantiate(graph, {}, { swappable: [part] })
    assert.equal(live.exports.take(5), 205)
    const swap = (): Promise<unknown> => live.swap(part, { name: 'a:other', component: counter(1000) })
    await assert.rejects(swap(), (error) => {
      assert.ok(error instanceof CompositionError)
      assert.equal(error.problem, 'handles')
      assert.match(error.message, /^a:counter cannot be exchanged: 1 handle of its resources live/)
      return true
    })
    live.exports.leave()
    await swap()
    assert.equal(live.exports.take(5), 2005)
    assert.equal(await live.async.take(6), 2006)
    live.dispose()
  })

  test('of parts that call one another and are exchanged, no more than one is left behind', async () => {
    const callee = component(`
      (core module $M (func (export "get") (result i32) (i32.const 7)))
      (core instance $m (instantiate $M))
      (func (export "get") (result u32) (canon lift (core func $m "get")))`)
    // Its memory grows, so no other instance gets it.
    const caller = component(`
      (import "get" (func $get (result u32)))
      (import "look" (func $look (param "bytes" (list u8))))
      (core func $get' (canon lower (func $get)))
      (core module $Memory (memory (export "memory") 1))
      (core instance $memory (instantiate $Memory))
      (core func $look' (canon lower (func $look) (memory $memory "memory")))
      (core module $M
        (import "" "memory" (memory 1))
        (import "" "get" (func $get (result i32)))
        (import "" "look" (func $look (param i32 i32)))
        (func (export "ask") (result i32)
          (drop (memory.grow (i32.const 1)))
          (call $look (i32.const 0) (i32.const 8))
          (call $get)))
      (core instance $m (instantiate $M (with "" (instance (export "memory" (memory $memory "memory"))
        (export "get" (func $get')) (export "look" (func $look'))))))
      (func (export "ask") (result u32) (canon lift (core func $m "ask")))`)
    let [graph, id] = new Composition()
      .add('a:callee', callee)
      .add('a:caller', caller)
      .instantiate('a:callee')
    const answering = id
    ;[graph, id] = graph.alias(id, 'get')
    ;[graph, id] = graph.instantiate('a:caller', { get: id })
    const asking = id
    ;[graph, id] = graph.alias(id, 'ask')
    const memories: WeakRef<ArrayBufferLike>[] = []
    const look = hostFunction({ borrowsBytes: true }, ({ buffer }: Uint8Array) => {
      memories.push(new WeakRef(buffer))
    })
    const swappable = [answering, asking]
    const live = await LiveComposition.instantiate(graph.export(id, 'ask'), { look }, { swappable })
    for (let i = 0; i < 8; i++) {
      assert.equal(live.exports.ask(), 7)
      const { ended } = await live.swap(asking, { name: 'a:other', component: caller })
      await ended
    }
    const left = (): number => memories.filter((memory) => memory.deref() !== undefined).length
    assert.ok(await collectGarbage(() => left() <= 1), `${left()} of ${memories.length}`)
    assert.equal(live.exports.ask(), 7)
    live.dispose()
  })
})
