import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { recorder } from '../../test/support/live-recorder.ts'
import { Composition } from '../compose/composition.ts'
import type { NodeId } from '../compose/composition-node.ts'
import { encodeComposition } from '../compose/encode-composition.ts'
import { plug } from '../compose/plug.ts'
import {
  Component,
  hostFunction,
  type Imports,
  Linker,
  type Passage,
  type PassageWatch,
  Trap,
} from '../index.ts'
import { canSuspend } from '../runtime/switch.ts'
import { wasi } from '../wasi/index.ts'
import { parseWat } from '../wat/index.ts'
import { LiveComposition, type LiveObserver } from './live-composition.ts'

const component = (text: string): Uint8Array => parseWat(`(component ${text})`)

const counterFunctions = `
  (export "counter" (type $r (sub resource)))
  (export "[constructor]counter" (func (param "n" u32) (result (own $r))))
  (export "[method]counter.get" (func (param "self" (borrow $r)) (result u32)))`

/** Defines the resource; tells the host when one is destroyed. */
const counters = component(`
  (import "dropped" (func $dropped (param "n" u32)))
  (core func $dropped' (canon lower (func $dropped)))
  (component $C
    (import "drop" (core module $D (import "" "dropped" (func (param i32))) (export "drop" (func (param i32)))))
    (import "dropped" (func $dropped (param "n" u32)))
    (core func $dropped' (canon lower (func $dropped)))
    (core instance $d (instantiate $D (with "" (instance (export "dropped" (func $dropped'))))))
    (type $r (resource (rep i32) (dtor (core func $d "drop"))))
    (export $e "counter" (type $r))
    (core func $new (canon resource.new $r))
    (core module $M (import "" "new" (func $new (param i32) (result i32)))
      (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
      (func (export "get") (param i32) (result i32) (local.get 0)))
    (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
    (func (export "[constructor]counter") (param "n" u32) (result (own $e)) (canon lift (core func $m "make")))
    (func (export "[method]counter.get") (param "self" (borrow $e)) (result u32) (canon lift (core func $m "get"))))
  (core module $D (import "" "dropped" (func $dropped (param i32)))
    (func (export "drop") (param i32) (call $dropped (local.get 0))))
  (instance $c (instantiate $C (with "drop" (core module $D)) (with "dropped" (func $dropped))))
  (export "w:w/counters" (instance $c))`)

/** Takes handles of a resource that neither it nor its caller defines: borrows, owns and returns them. */
const middle = component(`
  (import "w:w/counters" (instance $i ${counterFunctions}))
  (alias export $i "counter" (type $r))
  (core func $get (canon lower (func $i "[method]counter.get")))
  (core func $drop (canon resource.drop $r))
  (core module $M
    (import "" "get" (func $get (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "peek") (param i32) (result i32) (local $n i32)
      (local.set $n (call $get (local.get 0)))
      (call $drop (local.get 0))
      (local.get $n))
    (func (export "swallow") (param i32) (call $drop (local.get 0)))
    (func (export "same") (param i32) (result i32) (local.get 0)))
  (core instance $m (instantiate $M (with "" (instance (export "get" (func $get)) (export "drop" (func $drop))))))
  (func $peek (param "c" (borrow $r)) (result u32) (canon lift (core func $m "peek")))
  (func $swallow (param "c" (own $r)) (canon lift (core func $m "swallow")))
  (func $same (param "c" (own $r)) (result (own $r)) (canon lift (core func $m "same")))
  (component $Shell
    (import "counter" (type $r (sub resource)))
    (import "peek" (func $peek (param "c" (borrow $r)) (result u32)))
    (import "swallow" (func $swallow (param "c" (own $r))))
    (import "same" (func $same (param "c" (own $r)) (result (own $r))))
    (export $e "counter" (type $r))
    (export "peek" (func $peek) (func (param "c" (borrow $e)) (result u32)))
    (export "swallow" (func $swallow) (func (param "c" (own $e))))
    (export "same" (func $same) (func (param "c" (own $e)) (result (own $e)))))
  (instance $shell (instantiate $Shell (with "counter" (type $r)) (with "peek" (func $peek))
    (with "swallow" (func $swallow)) (with "same" (func $same))))
  (export "w:w/middle" (instance $shell))`)

/** Makes two counters, lends one, gets it back and drops it, and gives the other one away. */
const user = component(`
  (import "w:w/counters" (instance $i ${counterFunctions}))
  (alias export $i "counter" (type $r))
  (import "w:w/middle" (instance $j
    (export "counter" (type $r' (eq $r)))
    (export "peek" (func (param "c" (borrow $r')) (result u32)))
    (export "swallow" (func (param "c" (own $r'))))
    (export "same" (func (param "c" (own $r')) (result (own $r'))))))
  (core func $make (canon lower (func $i "[constructor]counter")))
  (core func $get (canon lower (func $i "[method]counter.get")))
  (core func $drop (canon resource.drop $r))
  (core func $peek (canon lower (func $j "peek")))
  (core func $swallow (canon lower (func $j "swallow")))
  (core func $same (canon lower (func $j "same")))
  (core module $M
    (import "" "make" (func $make (param i32) (result i32)))
    (import "" "get" (func $get (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "peek" (func $peek (param i32) (result i32)))
    (import "" "swallow" (func $swallow (param i32)))
    (import "" "same" (func $same (param i32) (result i32)))
    (func (export "run") (param $n i32) (result i32) (local $a i32) (local $b i32) (local $sum i32)
      (local.set $a (call $make (local.get $n)))
      (local.set $b (call $make (i32.add (local.get $n) (i32.const 1))))
      (local.set $sum (call $peek (local.get $a)))
      (local.set $a (call $same (local.get $a)))
      (local.set $sum (i32.add (local.get $sum) (call $get (local.get $a))))
      (call $swallow (local.get $b))
      (call $drop (local.get $a))
      (local.get $sum))
    (func (export "keep") (drop (call $make (i32.const 99)))))
  (core instance $m (instantiate $M (with "" (instance (export "make" (func $make)) (export "get" (func $get))
    (export "drop" (func $drop)) (export "peek" (func $peek)) (export "swallow" (func $swallow))
    (export "same" (func $same))))))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run")))
  (func (export "keep") (canon lift (core func $m "keep")))`)

interface Handles {
  readonly graph: Composition
  /** The instances by name. */
  readonly ids: Readonly<Record<'counters' | 'middle' | 'user', NodeId>>
}

function handles(): Handles {
  const packages = new Composition().add('a:counters', counters).add('a:middle', middle).add('a:user', user)
  let [graph, id] = packages.instantiate('a:counters')
  const countersId = id
  ;[graph, id] = graph.alias(id, 'w:w/counters')
  const given = { 'w:w/counters': id }
  ;[graph, id] = graph.instantiate('a:middle', given)
  const middleId = id
  ;[graph, id] = graph.alias(id, 'w:w/middle')
  ;[graph, id] = graph.instantiate('a:user', { ...given, 'w:w/middle': id })
  const userId = id
  for (const name of ['run', 'keep']) {
    const [aliased, item] = graph.alias(userId, name)
    graph = aliased.export(item, name)
  }
  return { graph, ids: { counters: countersId, middle: middleId, user: userId } }
}

/** Passes on what it imports, under the same name. */
const pass = (name: string, type: string, rest = ''): Uint8Array =>
  component(`
    (import "${name}" (func $f ${type}))
    (core func $f' (canon lower (func $f)))
    (core module $M (import "" "f" (func $f (param i32) (result i32)))
      (func (export "f") (param i32) (result i32) (call $f (local.get 0))))
    (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
    (func (export "${name}") ${type} (canon lift (core func $m "f")))
    ${rest}`)

/** Instances in a row, each of which calls the one before; the first calls the host. */
function row(packages: readonly Uint8Array[], name: string): { graph: Composition; ids: readonly NodeId[] } {
  let graph = new Composition()
  const ids: NodeId[] = []
  let before: NodeId | undefined
  packages.forEach((bytes, i) => {
    let id: NodeId
    ;[graph, id] = graph
      .add(`a:p${i}`, bytes)
      .instantiate(`a:p${i}`, before === undefined ? {} : { [name]: before })
    ids.push(id)
    ;[graph, before] = graph.alias(id, name)
  })
  return { graph: graph.export(before!, name), ids }
}

suite('an observed composition', () => {
  test('handles cross wires: own, borrow, and of a third instance', async () => {
    const { graph, ids } = handles()
    const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]))
    const told = async (
      make: (imports: Imports) => Promise<{ exports: Record<string, unknown> } & Disposable>,
    ) => {
      const dropped: number[] = []
      const live = await make({ dropped: (n: number) => void dropped.push(n) })
      const { run, keep } = live.exports as { run(n: number): number; keep(): void }
      const results = [run(3), run(10)]
      keep()
      live[Symbol.dispose]()
      return { results, dropped }
    }
    const { calls, observe } = recorder()
    const observed = await told((imports) => LiveComposition.instantiate(graph, imports, { observe }))
    const whole = Component.fromBytes(encodeComposition(graph))
    assert.deepEqual(observed, await told((imports) => whole.instantiate(imports)))
    assert.deepEqual(observed, { results: [6, 20], dropped: [4, 3, 11, 10] })
    const wires = calls.map(({ from, to, function: name }) => {
      return `${names.get(from)} → ${to === undefined ? 'host' : names.get(to)} ${name}`
    })
    assert.deepEqual(wires.slice(0, 11), [
      'user → counters [constructor]counter',
      'user → counters [constructor]counter',
      'user → middle peek',
      'middle → counters [method]counter.get',
      'user → middle same',
      'user → counters [method]counter.get',
      'user → middle swallow',
      'middle → counters [resource-drop]counter',
      'counters → host dropped',
      'user → counters [resource-drop]counter',
      'counters → host dropped',
    ])
    assert.ok(calls.every(({ end }) => end?.outcome === 'returned'))
    // The handle is the same object wherever it goes.
    const [made] = calls
    assert.ok(made?.end?.outcome === 'returned')
    assert.deepEqual(calls[2]!.arguments, [made.end.value])
    assert.equal(calls[9]!.arguments[0], (calls[4]!.end as { value?: unknown }).value)
  })

  test('a call that waits is told of at every wire', { skip: !canSuspend }, async () => {
    const type = '(param "x" u32) (result u32)'
    const { graph, ids } = row([pass('nap', type), pass('nap', type), pass('nap', type)], 'nap')
    const { calls, observe } = recorder()
    let wake: (x: number) => void = () => {}
    const nap = (x: number) => new Promise<number>((resolve) => (wake = () => resolve(x + 1)))
    const live = await LiveComposition.instantiate(graph, { nap }, { observe })
    const running = live.async.nap!(5) as Promise<number>
    await new Promise((resolve) => setTimeout(resolve, 0))
    assert.deepEqual(
      calls.map(({ from, to, end }) => [from, to, end]),
      [
        [ids[2], ids[1], undefined],
        [ids[1], ids[0], undefined],
        [ids[0], undefined, undefined],
      ],
    )
    wake(0)
    assert.equal(await running, 6)
    assert.ok(calls.every(({ end }) => end?.outcome === 'returned' && end.value === 6 && end.waited))
    live.dispose()
  })

  test('functions of async type', { skip: !canSuspend }, async () => {
    const worker = (n: number) =>
      component(`
        (import "work" (func $work async (param "x" u32) (result u32)))
        (core func $work' (canon lower (func $work)))
        (core func $return (canon task.return (result u32)))
        (core module $M
          (import "" "work" (func $work (param i32) (result i32)))
          (import "" "return" (func $return (param i32)))
          (func (export "work") (param i32)
            (call $return (i32.add (call $work (local.get 0)) (i32.const ${n})))))
        (core instance $m (instantiate $M
          (with "" (instance (export "work" (func $work')) (export "return" (func $return))))))
        (func (export "work") async (param "x" u32) (result u32) (canon lift (core func $m "work") async))`)
    const { graph } = row([worker(10), worker(100)], 'work')
    const { calls, observe } = recorder()
    const work = async (x: number) => x
    const live = await LiveComposition.instantiate(graph, { work }, { observe })
    const many = await Promise.all([1, 2, 3].map((x) => live.exports.work!(x) as Promise<number>))
    assert.deepEqual(many, [111, 112, 113])
    const ends = calls.map(({ end }) => end?.outcome === 'returned' && end.waited && end.value)
    assert.deepEqual(ends.toSorted(), [1, 11, 12, 13, 2, 3])
    live.dispose()
  })

  for (const [kind, value, read] of [
    [
      '(stream u8)',
      () => new Blob([Uint8Array.of(1, 2, 3, 4, 5)]).stream(),
      async (stream: unknown) => [
        ...new Uint8Array(await new Response(stream as ReadableStream).arrayBuffer()),
      ],
    ],
    ['(future u32)', () => Promise.resolve(7), async (future: unknown) => [await future]],
  ] as const) {
    test(`a ${kind} goes over wires as in one component`, { skip: !canSuspend }, async () => {
      const type = `(param "x" ${kind}) (result ${kind})`
      const { graph } = row([pass('f', type), pass('f', type)], 'f')
      const { calls, observe } = recorder()
      const f = hostFunction({ blocks: false }, (x: unknown) => x)
      const passed: unknown[] = []
      const passage = ({ kind, place }: Passage): PassageWatch => ({
        elements: (values) => passed.push([kind, place, ...Array.from(values)]),
        end: (how) => passed.push([kind, place, how]),
      })
      const observeAll: LiveObserver = (call) => ({ end: observe(call) as () => void, passage })
      const live = await LiveComposition.instantiate(graph, { f }, { observe: observeAll })
      const whole = await Component.fromBytes(encodeComposition(graph)).instantiate({ f })
      const results = []
      for (const { exports } of [live, whole]) {
        const call = exports.f as (x: unknown) => unknown
        results.push(await read(call(value())))
      }
      assert.deepEqual(results[0], results[1])
      assert.ok(results[0]!.length > 0)
      assert.deepEqual(
        calls.map(({ end }) => end?.outcome === 'returned' && end.waited),
        [false, false],
      )
      // In and out of each of the two calls: what goes through is seen at each wire, all of it, and then the end.
      const elements = kind === '(future u32)' ? [7] : [1, 2, 3, 4, 5]
      for (const place of ['x', 'result']) {
        const [name] = kind.slice(1).split(' ')
        const here = passed.filter((each) => (each as unknown[])[1] === place) as unknown[][]
        const ends = here.filter((each) => each[2] === 'ended')
        assert.deepEqual(ends, Array(2).fill([name, place, 'ended']))
        const values = here.filter((each) => each[2] !== 'ended').flatMap((each) => each.slice(2))
        assert.deepEqual(values.toSorted(), [...elements, ...elements].toSorted())
      }
      live.dispose()
    })
  }

  test('a trap of the callee ends its callers, as in one component', async () => {
    const type = '(param "x" u32) (result u32)'
    const trapping = component(`
      (core module $M (func (export "f") (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0))))
      (core instance $m (instantiate $M))
      (func (export "half") ${type} (canon lift (core func $m "f")))`)
    const { graph } = row([trapping, pass('half', type), pass('half', type)], 'half')
    const { calls, observe } = recorder()
    const live = await LiveComposition.instantiate(graph, {}, { observe })
    const whole = await Component.fromBytes(encodeComposition(graph)).instantiate()
    for (const half of [live.exports.half, whole.exports.half] as ((x: number) => number)[]) {
      assert.equal(half(1), 1)
      assert.throws(
        () => half(0),
        (error) => error instanceof Trap && /divide by zero/.test(error.message),
      )
      assert.throws(() => half(1), /cannot enter component instance/)
    }
    const outcomes = calls.map(({ end }) => end?.outcome)
    assert.deepEqual(outcomes, ['returned', 'returned', 'trap', 'trap'])
    const traps = calls.flatMap(({ end }) => (end?.outcome === 'trap' ? [end.error] : []))
    assert.equal(traps[0], traps[1])
  })

  test('a part is exchanged: calls go to the new one, and are seen', async () => {
    const type = '(param "x" u32) (result u32)'
    const { graph, ids } = row([pass('f', type), pass('f', type)], 'f')
    const { calls, observe } = recorder()
    const f = hostFunction({ blocks: false }, (x: number) => x + 1)
    const [part] = ids
    const live = await LiveComposition.instantiate(graph, { f }, { observe, swappable: [part!] })
    const twice = component(`
      (import "f" (func $f ${type}))
      (core func $f' (canon lower (func $f)))
      (core module $M (import "" "f" (func $f (param i32) (result i32)))
        (func (export "f") (param i32) (result i32) (call $f (call $f (local.get 0)))))
      (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
      (func (export "f") ${type} (canon lift (core func $m "f")))`)
    const call = live.exports.f as (x: number) => number
    assert.equal(call(1), 2)
    await (await live.swap(part!, { name: 'a:twice', component: twice })).ended
    assert.equal(call(1), 3)
    assert.deepEqual(
      calls.map(({ from, to }) => [from, to]),
      [
        [ids[1], part],
        [part, undefined],
        [ids[1], part],
        [part, undefined],
        [part, undefined],
      ],
    )
    // The others are trees of their own, but nothing was said of exchanging them.
    await assert.rejects(live.swap(ids[1]!, { name: 'a:twice', component: twice }), /cannot be exchanged/)
    live.dispose()
  })

  test('members of an interface of the host are passed on without it', async () => {
    const type = '(param "x" u32) (result u32)'
    const host = component(
      `(import "h:h/host" (instance $h (export "next-one" (func ${type})))) (alias export $h "next-one" (func $f)) (export "f" (func $f))`,
    )
    const imported = Component.fromBytes(host).type.imports.get('h:h/host')!
    let [graph, id] = new Composition().add('a:pass', pass('f', type)).import('h:h/host', imported)
    ;[graph, id] = graph.alias(id, 'next-one')
    ;[graph, id] = graph.instantiate('a:pass', { f: id })
    const caller = id
    ;[graph, id] = graph.alias(id, 'f')
    class Host {
      readonly by = 1
      nextOne(x: number): number {
        return x + this.by
      }
    }
    const { calls, observe } = recorder()
    const live = await LiveComposition.instantiate(
      graph.export(id, 'f'),
      { 'h:h/host': new Host() },
      { observe },
    )
    assert.equal((live.exports.f as (x: number) => number)(1), 2)
    assert.deepEqual(
      calls.map(({ from, to }) => [from, to]),
      [[caller, undefined]],
    )
    live.dispose()
  })

  test('a function that is passed on unchanged can wait', { skip: !canSuspend }, async () => {
    const type = '(param "x" u32) (result u32)'
    const through = component(`(import "f" (func $f ${type})) (export "f" (func $f))`)
    const { graph } = row([through, pass('f', type)], 'f')
    const { calls, observe } = recorder()
    const f = hostFunction({ sync: () => 1 }, async (x: number) => x + 1)
    const live = await LiveComposition.instantiate(graph, { f }, { observe })
    assert.equal(await live.async.f!(5), 6)
    assert.equal((live.exports.f as (x: number) => number)(5), 1)
    assert.deepEqual(
      calls.map(({ end }) => end?.waited),
      [true, true, false, false],
    )
    live.dispose()
  })

  test('a command with its store and its database writes what it writes as one component', async () => {
    const guest = (name: string) => ({
      name: `a:${name}`,
      component: readFileSync(`examples/${name}/rust/${name}.wasm`),
    })
    const { composition } = plug(guest('kv-command'), [guest('kv-store'), guest('kv-database')])
    const output = async (run: (linker: Linker) => Promise<unknown>): Promise<string> => {
      let text = ''
      const decoder = new TextDecoder()
      const stdout = (bytes: Uint8Array): void => {
        text += decoder.decode(bytes, { stream: true })
      }
      await run(new Linker().define(wasi({ args: ['kv', 'set', 'a', 'b'], stdout })))
      return text
    }
    const { calls, observe } = recorder()
    const observed = await output(async (linker) => {
      const live = await LiveComposition.instantiate(composition, linker, { observe })
      const [name] = [...composition.exports.keys()]
      await (live.async as Record<string, { run(): Promise<void> }>)[name!]!.run()
      live.dispose()
    })
    assert.notEqual(observed, '')
    const whole = Component.fromBytes(encodeComposition(composition))
    assert.equal(observed, await output((linker) => linker.run(whole)))
    const between = calls.filter(({ to }) => to !== undefined)
    assert.ok(between.length > 1 && between.every(({ end }) => end?.outcome === 'returned'))
  })
})
